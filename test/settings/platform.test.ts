import fc from 'fast-check';
import { parseSettings } from '../../src/settings/parse';
import { RETIRED_COMPONENTS } from '../../src/settings/groups';
import { schema } from '../../src/settings/schema';
import { buildPlatform } from '../../src/tree';
import { problems, REQUIRED } from './support';

/** Random platforms that are built; KAAPANA_PLATFORMS=500 for more. */
const PLATFORMS = Number(process.env['KAAPANA_PLATFORMS'] ?? 100);

type Keys = Readonly<Record<string, unknown>>;

const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?$/);
const host = fc.array(label.filter((part) => !/^\d+$/.test(part)), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.'));
const ipv4 = fc.ipV4();
const flag = fc.constantFrom<unknown>(true, false, 'true', 'false');
const proxy = host.map((name) => `http://${name}:3128`);
const memory = fc.integer({ min: 4096, max: 4_000_000 }).chain((size) => fc.constantFrom<unknown>(size, `${size}Mi`, `${size}`, `${size / 4}Gi`));
const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).filter((text) => !/[\p{C}\uE000-\uE005]/u.test(text));
const secret = fc.oneof(name.map((text) => `Geheim-${text}`), fc.constant({ secure: 'v1:abc' }));

/** Settings that are right one by one; those that have to fit together are made together. */
const anySettings: fc.Arbitrary<Keys> = fc.tuple(
  fc.record({
    domain: fc.oneof(host, ipv4), containerRegistryUrl: fc.tuple(host, label).map((parts) => parts.join('/')), totalMemory: memory,
    credentials: fc.record({ ...Object.fromEntries(Object.keys(REQUIRED.credentials).map((key) => [key, secret])), grafanaUsername: name }),
  }),
  fc.record({
    platformName: label, platformVersion: fc.constantFrom('0.6.0', '0.3.5', '0.6.1-12-gabcdef0', 'latest', '0.1.0', '9'), devMode: flag, gpuSupport: flag, noHooks: flag, prefetchExtensions: flag,
    distribution: fc.constantFrom('microk8s', 'k3s', 'kubeadm', 'embedded'), serverIp: ipv4, apiServerIp: ipv4, storageNode: label, instanceName: name,
    mountPointsToMonitor: fc.constantFrom('', '/', '/home, /mnt/data'), upstreamHttpProxy: proxy, upstreamHttpsProxy: proxy, upstreamNoProxy: fc.constantFrom('.example.org', 'a.org,b.org'),
    internalCidrs: fc.array(ipv4.map((address) => `${address}/32`), { minLength: 1 }), components: fc.subarray([...RETIRED_COMPONENTS]),
    smtp: fc.record({ host, port: fc.integer({ min: 1, max: 65535 }) }), replicaCount: fc.integer({ min: 1, max: 20 }),
  }, { requiredKeys: [] }),
  fc.constantFrom<Keys>(
    {}, { storageProvider: 'hostpath' }, { enableNfs: 'true', nfs: { server: 'nfs', path: '/' } }, { storageProvider: 'nfs', nfs: { server: '192.0.2.7', path: '/x', mountOptions: ['hard'] } },
    { storageProvider: 'longhorn', volumeSlowData: '1Ti', mainNodeName: 'node-1' }, { storageProvider: 'class', volumeSlowData: '1Ti', storageClasses: { fast: 'ceph', workflow: 'ceph-fs' } },
    { gpuSupport: true, gpu: { replicas: '4', nodeSelector: ['nvidia.com/gpu.present=true'], taint: 'gpu' } }, { offlineMode: true, chartPath: '/opt/k.tgz' },
    { fastDataDir: '/data/fast', slowDataDir: '/data/slow' }, { httpPort: 0, httpsPort: 8443, dicomPort: '11113' },
    { containerRegistryUsername: 'me', containerRegistryPassword: 'Registry2020' }, { containerRegistryUsername: 'me', containerRegistryPassword: { secure: 'v1:abc' } },
    { projects: [{ name: 'a' }, { name: 'b' }], extensions: [{ name: 'minio-sync-chart', as: 'x', project: 'b', parameters: { uid: 1 } }] },
  ),
  fc.constantFrom<Keys>({}, { instanceUid: 'site2' }, { instanceUid: 'site2', serverStack: 'prod' }, { externalEgressProxy: 'http://p:1', upstreamHttpProxy: undefined, upstreamHttpsProxy: undefined }),
).map((groups) => withoutServer(Object.assign({}, ...groups) as Keys));

