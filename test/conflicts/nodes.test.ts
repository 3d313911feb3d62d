import { conflictsWith } from '../../src/conflicts/live';
import type { Cluster } from '../../src/conflicts/live-claims';
import type { JsonObject } from '../../src/objects/manifest';
import { printed } from '../findings/support';
import { deployed, node } from './live-support';

const EMPTY: Cluster = { namespaces: [], nodes: [node()], pods: [], services: [], volumes: [] };

describe('the node with the data directories', () => {
  const two = { ...EMPTY, nodes: [node({}, 'b'), node({}, 'a')] };

  test('is one: of two, each would have half of the data', () => {
    expect(printed(conflictsWith(deployed(), two))).toEqual([
      '2 nodes have the label kaapana.io/node=storage: a, b. The data lie in directories of one node, and a pod on another one would begin with empty ones. Take the label from all but the node with the data. Run: kubectl label node <name> kaapana.io/node-',
    ]);
  });

  test('is one by the label of the settings', () => {
    const rules = conflictsWith(deployed({ storageNode: 'b' }), two).map(({ rule }) => rule);
    expect(rules).not.toContain('several-storage-nodes');
    expect(rules).toContain('no-labelled-node');
  });
});

describe('a resolver of the nodes', () => {
  function resolver(name: string, container: JsonObject): Cluster {
    return {
      ...EMPTY,
      pods: [
        {
          metadata: {
            name,
            namespace: 'kube-system',
            ownerReferences: [{ kind: 'DaemonSet', name, controller: true }],
          },
          spec: { nodeName: 'kaapana-node', containers: [{ name: 'cache', ...container }] },
          status: { phase: 'Running' },
        },
      ],
    };
  }

  test.each([
    [
      'node-local-dns-x7k2p',
      { args: ['-localip', '169.254.20.10,10.152.183.10', '-conf', '/etc/Corefile'] },
      '169.254.20.10',
    ],
    ['nodelocaldns-abcde', { args: ['-localip=169.254.25.10'] }, '169.254.25.10'],
    ['node-local-dns-x', { command: ['/node-cache', '--localip', '169.254.1.1'] }, '169.254.1.1'],
  ])('%s has to be among internalCidrs', (name, container, address) => {
    const [text = '', ...rest] = printed(conflictsWith(deployed(), resolver(name, container)));
    expect(rest).toEqual([]);
    expect(text).toContain(`(${name}) at ${address}/32, which kaapana:internalCidrs leaves out`);
    expect(text).toMatch(new RegExp(`internalCidrs\\\\[\\\\d\\\\]|${address}/32`));
  });

  test('that is among them, or has no address of its own, is no problem', () => {
    const internalCidrs = ['10.152.183.0/24', '10.1.0.0/16', '169.254.0.0/16'];
    const args = ['-localip', '169.254.20.10'];
    expect(conflictsWith(deployed({ internalCidrs }), resolver('node-local-dns-x', { args }))).toEqual([]);
    expect(conflictsWith(deployed(), resolver('node-local-dns-x', { args: [] }))).toEqual([]);
    expect(conflictsWith(deployed(), resolver('coredns-x', { args }))).toEqual([]);
  });

  test('may be asked by projects, by its address and that of the service', () => {
    const internalCidrs = ['10.233.0.0/18', '169.254.25.10/32'];
    const policy = (keys: object) =>
      deployed({ ...keys }).graph.byId.get('NetworkPolicy/project-admin/allow-kube-dns')?.manifest.spec;
    expect(policy({ internalCidrs })).toMatchObject({
      egress: [
        {
          to: expect.arrayContaining([
            { ipBlock: { cidr: '10.233.0.0/18' } },
            { ipBlock: { cidr: '169.254.25.10/32' } },
          ]) as unknown,
          ports: [
            { port: 53, protocol: 'UDP' },
            { port: 53, protocol: 'TCP' },
          ],
        },
      ],
    });
    expect(JSON.stringify(policy({}))).not.toContain('ipBlock');
  });
});
