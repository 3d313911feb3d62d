import { readEnvironment } from '../../src/environment/file';
import { parseSettings } from '../../src/settings/parse';
import { settings } from './support';

const SETS = 'test/conformance/settings';

test('the defaults are those of the deploy script', () => {
  expect(settings()).toMatchObject({
    platformName: 'kaapana-admin-chart',
    devMode: true,
    gpuSupport: false,
    prefetchExtensions: false,
    noHooks: false,
    enableNfs: false,
    offlineMode: false,
    instanceUid: '',
    instanceName: 'kaapana.example.org',
    servicesNamespace: 'services',
    adminNamespace: 'admin',
    jobsNamespace: 'jobs',
    extensionsNamespace: 'extensions',
    helmNamespace: 'default',
    fastDataDir: '/home/kaapana',
    slowDataDir: '/home/kaapana',
    httpPort: 80,
    httpsPort: 443,
    dicomPort: 11112,
    storageProvider: 'hostpath',
    storageNode: 'storage',
    distribution: 'microk8s',
    pullPolicy: 'Always',
    adopt: [],
  });
  expect(settings().credentials).toMatchObject({
    keycloakAdminUsername: 'admin',
    minioUsername: 'kaapanaminio',
    grafanaUsername: 'admin',
  });
});

test('what Pulumi hands over means the same as what a file says', () => {
  const parsed = { httpPort: 0, devMode: false, adopt: ['*'], projects: [{ name: 'a' }], smtp: { host: 'mail' } };
  const texts = {
    httpPort: '0',
    devMode: 'false',
    adopt: '["*"]',
    projects: '[{"name":"a"}]',
    smtp: '{"host":"mail"}',
  };
  expect(settings(texts)).toEqual(settings(parsed));
});

test('an empty value stands for a missing one', () => {
  const empty = {
    chartPath: '',
    nfs: '{}',
    smtp: { host: '', port: '0', username: '', password: '' },
    internalCidrs: [],
    upstreamHttpProxy: '',
    noHooks: '',
    serverStack: null,
  };
  expect(settings(empty)).toEqual(settings());
});

test('paths in a list stand without blanks around them', () => {
  expect(settings({ mountPointsToMonitor: '/home , /mnt/my data ' }).mountPointsToMonitor).toBe('/home,/mnt/my data');
});

test('one text stands for a list of it', () => {
  expect(settings({ adopt: '*' }).adopt).toEqual(['*']);
});

test.each([
  [{ devMode: true }, 'Always'],
  [{ devMode: false }, 'IfNotPresent'],
  [{ offlineMode: true, chartPath: '/k.tgz' }, 'IfNotPresent'],
])('%j pulls %s', (given, pullPolicy) => {
  expect(settings(given).pullPolicy).toBe(pullPolicy);
});

test('a chart on the server switches prefetching off', () => {
  expect(settings({ prefetchExtensions: true }).prefetchExtensions).toBe(true);
  expect(settings({ prefetchExtensions: true, chartPath: '/k.tgz' }).prefetchExtensions).toBe(false);
});

test.each([
  'localhost:5000/k',
  '127.0.0.1/k',
  '10.0.0.7/k',
  'registry.local/k',
  'harbor.example.org:8443/k',
  'registry:5000/k',
])('%s serves an offline site', (registry) => {
  expect(settings({ offlineMode: true, containerRegistryUrl: registry }).offlineMode).toBe(true);
});

test('70 % of the memory are split 30 : 50 : 20, a third of each is promised', () => {
  const plan = {
    pacs: { limit: '13440Mi', request: '4480Mi' },
    airflow: { limit: '22400Mi', request: '7466Mi' },
    opensearch: { limit: '8960Mi', request: '2986Mi' },
  };
  expect(settings().memory).toEqual(plan);
  expect(settings({ totalMemory: '62.5Gi' }).memory).toEqual(plan);
  expect(settings({ totalMemory: 64000 }).memory).toEqual(plan);
});

test('the six memory values take the place of the total; a number is one of Mi', () => {
  const six = {
    pacsMemoryLimit: 9,
    pacsMemoryRequest: '3',
    airflowMemoryLimit: '9Mi',
    airflowMemoryRequest: '1Mi',
    opensearchMemoryLimit: '2Gi',
    opensearchMemoryRequest: '1Gi',
  };
  expect(settings({ totalMemory: undefined, ...six }).memory).toEqual({
    pacs: { limit: '9Mi', request: '3Mi' },
    airflow: { limit: '9Mi', request: '1Mi' },
    opensearch: { limit: '2Gi', request: '1Gi' },
  });
});

