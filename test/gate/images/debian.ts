import { type DebianRecipe, debianLayer } from '../../../tools/images/debian';
import type { Report } from '../../../tools/progress';

/** The user of the official PostgreSQL images on Alpine: the rendered pods run as it. */
const POSTGRES_ID = 70;

/** Debian's programs, in one layer that all images over Debian share: packages are installed once. */
const RECIPE: DebianRecipe = {
  name: 'debian',
  packages: [
    'nginx-light',
    'openjdk-17-jre-headless',
    'openssl',
    'orthanc',
    'orthanc-dicomweb',
    'postgresql-15',
    'slapd',
    'ldap-utils',
    'squid',
  ],
  before: `
    echo "postgres:x:${POSTGRES_ID}:" >>/etc/group
    echo "postgres:x:${POSTGRES_ID}:${POSTGRES_ID}::/var/lib/postgresql:/bin/sh" >>/etc/passwd
    mkdir -p /etc/postgresql-common /usr/share/man/man1
    echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf`,
  after: `
    ln -s /usr/lib/postgresql/15/bin/* /usr/local/bin/
    rm -rf /var/lib/ldap/* /etc/ldap/slapd.d/* /var/lib/postgresql/* /usr/share/doc/openjdk* /usr/share/postgresql/15/man`,
};

/** The layer with Debian and its programs. */
export function debian(report: Report): Promise<string> {
  return debianLayer(RECIPE, report);
}
