import type { TestSettings } from '../../integration/support/test-stack';

/** What the environments of the gate are told of the node. */
export interface Site {
  /** Address of the node. */
  readonly node: string;

  /** Address of the machine that the node runs on, which stands for everything outside. */
  readonly outside: string;

  /** Folder of the volumes of all environments. */
  readonly data: string;

  /** What the node says that it has. */
  readonly memory: string;
}

/** The initial account of the platform, and the administrator of the identity provider. */
export const INITIAL = { username: 'kaapana', password: 'Initial-0-of-the-gate' };
export const ADMINISTRATOR = { username: 'admin', password: 'admin-of-the-gate' };

/** An image with a shell that all environments have. */
export const BUSYBOX = 'registry.example.org/kaapana/busybox:0.6.0';

/** The secret of the client by which all programs log their users in. */
export const CLIENT_SECRET = 'oidc-client-secret-of-the-gate';

/** What the identity provider has once. */
const SHARED = {
  oidcClientSecret: CLIENT_SECRET,
  systemUserPassword: 'System-0-of-the-gate',
};

/** The first instance, in production mode, with every extension that has a page of its own. */
export function first({ node, outside, data, memory }: Site): TestSettings {
  return {
    domain: 'kaapana.example.org',
    distribution: 'embedded',
    devMode: false,
    containerRegistryUrl: 'registry.example.org/kaapana',
    serverIp: node,
    apiServerIp: node,
    totalMemory: memory,
    fastDataDir: `${data}/fast`,
    slowDataDir: `${data}/slow`,
    smtp: { host: outside, port: 587, sender: 'kaapana@example.org' },
    credentials: {
      keycloakAdminUsername: ADMINISTRATOR.username,
      keycloakAdminPassword: ADMINISTRATOR.password,
      minioPassword: 'minio-of-the-gate',
      grafanaPassword: 'grafana-of-the-gate',
      initPassword: INITIAL.password,
      ...SHARED,
    },
    extensions: [
      ...[
        'code-server-chart',
        'collabora-chart',
        'edk',
        'hello-backend-chart',
        'hello-world-chart',
        'openedc-chart',
        'slim-chart',
      ].map((name) => ({ name })),
      ...[
        'jupyterlab-chart',
        'mitk-workbench-chart',
        'slicer-workbench-chart',
        'tensorboard-chart',
        'dev-code-server-chart',
      ].map((name) => ({ name, as: 'demo1' })),
      { name: 'desktop-container-chart', as: 'demo1', parameters: { display_name: 'desktop' } },
    ],
  };
}

/** A further instance on the server of the first. */
export function second(site: Site): TestSettings {
  const { smtp: _, extensions: __, ...shared } = first(site);
  return {
    ...shared,
    domain: 'site2.example.org',
    totalMemory: '16Gi',
    serverStack: 'first',
    instanceUid: 'site2',
    httpPort: 0,
    httpsPort: 8443,
    dicomPort: 11113,
    credentials: {
      keycloakAdminPassword: ADMINISTRATOR.password,
      minioPassword: 'minio-of-site2',
      grafanaPassword: 'grafana-of-site2',
      initPassword: 'Initial-0-of-site2',
      ...SHARED,
    },
  };
}
