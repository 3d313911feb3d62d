import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse } from 'yaml';
import { configFiles, PAUSE_IMAGE } from '../../../tools/node/config';
import { freeSubnet, keepSubnet, nodeSettings, placesOf } from '../../../tools/node/settings';
import { COREDNS_IMAGE, systemObjects } from '../../../tools/node/system-objects';
import { Problem } from '../../../tools/problem';
import { folder } from '../support';

const settings = (change = {}): ReturnType<typeof nodeSettings> =>
  nodeSettings({ dir: '/x/node', subnet: 7, ...change });

test('a node has the networks of the distribution "embedded" unless it is told others', () => {
  expect(settings()).toMatchObject({
    name: 'kaapana',
    nodeName: 'kaapana-node',
    hostAddress: '10.231.7.1',
    address: '10.231.7.10',
    services: '10.152.183.0/24',
    apiService: '10.152.183.1',
    dns: '10.152.183.10',
    pods: '10.1.0.0/16',
    nodePorts: [80, 32767],
  });
  const cluster = { services: '10.43.0.0/16', pods: '10.42.0.0/16', dns: '10.43.0.10' };
  expect(settings({ cluster })).toMatchObject({ ...cluster, apiService: '10.43.0.1', nodePorts: [80, 32767] });
});

test.each(['', 'eleven-long', 'Upper', '-x', 'a b'])('"%s" cannot name a node', (name) => {
  expect(() => settings({ name })).toThrow(Problem);
});

test('the subnet is one that nothing on the machine has', () => {
  const first = freeSubnet('/x', []);
  expect(freeSubnet('/x', ['127.0.0.1', `10.231.${first}.1`])).toBe((first % 254) + 1);
  const all = Array.from({ length: 254 }, (_, i) => `10.231.${i + 1}.1`);
  expect(() => freeSubnet('/x', all)).toThrow('All networks');
});

test('a node keeps its subnet', () => {
  const dir = folder();
  keepSubnet(settings({ dir, subnet: 99 }));
  expect(nodeSettings({ dir }).address).toBe('10.231.99.10');
  expect(nodeSettings({ dir, subnet: 3 }).address).toBe('10.231.3.10');
});

test('the configuration is about the node of these settings', () => {
  const files = configFiles(settings({ name: 'gate' }), 4096);
  expect(parse(files['kubelet.yaml'] ?? '')).toMatchObject({
    address: '10.231.7.10',
    cgroupRoot: '/gate',
    clusterDNS: ['10.152.183.10'],
    maxOpenFiles: 4096,
  });
  expect(parse(files['kube-proxy.yaml'] ?? '')).toMatchObject({ nodePortAddresses: ['10.231.7.10/32'] });
  expect(JSON.parse(files['cni/net.d/10-node.conflist'] ?? '')).toMatchObject({
    plugins: [{ ipam: { ranges: [[{ subnet: '10.1.0.0/24' }]] } }, { type: 'portmap' }],
  });
  expect(files['containerd.toml']).toContain(`sandbox_image = "${PAUSE_IMAGE}"`);
  expect(files['containerd.toml']).toContain('config_path = "/x/node/config/registries"');
  expect(files['registries/_default/hosts.toml']).toMatch(/^server = "http:\/\/127\.0\.0\.1:5000"/);
});

test('every file of it lies in the folder of the node', () => {
  expect(Object.values(placesOf(settings())).filter((place) => !place.startsWith(`/x/node${path.sep}`))).toEqual([]);
  expect(fs.existsSync('/x')).toBe(false);
});

test('the DNS server has the address that the kubelet tells pods', () => {
  const objects = systemObjects({ dns: '10.43.0.10', address: '10.231.7.10', domains: ['kaapana.example.org'] });
  expect(objects).toContainEqual(
    expect.objectContaining({ kind: 'Service', spec: expect.objectContaining({ clusterIP: '10.43.0.10' }) }),
  );
  expect(JSON.stringify(objects)).toContain(`"image":"${COREDNS_IMAGE}"`);
  expect(JSON.stringify(objects)).toContain('10.231.7.10 kaapana.example.org\\n');
});
