import type { Image } from '../../../tools/images/oci';
import { busybox } from './busybox';
import { KEYCLOAK_ENVIRONMENT } from './keycloak';
import type { Maker } from './maker';
import { pages } from './nginx';
import { postgres } from './postgres';

/** What runs in the place of one of Kaapana's images. */
export interface Entry {
  /** The program and its version. */
  readonly program: string;

  readonly make: (maker: Maker) => Promise<Image>;
}

const VAR_RUN = '/var/cache/nginx';
const SINGLE_PAGE = (root: string): string => `    location / { root ${root}; try_files $uri $uri/ /index.html; }`;

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

  'data-ui': page('data-ui', 80, '/app', SINGLE_PAGE('/app')),
  'project-management-ui': page('project-management-ui', 80, '/app', SINGLE_PAGE('/app')),
  'workflow-ui': page('workflow-ui', 80, '/app', SINGLE_PAGE('/app')),
  'maintenance-page-kaapana': {
    program: 'nginx 1.22',
    make: (maker) =>
      pages(maker, {
        name: 'maintenance-page-kaapana',
        port: 5000,
        root: '/app/maintenance',
        locations: '    location ~ ^/maintenance { root /app; try_files $uri $uri/ /maintenance/index.html; }',
        scratch: VAR_RUN,
        user: '1000',
      }),
  },
};

/** Why a program that could be real is a witness. */
export const WITNESSES: Readonly<Record<string, string>> = {};

/** The last part of an image's name, without its tag: the key of the catalogue. */
export function keyOf(reference: string): string {
  return /([^/:@]+)(?:[:@][^/]*)?$/.exec(reference)?.[1] ?? reference;
}

/** The page that oauth2-proxy shows instead of its own, from the folder that its settings name. */
const OAUTH2_PROXY_FILES = {
  '/usr/share/oauth2-proxy/error.html':
    '{{define "error.html"}}<!doctype html><title>{{.StatusCode}} {{.Title}}</title><p>{{.Message}}</p>{{end}}\n',
};

function page(name: string, port: number, root: string, locations: string): Entry {
  return {
    program: 'nginx 1.22',
    make: (maker) => pages(maker, { name, port, root, locations, scratch: VAR_RUN }),
  };
}
