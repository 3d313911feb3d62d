import { readdirSync } from 'node:fs';
import { keysOf, type Keys, type World, worldOf } from './world';

const ADDRESS = { serverIp: '192.0.2.10', apiServerIp: '192.0.2.10' };
const NETWORKS = ['10.152.183.0/24', '10.1.0.0/16'];
const MAIL = { smtp: { host: '203.0.113.25', port: 587, sender: 'kaapana@example.org' } };
const GUEST = {
  ...ADDRESS,
  instanceUid: 'site2',
  domain: 'site2.example.org',
  httpPort: 0,
  httpsPort: 8443,
  dicomPort: 11113,
};

/** Platforms that differ in what their policies have to let through. */
const VARIANTS: Readonly<Record<string, readonly [Keys, Keys?]>> = {
  GPUs: [{ ...ADDRESS, gpuSupport: true, gpu: { replicas: 2 } }],
  NFS: [{ ...ADDRESS, storageProvider: 'nfs', nfs: { server: 'nfs.example.org', path: '/export' } }],
  'an existing storage class': [
    { ...ADDRESS, storageProvider: 'class', storageClasses: { fast: 'ceph' }, volumeSlowData: '1Ti' },
  ],
  'mail by an address': [{ ...ADDRESS, ...MAIL }],
  'mail by a name, at the default port': [
    { ...ADDRESS, smtp: { host: 'mail.example.org', sender: 'kaapana@example.org' } },
  ],
  'an external proxy by an address': [{ ...ADDRESS, externalEgressProxy: 'http://203.0.113.31:3128' }],
  'an external proxy by a name': [{ ...ADDRESS, externalEgressProxy: 'http://proxy.example.org:8118' }],
  'all extensions, mail and an external proxy': [
    { ...keysOf('default-extensions'), ...MAIL, externalEgressProxy: 'http://203.0.113.31:3128' },
  ],
  k3s: [{ ...ADDRESS, distribution: 'k3s', internalCidrs: NETWORKS }],
  'namespaces of other names': [{ ...ADDRESS, adminNamespace: 'kaapana-admin', servicesNamespace: 'kaapana-services' }],
  'a second instance': [ADDRESS, GUEST],
  'a second instance with mail, on a server with an external proxy': [
    { ...ADDRESS, externalEgressProxy: 'http://203.0.113.31:3128' },
    { ...GUEST, ...MAIL, externalEgressProxy: 'http://203.0.113.31:3128' },
  ],
};

/** Names of all values sets: those of the conformance tests, and variants. */
export const SETS: readonly string[] = [
  ...readdirSync('test/conformance/settings').map((file) => file.replace(/\.yaml$/, '')),
  ...Object.keys(VARIANTS),
];

const worlds = new Map<string, World>();

/** The platform of a values set; building one takes a second. */
export function worldCalled(set: string): World {
  const [keys, guest] = VARIANTS[set] ?? [keysOf(set)];
  const world = worlds.get(set) ?? worldOf(keys, guest);
  worlds.set(set, world);
  return world;
}
