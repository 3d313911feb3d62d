import { loadEnvironment } from '../../src/environment/load';
import type { Graph } from '../../src/objects/graph';
import { containersOf, identity, objectAt, objectsAt, podTemplate, textAt } from '../../src/objects/manifest';

/**
 * What becomes of another value of a key that pods have in their environment, by the names of Secret and key. Whatever
 * stands neither here nor is declared as an InitialCredential fails below: whoever adds a program with a password says
 * which.
 */
const TAKEN_AGAIN: readonly (readonly [key: RegExp, how: string])[] = [
  [
    /^(minio-account|collabora-chart-account) |^grafana-admin password$/,
    'read at each start; what MinIO keeps is not encrypted by it, and Grafana keeps nothing',
  ],
  [
    /^(kaapana-init-password|system-user-password|oidc-client-secret|project-user-credentials) /,
    'a Job brings it to the identity provider, and is a new one when it changes',
  ],
  [/^opensearch-dashboard-user-password /, 'an init container brings it to the index at each start'],
  [
    / (client-secret|cookie-secret|webserver-key|secret-key)$/,
    'a key of sessions, or of another Secret that is told; read at each start',
  ],
  [/^keycloak-admin-account /, 'a copy for those who log in, of what Keycloak took once'],
  [/ (database-url|url|postgresql-url|postgresql-asyncpg-url)$/, 'the same for databases'],
  [/^airflow-api-account username$/, 'another name makes another account'],
];

/** Keys of Secrets that pods have in their environment, `<Secret> <key>`. */
function keysInPods({ nodes }: Graph): string[] {
  const keys = nodes.flatMap(({ manifest }) =>
    containersOf(podTemplate(manifest) ?? {})
      .flatMap(({ env }) => objectsAt(env))
      .flatMap(({ valueFrom }) => {
        const { name, key } = objectAt(objectAt(valueFrom).secretKeyRef);
        return name === undefined
          ? []
          : [`${identity('Secret', manifest.metadata.namespace, textAt(name) ?? '')} ${String(key)}`];
      }),
  );
  return [...new Set(keys)];
}

const DATABASES = [
  'access-information-interface',
  'airflow',
  'data-api',
  'dicom-web-filter',
  'kaapana-backend',
  'notification-service',
  'workflow-api',
];

/** Secrets with keys that are taken once, in the namespace of services. */
const OF_AN_INSTANCE = [
  ...DATABASES.map((name) => `${name}-database-account`),
  'airflow-api-account',
  'ldap-admin',
  'postgres-dcm4che-account',
];

test.each([
  [
    'default-extensions',
    'services',
    [...OF_AN_INSTANCE, 'hello-postgres-database-account'],
    ['keycloak-admin', 'keycloak-database-account'],
  ],
  [
    'legacy',
    'services',
    [...OF_AN_INSTANCE, 'kaapana-persistence-mongodb-account'],
    ['keycloak-admin', 'keycloak-database-account'],
  ],
  ['instance', 'site2-services', OF_AN_INSTANCE, ['keycloak-admin', 'keycloak-database-account']],
])('%s: of each password it is known whether the program takes another one', (site, namespace, services, admin) => {
  const { graph } = loadEnvironment(`test/conformance/settings/${site}.yaml`);
  const wanted = [
    ...services.map((name) => `Secret/${namespace}/${name}`),
    ...admin.map((name) => `Secret/admin/${name}`),
  ];
  expect(graph.initialCredentials.map(({ secret }) => secret).sort()).toEqual(wanted.sort());

  const initial = graph.initialCredentials.flatMap(({ secret, keys }) => keys.map((key) => `${secret} ${key}`));
  const unknown = keysInPods(graph).filter(
    (key) => !initial.includes(key) && !TAKEN_AGAIN.some(([known]) => known.test(key.split('/').slice(2).join('/'))),
  );
  expect(unknown).toEqual([]);
});

test('what is declared is there: the Secret with its keys, and the claim', () => {
  const { graph } = loadEnvironment('test/conformance/settings/legacy.yaml');
  for (const { secret, keys, claim } of graph.initialCredentials) {
    expect(Object.keys(objectAt(graph.byId.get(secret)?.manifest.data))).toEqual(expect.arrayContaining([...keys]));
    expect(graph.byId.has(claim)).toBe(true);
  }
});
