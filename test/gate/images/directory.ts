import type { Image } from '../../../tools/images/oci';
import type { Maker } from './maker';

const SUFFIX = 'dc=dcm4che,dc=org';
const ADMIN = `cn=admin,${SUFFIX}`;
const CONFIGURATION = '/etc/openldap/slapd.d';
const DATA = '/var/lib/openldap/openldap-data';

/**
 * Makes the directory on the first start, in the folders and with the variables of dcm4chee's image, and serves it.
 * dcm4chee's own schema and entries are not here: IMPORT_LDIF is not applied.
 */
const ENTRYPOINT = `#!/bin/bash
set -euo pipefail
mkdir -p /var/run/slapd
if [ ! -e ${CONFIGURATION}/cn=config.ldif ]; then
  : "\${LDAP_ROOTPASS:?must be set}" "\${LDAP_CONFIGPASS:?must be set}"
  slapadd -n 0 -F ${CONFIGURATION} <<LDIF
dn: cn=config
objectClass: olcGlobal
cn: config
olcPidFile: /var/run/slapd/slapd.pid

dn: cn=module,cn=config
objectClass: olcModuleList
cn: module
olcModulePath: /usr/lib/ldap
olcModuleLoad: back_mdb

dn: cn=schema,cn=config
objectClass: olcSchemaConfig
cn: schema

include: file:///etc/ldap/schema/core.ldif
include: file:///etc/ldap/schema/cosine.ldif
include: file:///etc/ldap/schema/inetorgperson.ldif

dn: olcDatabase={0}config,cn=config
objectClass: olcDatabaseConfig
olcDatabase: {0}config
olcRootDN: cn=admin,cn=config
olcRootPW: $(slappasswd -s "$LDAP_CONFIGPASS")

dn: olcDatabase={1}mdb,cn=config
objectClass: olcDatabaseConfig
objectClass: olcMdbConfig
olcDatabase: {1}mdb
olcDbDirectory: ${DATA}
olcSuffix: ${SUFFIX}
olcRootDN: ${ADMIN}
olcRootPW: $(slappasswd -s "$LDAP_ROOTPASS")
LDIF
  slapadd -n 1 -F ${CONFIGURATION} <<LDIF
dn: ${SUFFIX}
objectClass: dcObject
objectClass: organization
o: dcm4che.org
dc: dcm4che
LDIF
fi
chown -R openldap:openldap ${CONFIGURATION} ${DATA} /var/run/slapd
exec slapd -u openldap -g openldap -h ldap:/// -F ${CONFIGURATION} -d none
`;

/** Debian's slapd, with the folders and variables of dcm4chee's directory. */
export function directory(maker: Maker): Promise<Image> {
  return maker.debianImage(
    'directory',
    {
      '/usr/local/bin/docker-entrypoint.sh': { script: ENTRYPOINT },
      [CONFIGURATION]: { mode: 0o755 },
      [DATA]: { mode: 0o755 },
    },
    { entrypoint: ['/usr/local/bin/docker-entrypoint.sh'], ports: [389] },
  );
}