test.each([
  [{}, ['10.152.183.0/24', '10.1.0.0/16']],
  [{ distribution: 'k3s' }, ['10.43.0.0/16', '10.42.0.0/16']],
  [{ distribution: 'kubeadm', serverIp: '192.0.2.1' }, ['10.96.0.0/12', '10.244.0.0/16', '192.0.2.1/32']],
  [
    { serverIp: '192.0.2.1', apiServerIp: '192.0.2.2', domain: '192.0.2.3' },
    ['10.152.183.0/24', '10.1.0.0/16', '192.0.2.1/32', '192.0.2.2/32', '192.0.2.3/32'],
  ],
  [{ internalCidrs: ['10.0.0.0/8', '192.0.2.1/32'], serverIp: '192.0.2.1' }, ['10.0.0.0/8', '192.0.2.1/32']],
])('%j has the networks %j', (given, cidrs) => {
  expect(settings(given).internalCidrs).toEqual(cidrs);
});

test.each([
  [{}, 'hostpath', 'kaapana-hostpath-slow-data-dir'],
  [{ enableNfs: true, nfs: { server: 'n', path: '/' } }, 'nfs', 'nfs'],
  [{ storageProvider: 'nfs', nfs: { server: 'n', path: '/x' } }, 'nfs', 'nfs'],
  [{ storageProvider: 'longhorn', volumeSlowData: '1Ti', mainNodeName: 'n' }, 'longhorn', 'kaapana-longhorn-slow-data'],
  [{ storageProvider: 'class', volumeSlowData: '1Ti', storageClasses: { fast: 'ceph' } }, 'class', 'ceph'],
  [
    { storageProvider: 'class', volumeSlowData: '1Ti', storageClasses: { fast: 'ceph', slow: 'tape' } },
    'class',
    'tape',
  ],
])('%j stores with %s in %s', (given, storageProvider, slow) => {
  expect(settings(given)).toMatchObject({
    storageProvider,
    enableNfs: storageProvider === 'nfs',
    storageClasses: { slow },
  });
});

test.each([
  [{}, undefined],
  [{ gpuSupport: true }, { resource: 'nvidia.com/gpu', replicas: 1, operatorNamespace: 'gpu-operator-resources' }],
  [
    {
      gpuSupport: true,
      gpu: {
        runtimeClass: 'nvidia',
        nodeSelector: ['nvidia.com/gpu.present=true', 'zone='],
        taint: 'gpu',
        replicas: '4',
      },
    },
    { runtimeClass: 'nvidia', nodeSelector: { 'nvidia.com/gpu.present': 'true', zone: '' }, taint: 'gpu', replicas: 4 },
  ],
])('%j gives the GPUs %j', (given, gpu) => {
  if (gpu === undefined) expect(settings(given).gpu).toBeUndefined();
  else expect(settings(given).gpu).toMatchObject(gpu);
});

test('an instance has its own namespaces and directories', () => {
  expect(settings({ instanceUid: 'site2', serverStack: 'prod' })).toMatchObject({
    adminNamespace: 'admin',
    servicesNamespace: 'site2-services',
    jobsNamespace: 'site2-jobs',
    extensionsNamespace: 'site2-extensions',
    helmNamespace: 'site2-default',
    fastDataDir: '/home/kaapana-site2',
    slowDataDir: '/home/kaapana-site2',
  });
});

test('names of legacy components may end in -chart', () => {
  expect(
    settings({ components: ['nfs-server-chart', 'nfs-server', 'ohif-chart-v2', 'jobs-namespace'] }).components,
  ).toEqual(['nfs-server', 'nfs-server', 'ohif-v2', 'jobs-namespace']);
});

test('settings are frozen, all the way down', () => {
  const frozen = settings({ projects: [{ name: 'a' }] });
  expect(
    [frozen, frozen.credentials, frozen.projects, frozen.projects[0], frozen.memory.pacs].every(Object.isFrozen),
  ).toBe(true);
});

test.each(['default', 'default-extensions', 'instance', 'prod', 'legacy', 'minio-console'])(
  'the reference settings %s are right',
  (name) => referenceSettings(name),
);

function referenceSettings(name: string): void {
  const { environment, raw } = readEnvironment(`${SETS}/${name}.yaml`, '.');
  const { settings: read, secrets } = parseSettings(raw, environment);
  expect(read).toMatchObject({
    pullPolicy: name === 'prod' ? 'IfNotPresent' : 'Always',
    servicesNamespace: name === 'instance' ? 'site2-services' : 'services',
    memory: { pacs: { limit: '13440Mi' } },
    internalCidrs: ['10.152.183.0/24', '10.1.0.0/16', '192.0.2.10/32'],
  });
  expect(JSON.stringify(read)).not.toMatch(/Kaapana2020|registry-pass|custom-pass|oidc-client-secret-0/);
  expect(secrets.resolve('containerRegistryPassword')).toBe('registry-pass');
}
