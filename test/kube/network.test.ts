import { k8s } from 'cdk8s-plus-27';
import { ANYWHERE, type InboundRule, ingressRules, networkOf, outsideOf } from '../../constructs/kube';
import { chart, object } from '../support';

const web = { namespace: 'services', podLabels: { app: 'web' } };

/** The rules of a policy in `services`, as it is rendered. */
function rules(...inbound: InboundRule[]): unknown {
  const scope = chart();
  const spec = { podSelector: {}, ingress: ingressRules('services', inbound) };
  new k8s.KubeNetworkPolicy(scope, 'Policy', { metadata: { name: 'policy' }, spec });
  return object(scope, 'NetworkPolicy', 'policy').spec.ingress;
}

test('nobody may connect unless a rule says so', () => {
  expect(rules()).toEqual([]);
});

test('pods of the same namespace are told by their labels', () => {
  expect(rules({ from: web, port: 80, protocol: 'TCP' })).toEqual([
    { from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 80, protocol: 'TCP' }] },
  ]);
});

test('pods of another namespace are told by its name too', () => {
  expect(rules({ from: { ...web, namespace: 'admin' }, port: 80, protocol: 'TCP' })).toEqual([
    {
      from: [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'admin' } },
          podSelector: { matchLabels: { app: 'web' } },
        },
      ],
      ports: [{ port: 80, protocol: 'TCP' }],
    },
  ]);
});

test('a peer without labels is its whole namespace', () => {
  expect(rules({ from: { namespace: 'services' }, port: 80, protocol: 'TCP' })).toEqual([
    { from: [{ podSelector: {} }], ports: [{ port: 80, protocol: 'TCP' }] },
  ]);
});

test('pods that others start are told by what is known of them and of their namespaces', () => {
  const project = { matchExpressions: [{ key: 'kaapana.io/project', operator: 'Exists' }] };
  const pods = { matchExpressions: [{ key: 'job-name', operator: 'Exists' }] };
  expect(rules({ from: { namespaces: ['services', 'admin', project], pods }, port: 80, protocol: 'TCP' })).toEqual([
    {
      from: [
        { podSelector: pods },
        { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'admin' } }, podSelector: pods },
        { namespaceSelector: project, podSelector: pods },
      ],
      ports: [{ port: 80, protocol: 'TCP' }],
    },
  ]);
});

test('what a node port offers is open to everything', () => {
  expect(rules({ from: ANYWHERE, port: 104, protocol: 'TCP' })).toEqual([{ ports: [{ port: 104, protocol: 'TCP' }] }]);
});

test('a peer stands once, with its ports in order, each once', () => {
  expect(
    rules(
      { from: web, port: 1080, protocol: 'TCP' },
      { from: web, port: 80, protocol: 'TCP' },
      { from: { namespace: 'services', podLabels: { app: 'web' } }, port: 80, protocol: 'TCP' },
      { from: web, port: 53, protocol: 'UDP' },
    ),
  ).toEqual([
    {
      from: [{ podSelector: { matchLabels: { app: 'web' } } }],
      ports: [
        { port: 80, protocol: 'TCP' },
        { port: 1080, protocol: 'TCP' },
        { port: 53, protocol: 'UDP' },
      ],
    },
  ]);
});

test('the order in which peers declare themselves does not show', () => {
  const one: InboundRule = { from: web, port: 80, protocol: 'TCP' };
  const two: InboundRule = { from: { namespace: 'admin', podLabels: { b: '1', a: '2' } }, port: 80, protocol: 'TCP' };
  const same: InboundRule = { from: { namespace: 'admin', podLabels: { a: '2', b: '1' } }, port: 80, protocol: 'TCP' };
  expect(rules(one, two)).toEqual(rules(two, one));
  expect(rules(two, same)).toHaveLength(1);
});

test('outside is what no network inside holds, by IPv4', () => {
  expect(outsideOf(['10.1.0.0/16', '192.0.2.10/32'])).toEqual({
    ipBlock: { cidr: '0.0.0.0/0', except: ['10.1.0.0/16', '192.0.2.10/32'] },
  });
  expect(outsideOf(['fd00::/8', '::/0', '10.1.0.0/16'])).toEqual({
    ipBlock: { cidr: '0.0.0.0/0', except: ['10.1.0.0/16'] },
  });
  expect(outsideOf(['10.1.0.0/16', '0.0.0.0/0'])).toBeUndefined();
});

test.each([
  ['192.0.2.7', '192.0.2.7/32'],
  ['[2001:db8::7]', '2001:db8::7/128'],
  ['2001:db8::7', '2001:db8::7/128'],
  ['proxy.example.org', '0.0.0.0/0'],
])('the network of %s is %s', (host, network) => {
  expect(networkOf(host)).toBe(network);
});
