import { UNQUOTED } from '../../src/settings/fields';
import { LEGACY_COMPONENTS } from '../../src/settings/groups';
import fc from '../random';
import { REQUIRED } from './support';

/** Values of `kaapana:` keys, without the prefix. */
export type Keys = Readonly<Record<string, unknown>>;

const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?$/);
const host = fc
  .array(
    label.filter((part) => !/^\d+$/.test(part)),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => parts.join('.'));
const ipv4 = fc.ipV4();
const flag = fc.constantFrom<unknown>(true, false, 'true', 'false');
const proxy = host.map((name) => `http://${name}:3128`);
const memory = fc
  .integer({ min: 4096, max: 4_000_000 })
  .chain((size) => fc.constantFrom<unknown>(size, `${size}Mi`, `${size}`, `${size / 4}Gi`));
/** A text that may stand in a name. */
export const name = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .filter((text) => !/[\p{C}\uE000-\uE005]/u.test(text));
const secret = fc.oneof(
  name.map((text) => `Geheim-${text}`),
  fc.constant({ secure: 'v1:abc' }),
);

function isUnquoted(value: unknown): boolean {
  return typeof value !== 'string' || UNQUOTED.test(value);
}

/** Settings that are right one by one; those that have to fit together are made together. */
export const anySettings: fc.Arbitrary<Keys> = fc
  .tuple(
    fc.record({
      domain: fc.oneof(host, ipv4),
      containerRegistryUrl: fc.tuple(host, label).map(([at, path]) => `${at}.example/${path}`),
      totalMemory: memory,
      credentials: fc.record({
        ...Object.fromEntries(Object.keys(REQUIRED.credentials).map((key) => [key, secret])),
        grafanaUsername: name,
        minioPassword: secret.filter(isUnquoted),
        keycloakAdminPassword: secret.filter((value) => !/\$[{$]/.test(String(value))),
      }),
    }),
    fc.record(
      {
        platformName: label,
        platformVersion: fc.constantFrom('0.6.0', '0.3.5', '0.6.1-12-gabcdef0', 'latest', '0.1.0', '9'),
        devMode: flag,
        gpuSupport: flag,
        noHooks: flag,
        prefetchExtensions: flag,
        distribution: fc.constantFrom('microk8s', 'k3s', 'kubeadm', 'embedded'),
        serverIp: ipv4,
        apiServerIp: ipv4,
        storageNode: label,
        instanceName: name,
        mountPointsToMonitor: fc.constantFrom('', '/', '/home, /mnt/data'),
        upstreamHttpProxy: proxy,
        upstreamHttpsProxy: proxy,
        upstreamNoProxy: fc.constantFrom('.example.org', 'a.org,b.org'),
        internalCidrs: fc.array(
          ipv4.map((address) => `${address}/32`),
          { minLength: 1 },
        ),
        components: fc.subarray([...LEGACY_COMPONENTS]),
        smtp: fc.record({ host, port: fc.integer({ min: 1, max: 65535 }) }),
        replicaCount: fc.integer({ min: 1, max: 20 }),
      },
      { requiredKeys: [] },
    ),
    fc.constantFrom<Keys>(
      {},
      { storageProvider: 'hostpath' },
      { enableNfs: 'true', nfs: { server: 'nfs', path: '/' } },
      { storageProvider: 'nfs', nfs: { server: '192.0.2.7', path: '/x', mountOptions: ['hard'] } },
      { storageProvider: 'longhorn', volumeSlowData: '1Ti', mainNodeName: 'node-1' },
      { storageProvider: 'class', volumeSlowData: '1Ti', storageClasses: { fast: 'ceph', workflow: 'ceph-fs' } },
      { gpuSupport: true, gpu: { replicas: '4', nodeSelector: ['nvidia.com/gpu.present=true'], taint: 'gpu' } },
      { offlineMode: true, chartPath: '/opt/k.tgz' },
      { fastDataDir: '/data/fast', slowDataDir: '/data/slow' },
      { httpPort: 0, httpsPort: 8443, dicomPort: '11113' },
      { containerRegistryUsername: 'me', containerRegistryPassword: 'Registry2020' },
      { containerRegistryUsername: 'me', containerRegistryPassword: { secure: 'v1:abc' } },
      {
        projects: [{ name: 'a' }, { name: 'b' }],
        extensions: [{ name: 'minio-sync-chart', as: 'x', project: 'b', parameters: { uid: 1 } }],
      },
    ),
    fc.constantFrom<Keys>(
      {},
      { instanceUid: 'site2' },
      { instanceUid: 'site2', serverStack: 'prod' },
      { externalEgressProxy: 'http://p:1', upstreamHttpProxy: undefined, upstreamHttpsProxy: undefined },
    ),
  )
  .map((groups) => withoutServer(Object.assign({}, ...groups) as Keys));

/** What belongs to the server is none of a further instance. */
function withoutServer(keys: Keys): Keys {
  const { components, gpu } = keys as { readonly components?: readonly string[]; readonly gpu?: Keys };
  return keys['serverStack'] === undefined
    ? keys
    : {
        ...keys,
        components: components?.filter((row) => row !== 'nfs-server'),
        gpu: gpu && { ...gpu, replicas: undefined },
      };
}
