/** A method of HTTP. */
export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Requests that somebody may send. */
export interface Right {
  /** Regular expression, in the syntax that Go and JavaScript share: the landing page reads it too. */
  readonly path: string;

  readonly methods: readonly Method[];
}

/** A role of the realm `kaapana`. */
export type Role = 'admin' | 'project-manager' | 'user';

const READ: readonly Method[] = ['GET'];
const USE: readonly Method[] = ['GET', 'POST', 'PUT', 'DELETE'];
const ANY: readonly Method[] = [...USE, 'HEAD', 'PATCH'];

const rights = (methods: readonly Method[], ...paths: string[]): Right[] => paths.map((path) => ({ path, methods }));

/** Paths that need no login, by any method. */
export const PUBLIC_PATHS: readonly string[] = [
  '^/auth/realms/kaapana/.*',
  '^/auth/resources/.*',
  '^/oauth2/metrics',
  '^/kaapana-backend/remote/.*',
  '^/kaapana-backend/oidc-logout',
  '^/docs/',
  '^/web/system/Documentation',
];

/** Paths that the login lets pass without a session; whoever decides about requests is asked all the same. */
export const PATHS_WITHOUT_SESSION: readonly string[] = [
  '^/auth/.*',
  '^/kaapana-backend/remote/.*',
  '^/oauth2/metrics$',
];

/** Paths that a right in one project opens; auth-policies.rego decides about them. */
export const PROJECT_PATHS: readonly string[] = [
  '^/applications/project/',
  '^/aii/projects/',
  '^/extensions$',
  '^/flow/kaapana/api/getdags$',
  '^/kaapana-backend/',
  '^/kube-helm-api/',
];

/** What each role may do in every project. What a right in one project adds stands in auth-policies.rego. */
export const ROLE_RIGHTS: Readonly<Record<Role, readonly Right[]>> = {
  admin: rights(ANY, '^/.*'),
  'project-manager': [
    ...rights(USE, '^/aii/.*', '^/web/system/Projects.*', '^/projects-ui.*'),
    ...rights(
      READ,
      '^/kaapana-backend/open-policy-data',
      '^/kaapana-backend/settings',
      '^/kaapana-backend/get-traefik-routes',
    ),
  ],
  user: [
    // The landing page and its parts
    ...rights(
      USE,
      '^/img/.*',
      '^/images/.*',
      '^/fonts/.*',
      '^/favicon.ico',
      '^/jsons/.*',
      '^/js/.*',
      '^/css/.*',
      '^/oauth2/.*',
      '^/data-upload',
      '^/datasets',
      '^/workflow-execution',
      '^/workflows',
      '^/results-browser',
      '^/active-applications',
      '^/web/meta/.*',
      '^/web/store/.*',
      '^/web/system/Projects.*',
    ),
    // Tools with a page of their own
    ...rights(
      USE,
      '^/web-ide',
      '^/minio-console.*',
      '^/ohif.*',
      '^/slim.*',
      '^/meta/.*',
      '^/dicom-web-filter/.*',
      '^/mitk-workbench-chart-.*',
      '^/slicer-workbench-chart-.*',
      '^/kube-helm-api/complete-active-application',
    ),
    ...rights(
      READ,
      '^/kube-helm-api/active-applications',
      '^/thumbnails/.*',
      '^/aii/.*',
      '^/projects-ui.*',
      '^/collabora-wopi/',
    ),
    ...rights(['POST', 'HEAD', 'PATCH', 'DELETE'], '^/kaapana-backend/client/file'),
    ...rights(ANY, '^/collabora-wopi/documents.*', '^/collabora/.*'),
    ...rights(['GET', 'POST', 'PUT'], '^/notifications/.*'),
  ],
};

/** The tables above as the rego module that auth-policies.rego reads and the backend hands to the landing page. */
export function accessRightsModule(): string {
  const roles = Object.entries(ROLE_RIGHTS).map(([role, table]) => `\t"${role}": ${list(table, '\t')},\n`);
  return [
    'package httpapi.authz\n',
    `whitelisted_endpoints := ${list(PUBLIC_PATHS.map((path) => ({ path })))}\n`,
    `endpoints_per_role := {\n${roles.join('')}}\n`,
  ].join('\n');
}

function list(rows: readonly object[], indent = ''): string {
  return `[\n${rows.map((row) => `${indent}\t${JSON.stringify(row)},\n`).join('')}${indent}]`;
}
