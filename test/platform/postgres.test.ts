import { secretToken } from '../../constructs/kube';
import { Postgres, type PostgresProps } from '../../constructs/platform/postgres';
import { chart, object, platform } from '../support';

const PROPS: Required<PostgresProps> = {
  platform: platform(),
  namespace: 'admin',
  component: 'keycloak',
  database: 'realms',
  username: 'root',
  password: secretToken('database'),
  memoryLimit: '1Gi',
  directory: 'keycloak-database',
  names: { server: 'accounts', service: 'accounts-service' },
};

function postgres(props: Partial<PostgresProps> = {}) {
  const scope = chart();
  const component = new Postgres(scope, 'Database', {
    ...PROPS,
    username: undefined,
    memoryLimit: undefined,
    directory: undefined,
    names: undefined,
    ...props,
  });
  const { spec } = object(scope, 'Deployment', 'keycloak-database');
  return { scope, component, spec, pod: spec.template.spec };
}

test('its objects are called after the component', () => {
  const { scope, component } = postgres();
  expect(component.endpoint).toMatchObject({ host: 'keycloak-database-service.admin.svc', port: 5432 });
  expect(component.jdbcUrl).toBe('jdbc:postgresql://keycloak-database-service.admin.svc/realms');
  expect(object(scope, 'PersistentVolumeClaim', 'keycloak-pv-claim').spec.volumeName).toBe('admin-keycloak');
});

test('its users wait for it by its name', () => {
  const { component } = postgres();
  expect(component.ready.address).toBe(component.endpoint);
  expect(component.ready.label).toBe('keycloak-database-');
});

test('its account is a Secret', () => {
  const { scope, component, pod } = postgres();
  expect(object(scope, 'Secret', component.account.name).stringData).toEqual({
    username: 'realms',
    password: secretToken('database'),
  });
  expect(pod.containers[0].env).toEqual([
    { name: 'POSTGRES_DB', value: 'realms' },
    { name: 'POSTGRES_USER', valueFrom: { secretKeyRef: { name: 'keycloak-database-account', key: 'username' } } },
    { name: 'POSTGRES_PASSWORD', valueFrom: { secretKeyRef: { name: 'keycloak-database-account', key: 'password' } } },
  ]);
});

test('its URL, with the account in it, is a key of the Secret', () => {
  const { scope, component } = postgres({ username: 'root' });
  expect(component.url('postgresql+asyncpg').valueFrom).toEqual({
    secretKeyRef: { name: 'keycloak-database-account', key: 'postgresql-asyncpg-url' },
  });
  component.url('postgresql');
  const host = 'keycloak-database-service.admin.svc:5432';
  expect(object(scope, 'Secret', 'keycloak-database-account').stringData).toMatchObject({
    'postgresql-asyncpg-url': `postgresql+asyncpg://root:${secretToken('database')}@${host}`,
    'postgresql-url': `postgresql://root:${secretToken('database')}@${host}`,
  });
});

test('one server at a time writes to data that is kept', () => {
  const { scope, spec, pod } = postgres();
  expect(spec).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } });
  expect(object(scope, 'PersistentVolume', 'admin-keycloak').spec.persistentVolumeReclaimPolicy).toBe('Retain');
  expect(pod.nodeSelector).toEqual({ 'kaapana.io/node': 'storage' });
});

test('only the preparation of its directories runs as root', () => {
  const { pod } = postgres();
  expect(pod.securityContext).toMatchObject({ runAsUser: 70, seccompProfile: { type: 'RuntimeDefault' } });
  expect(pod.initContainers).toHaveLength(1);
  expect(pod.initContainers[0].securityContext).toMatchObject({
    runAsUser: 0,
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
  });
  expect(pod.containers[0].securityContext).toMatchObject({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
  });
});

test.each([
  [undefined, '5Gi'],
  ['1Gi', '1Gi'],
] as const)('memoryLimit %s limits it to %s', (memoryLimit, limit) => {
  const { limits, requests } = postgres({ memoryLimit }).pod.containers[0].resources;
  expect(limits.memory).toBe(limit);
  expect(requests.memory).toBe('100Mi');
});

test('user and directory may have names of their own', () => {
  const { scope, component } = postgres({ username: PROPS.username, directory: PROPS.directory });
  expect(object(scope, 'Secret', component.account.name).stringData.username).toBe('root');
  expect(object(scope, 'PersistentVolume', 'admin-keycloak').spec.hostPath.path).toBe(
    '/home/kaapana/keycloak-database',
  );
  expect(object(scope, 'Deployment', 'keycloak-database').spec.template.spec.containers[0].env[0]).toEqual({
    name: 'POSTGRES_DB',
    value: 'realms',
  });
});
