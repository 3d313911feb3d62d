import { clusterOf, type Peer, podsThatCouldBe, type Port } from '../../src/checks/network/cluster';
import { Connectivity } from '../../src/checks/network/connectivity';
import { INTERNET, KUBELET, outsider, peerCalled } from '../../src/checks/network/reference';
import type { JsonObject, Manifest } from '../../src/objects/manifest';
import { targetsOf } from './targets';

const ADDRESSES = { pods: '10.1.0.7', nodes: '192.0.2.10' };
const PORT: Port = { number: 8080, protocol: 'TCP' };

const SERVER = pod(
  'a',
  'server',
  { app: 's' },
  {
    ports: [
      { name: 'web', containerPort: 8080 },
      { name: 'dns', containerPort: 53, protocol: 'UDP' },
    ],
  },
);
const CLIENT = pod('b', 'client', { app: 'c' });
const ON_NODE = pod('a', 'agent', { app: 'c' }, {}, { hostNetwork: true });
const NAMESPACES: Manifest[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a', labels: { team: 'x' } } },
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'b' } },
];

function pod(
  namespace: string,
  name: string,
  labels: Record<string, string>,
  container: JsonObject = {},
  spec: JsonObject = {},
): Manifest {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace, name },
    spec: { template: { metadata: { labels }, spec: { containers: [container], ...spec } } },
  };
}

function policy(name: string, spec: JsonObject, namespace = 'a'): Manifest {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { namespace, name },
    spec: { podSelector: {}, ...spec },
  };
}

function connectivity(policies: readonly Manifest[]): Connectivity {
  return new Connectivity(clusterOf([...NAMESPACES, SERVER, CLIENT, ON_NODE, ...policies], ADDRESSES));
}

/** Whether `from` may connect to `to`, both as the command takes them. */
function passes(policies: readonly Manifest[], from: string, to: string, port: Partial<Port> = {}): boolean {
  const all = connectivity(policies);
  return all.check(peer(all, from), peer(all, to), { ...PORT, ...port }).allowed;
}

function peer({ cluster }: Connectivity, text: string): Peer {
  const found = peerCalled(text, cluster);
  if (!found) throw new Error(`nothing is called ${text}`);
  return found;
}

const DENY = policy('deny', { policyTypes: ['Ingress'] });
const FROM_CLIENTS = { namespaceSelector: {}, podSelector: { matchLabels: { app: 'c' } } };
const inward = (...ingress: JsonObject[]): Manifest => policy('in', { policyTypes: ['Ingress'], ingress });
const outward = (...egress: JsonObject[]): Manifest => policy('out', { policyTypes: ['Egress'], egress }, 'b');

test('without a policy everything is open; one for a direction closes that direction alone', () => {
  expect(passes([], 'b/client', 'a/server')).toBe(true);
  expect(passes([DENY], 'b/client', 'a/server')).toBe(false);
  expect(passes([DENY], 'a/server', 'b/client')).toBe(true);
  expect(passes([outward()], 'b/client', 'a/server')).toBe(false);
  expect(passes([outward()], 'a/server', 'b/client')).toBe(true);
});

test('policies add up, and hold for the pods that they select', () => {
  const one = policy('one', {
    podSelector: { matchLabels: { app: 's' } },
    policyTypes: ['Ingress'],
    ingress: [{ from: [FROM_CLIENTS] }],
  });
  expect(passes([DENY, one], 'b/client', 'a/server')).toBe(true);
  expect(passes([one], 'b{app=d}', 'a/server')).toBe(false);
  expect(passes([one], 'b{app=d}', 'a{app=t}')).toBe(true);
});

test('both ends have to let it through, and each names its policies', () => {
  const all = connectivity([
    DENY,
    inward({ from: [FROM_CLIENTS] }),
    outward({ to: [{ namespaceSelector: { matchLabels: { team: 'x' } } }], ports: [{ port: 8080 }] }),
  ]);
  const check = (port: number) => all.check(peer(all, 'b/client'), peer(all, 'a/server'), { ...PORT, number: port });
  expect(check(8080)).toEqual({
    allowed: true,
    egress: { allowed: true, policies: ['b/out'] },
    ingress: { allowed: true, policies: ['a/in'] },
  });
  expect(check(8081)).toEqual({
    allowed: false,
    egress: { allowed: false, policies: ['b/out'] },
    ingress: { allowed: true, policies: ['a/in'] },
  });
  expect(all.check(peer(all, 'b{}'), peer(all, 'a/server'), PORT).ingress).toEqual({
    allowed: false,
    policies: ['a/deny', 'a/in'],
  });
  expect(all.isolation(podsThatCouldBe('a', {}), 'egress')).toEqual([]);
});

