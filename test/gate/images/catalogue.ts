import type { Image } from '../../../tools/images/oci';
import { archive } from './archive';
import { busybox, textfileCollector } from './busybox';
import { directory } from './directory';
import { KEYCLOAK_ENVIRONMENT } from './keycloak';
import { loki, promtail } from './loki';
import type { Maker } from './maker';
import { PAGES } from './pages';
import { postgres } from './postgres';

/** What runs in the place of one of Kaapana's images. */
export interface Entry {
  /** The program and its version. */
  readonly program: string;

  readonly make: (maker: Maker) => Promise<Image>;
}

/**
 * The real programs, by the last part of the image's name. The others are witnesses of their own connections
 * (test/gate/witness), and {@link WITNESSES} has the reason where a real program was wanted.
 */
export const CATALOGUE: Readonly<Record<string, Entry>> = {
  busybox: { program: 'busybox 1.35', make: busybox },
  'dcm4che-postgres': { program: 'PostgreSQL 15', make: postgres },
  'postgres-17.7-alpine': { program: 'PostgreSQL 15', make: postgres },

  traefik: {
    program: 'Traefik 3.5.3',
    make: (maker) => maker.goImage('traefik', '/usr/local/bin/traefik', { ports: [80] }),
  },
  'oauth2-proxy': {
    program: 'oauth2-proxy 7.15.6',
    make: (maker) => maker.goImage('oauth2-proxy', '/bin/oauth2-proxy', { user: '65532:65532' }, OAUTH2_PROXY_FILES),
  },
  keycloak: {
    program: 'Keycloak 26.4.7',
    make: async (maker) => ({
      layers: [await maker.debian(), await maker.keycloak()],
      entrypoint: ['/opt/keycloak/bin/kc.sh'],
      env: { ...KEYCLOAK_ENVIRONMENT, LANG: 'C.UTF-8' },
      user: '1000',
      workdir: '/opt/keycloak',
      ports: [8080, 8443],
    }),
  },

  'open-policy-agent': {
    program: 'OPA 0.70.0',
    make: (maker) =>
      maker.goImage(
        'opa',
        '/opa',
        { cmd: ['run', '--server', '-c', 'config.yaml'], user: '1000:1000', workdir: '/kaapana/opa', ports: [8181] },
        { '/kaapana/opa/config.yaml': OPA_CONFIGURATION },
      ),
  },
  squid: {
    program: 'squid 5.7',
    make: (maker) => maker.debianImage('squid', {}, { entrypoint: ['squid'], cmd: ['-N', '-Y', '-C'], ports: [3128] }),
  },

  'dcm4chee-arc': { program: 'Orthanc 1.10', make: archive },
  'dcm4chee-ldap': { program: 'OpenLDAP 2.5', make: directory },

  'alert-manager': {
    program: 'Alertmanager 0.28.0',
    make: (maker) => maker.goImage('alertmanager', '/bin/alertmanager', { user: '65534:65534', ports: [9093] }),
  },
  'kube-state-metrics': {
    program: 'kube-state-metrics 2.15.0',
    make: (maker) => maker.goImage('kube-state-metrics', '/kube-state-metrics', { user: '65534', ports: [8080, 8081] }),
  },
  loki: { program: 'Loki 1.6.1', make: loki },
  promtail: { program: 'promtail 1.6.1', make: promtail },
  'node-exporter': {
    program: 'node-exporter 1.8.2',
    make: (maker) => maker.goImage('node-exporter', '/bin/node_exporter', { user: '65534', ports: [9100] }),
  },
  'node-exporter-textfile-collector': { program: 'busybox 1.35', make: textfileCollector },
  prometheus: {
    program: 'Prometheus 3.1.0',
    make: (maker) =>
      maker.goImage(
        'prometheus',
        '/bin/prometheus',
        { user: '65534', workdir: PROMETHEUS_DIR, ports: [9090] },
        { [`${PROMETHEUS_DIR}/web/ui/static/mantine-ui/index.html`]: '<!doctype html><title>Prometheus</title>\n' },
      ),
  },
  'statsd-exporter': {
    program: 'statsd-exporter 0.28.0',
    make: (maker) => maker.goImage('statsd-exporter', '/bin/statsd_exporter', { user: '65534', ports: [9102] }),
  },

  ...PAGES,
};

/** Why a program that could be real is a witness. */
export const WITNESSES: Readonly<Record<string, string>> = {
  minio: 'MinIO is under the AGPL since 2021, and older ones are not to be had and have no --console-address',
  'service-checker': 'the witness waits as the program does',
};

/** The page that oauth2-proxy shows instead of its own, from the folder that its settings name. */
const OAUTH2_PROXY_FILES = {
  '/usr/share/oauth2-proxy/error.html':
    '{{define "error.html"}}<!doctype html><title>{{.StatusCode}} {{.Title}}</title><p>{{.Message}}</p>{{end}}\n',
};

/** The settings in Kaapana's image (services/kaapana-admin/open-policy-agent/docker/files/config.yaml). */
const OPA_CONFIGURATION = JSON.stringify({
  services: { 'auth-backend': { url: 'http://auth-backend-service.${ADMIN_NAMESPACE}.svc:5000/opa-bundles/' } },
  bundles: {
    authz: {
      service: 'auth-backend',
      resource: '/authz/endpoints.tar.gz',
      persist: true,
      polling: { min_delay_seconds: 10, max_delay_seconds: 20 },
    },
  },
});

/** Built without its pages, Prometheus looks for them from a folder of this name; a probe asks for the first one. */
const PROMETHEUS_DIR = '/usr/share/prometheus';