/** What belongs to the server is none of a further instance. */
function withoutServer(keys: Keys): Keys {
  const { components, gpu } = keys as { readonly components?: readonly string[]; readonly gpu?: Keys };
  return keys['serverStack'] === undefined ? keys
    : { ...keys, components: components?.filter((row) => row !== 'nfs-server'), gpu: gpu && { ...gpu, replicas: undefined } };
}

test('settings that are right give a platform', () => {
  fc.assert(fc.property(anySettings, (given) => {
    const { settings } = parseSettings(given, 'test');
    const host = settings.serverStack === undefined ? undefined : parseSettings(REQUIRED, settings.serverStack).settings;
    expect(buildPlatform(settings, 'test', host).graph.nodes.length).toBeGreaterThan(50);
  }), { numRuns: PLATFORMS });
}, 120_000);

/** Values that no setting of the kind can have. */
const WRONG: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  text: fc.oneof(fc.integer(), fc.boolean(), fc.array(fc.integer(), { minLength: 1 }), fc.constant({ a: 1 }), fc.constant('a\u0000b'), fc.constant({ secure: 'v1:x' })),
  list: fc.oneof(fc.integer(), fc.boolean(), fc.constant({ a: 1 }), fc.constant('[broken'), fc.array(fc.integer(), { minLength: 1 })),
  group: fc.oneof(fc.integer(), fc.boolean(), fc.array(fc.integer(), { minLength: 1 }), name.map((text) => `x${text}`), name.map((text) => ({ [`x${text}`]: 1 }))),
  flag: fc.oneof(fc.integer(), fc.constantFrom('yes', 'no', 'on', 'off', 'True', '1'), fc.array(fc.boolean(), { minLength: 1 })),
  number: fc.oneof(fc.double().filter((number) => !Number.isInteger(number)), fc.integer({ max: -1 }), fc.integer({ min: 65536 }), fc.boolean(), name.map((text) => `x${text}`)),
};
const KINDS: Readonly<Record<string, keyof typeof WRONG>> = {
  devMode: 'flag', gpuSupport: 'flag', offlineMode: 'flag', prefetchExtensions: 'flag', noHooks: 'flag', enableNfs: 'flag',
  httpPort: 'number', httpsPort: 'number', dicomPort: 'number', replicaCount: 'number',
  credentials: 'group', smtp: 'group', nfs: 'group', imageTags: 'group', gpu: 'group', storageClasses: 'group',
  adopt: 'list', dataMoved: 'list', internalCidrs: 'list', projects: 'list', components: 'list', extensions: 'list',
};
const MEMORY = Object.keys(schema.shape).filter((key) => /memory/i.test(key));
// A number is one of Mi there.
const TEXTS = Object.keys(schema.shape).filter((key) => !(key in KINDS) && key !== 'containerRegistryPassword' && !MEMORY.includes(key));

test('settings that are wrong are refused, each with its key and a remedy', () => {
  const wrong = fc.constantFrom(...Object.keys(KINDS), ...TEXTS).chain((key) => fc.tuple(fc.constant(key), WRONG[KINDS[key] ?? 'text'] as fc.Arbitrary<unknown>));
  fc.assert(fc.property(wrong, ([key, value]) => {
    const found = problems({ [key]: value });
    const own = found.filter((problem) => problem.key === key || problem.key.startsWith(`${key}.`) || problem.key.startsWith(`${key}[`));
    expect(own.length).toBeGreaterThan(0);
    for (const { message, remedy } of found) {
      expect(message).not.toMatch(/Invalid input|\[object|undefined/);
      expect(remedy).toMatch(/^(Set it|Remove it|Did you mean|The nearest are|Write it|Encrypt only|It was set)/);
      expect(remedy).not.toMatch(/<\w+>|undefined|\[object/);
    }
  }), { numRuns: 500 });
});