test('selectors of one peer are an AND, several peers an OR; without a namespace it is its own', () => {
  const both = inward({
    from: [
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'b' } },
        podSelector: { matchLabels: { app: 'c' } },
      },
    ],
  });
  const either = inward({
    from: [
      { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'b' } } },
      { podSelector: { matchLabels: { app: 'c' } } },
    ],
  });
  expect(['b{app=c}', 'b{}', 'a{app=c}', 'a{}'].map((from) => passes([both], from, 'a/server'))).toEqual([
    true,
    false,
    false,
    false,
  ]);
  expect(['b{app=c}', 'b{}', 'a{app=c}', 'a{}'].map((from) => passes([either], from, 'a/server'))).toEqual([
    true,
    true,
    true,
    false,
  ]);
});

test('rules without peers are for everybody, also outside', () => {
  expect(passes([inward({})], 'internet', 'a/server')).toBe(true);
  expect(passes([inward({ from: [{ namespaceSelector: {} }] })], 'internet', 'a/server')).toBe(false);
});

test.each([
  [{}, [true, true, true]],
  [{ ports: [] }, [true, true, true]],
  [{ ports: [{ port: 8080 }] }, [true, false, false]],
  [{ ports: [{ protocol: 'UDP' }] }, [false, false, true]],
  [{ ports: [{ port: 8000, endPort: 8080 }] }, [true, false, false]],
  [{ ports: [{ port: 8081 }, { port: 8080, protocol: 'UDP' }] }, [false, true, true]],
  [{ ports: [{ port: 'web' }] }, [true, false, false]],
  [{ ports: [{ port: 'web', protocol: 'UDP' }] }, [false, false, false]],
  [{ ports: [{ port: 'none' }] }, [false, false, false]],
])('ports %j let 8080, 8081 and 8080 by UDP through: %j', (rule, expected) => {
  const ports: Partial<Port>[] = [{}, { number: 8081 }, { protocol: 'UDP' }];
  expect(ports.map((port) => passes([inward(rule)], 'b/client', 'a/server', port))).toEqual(expected);
  expect(ports.map((port) => passes([outward(rule)], 'b/client', 'a/server', port))).toEqual(expected);
});

test('names of ports mean nothing outside of pods', () => {
  expect(passes([outward({ ports: [{ port: 'web' }] })], 'b/client', 'internet')).toBe(false);
});

test('blocks of addresses are for all, pods have one of their network', () => {
  const block = outward({ to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } }] });
  expect(
    ['internet', '8.8.8.8', '10.9.9.9', 'a/server', '2001:db8::1'].map((to) => passes([block], 'b/client', to)),
  ).toEqual([true, true, false, false, false]);
  expect(passes([outward({ to: [{ ipBlock: { cidr: '10.1.0.0/16' } }] })], 'b/client', 'a/server')).toBe(true);
  expect(passes([outward({ to: [{ ipBlock: { cidr: '2001:db8::/32' } }] })], 'b/client', '2001:db8::1')).toBe(true);
  expect(passes([outward({ to: [{ ipBlock: { cidr: 'nonsense' } }] })], 'b/client', 'internet')).toBe(false);
});

test('the kubelet reaches the pods of its node; those in the network of the node are known by its address alone', () => {
  expect(passes([DENY], 'kubelet', 'a/server')).toBe(true);
  expect(passes([DENY], '192.0.2.10', 'a/server')).toBe(false);
  expect(passes([DENY], 'b/client', 'a/agent')).toBe(true);
  expect(passes([inward({ from: [FROM_CLIENTS] })], 'a/agent', 'a/server')).toBe(false);
  expect(passes([inward({ from: [{ ipBlock: { cidr: '192.0.2.10/32' } }] })], 'a/agent', 'a/server')).toBe(true);
});

test('a policy without types is about ingress, and about egress where it has rules for it', () => {
  const [none, empty, some] = [
    policy('p', {}),
    policy('p', { egress: [] }),
    policy('p', { egress: [{ to: [{ podSelector: {} }] }] }),
  ];
  for (const untyped of [none, empty, some]) expect(passes([untyped], 'b/client', 'a/server')).toBe(false);
  expect([none, empty, some].map((untyped) => passes([untyped], 'a/server', 'b/client'))).toEqual([true, true, false]);
});

test.each([
  [{ key: 'app', operator: 'In', values: ['c', 'd'] }, [true, false, false]],
  [{ key: 'app', operator: 'NotIn', values: ['c'] }, [false, true, true]],
  [{ key: 'app', operator: 'Exists' }, [true, true, false]],
  [{ key: 'app', operator: 'DoesNotExist' }, [false, false, true]],
  [{ key: 'app', operator: 'Other' }, [false, false, false]],
])('the expression %j selects app=c, app=x and none: %j', (expression, expected) => {
  const rule = inward({ from: [{ namespaceSelector: {}, podSelector: { matchExpressions: [expression] } }] });
  expect(['b{app=c}', 'b{app=x}', 'b{}'].map((from) => passes([rule], from, 'a/server'))).toEqual(expected);
});

test('a Service leads to ports of pods, never to those of jobs', () => {
  const job: Manifest = { ...pod('a', 'job', { app: 's' }), kind: 'Job' };
  const service = (name: string, spec: JsonObject): Manifest => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace: 'a', name },
    spec,
  });
  const ports = [
    { name: 'http', port: 80, targetPort: 'web' },
    { port: 53, protocol: 'UDP' },
    { port: 99, targetPort: 'nowhere' },
  ];
  const { services, workloads } = clusterOf(
    [
      SERVER,
      job,
      service('web', { selector: { app: 's' }, ports }),
      service('alias', { externalName: 'web.a.svc.cluster.local' }),
      service('outside', { ports: [{ port: 80 }] }),
    ],
    ADDRESSES,
  );
  const leads = (name: string, ...at: [number | string, Port['protocol']?]) =>
    targetsOf(services.get(`a/${name}`) ?? { namespace: '', name: '', ports: [], pods: [] }, ...at).map(
      ({ pods, port }) => [pods.name, port?.number],
    );
  expect([leads('web', 80), leads('web', 'http'), leads('alias', 80), leads('web', 53, 'UDP')]).toEqual([
    [['a/server', 8080]],
    [['a/server', 8080]],
    [['a/server', 8080]],
    [['a/server', 53]],
  ]);
  expect([leads('web', 99), leads('web', 53), leads('outside', 80)]).toEqual([[['a/server', undefined]], [], []]);
  expect(workloads.get('a/job')?.labels).toEqual({
    app: 's',
    'job-name': 'job',
    'batch.kubernetes.io/job-name': 'job',
  });
});

test('pods of every kind of workload count, those of cron jobs too', () => {
  const template = { metadata: { labels: { app: 'x' } }, spec: { containers: [] } };
  const of = (kind: string, spec: JsonObject): Manifest => ({
    apiVersion: 'v1',
    kind,
    metadata: { name: kind, namespace: 'a', labels: { app: 'x' } },
    spec,
  });
  const { workloads } = clusterOf(
    [
      of('StatefulSet', { template }),
      of('CronJob', { jobTemplate: { spec: { template } } }),
      of('Pod', { containers: [] }),
      of('Service', { ports: [] }),
    ],
    ADDRESSES,
  );
  expect([...workloads.values()].map(({ name, labels }) => [name, labels])).toEqual([
    ['a/StatefulSet', { app: 'x' }],
    ['a/CronJob', { app: 'x' }],
    ['a/Pod', { app: 'x' }],
  ]);
});

test('who is meant: a workload, pods by their labels, an address, the internet, the kubelet', () => {
  const { cluster } = connectivity([]);
  expect(peerCalled('a/server', cluster)).toBe(cluster.workloads.get('a/server'));
  expect(peerCalled('a{x/y=1,z=}#a task', cluster)).toEqual({
    ...podsThatCouldBe('a', { 'x/y': '1', z: '' }),
    name: 'a{x/y=1,z=}',
  });
  expect(peerCalled('192.0.2.7', cluster)).toEqual(outsider('192.0.2.7', '192.0.2.7'));
  expect([peerCalled('internet', cluster), peerCalled('kubelet', cluster)]).toEqual([INTERNET, KUBELET]);
  expect([peerCalled('a/nobody', cluster), peerCalled('a{x}', cluster), peerCalled('server', cluster)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
