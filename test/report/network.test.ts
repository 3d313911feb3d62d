import { clusterOf } from '../../src/checks/network/cluster';
import { Connectivity } from '../../src/checks/network/connectivity';
import { peerCalled } from '../../src/checks/network/reference';
import type { JsonObject, Manifest } from '../../src/objects/manifest';
import { answerRows, answers, destinationsOf, reachMap, reachText, sourcesOf } from '../../src/report/network';

const workload = (namespace: string, name: string, port?: number): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { namespace, name },
  spec: {
    template: {
      metadata: { labels: { app: name, tier: namespace } },
      spec: { containers: [{ ports: port === undefined ? [] : [{ containerPort: port }] }] },
    },
  },
});
const policy = (namespace: string, name: string, spec: JsonObject): Manifest => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { namespace, name },
  spec: { podSelector: {}, ...spec },
});
const ns = (name: string): Manifest => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
const of = (app: string): JsonObject => ({ podSelector: { matchLabels: { app } } });
const named = (name: string): JsonObject => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
});
const everywhere = (labels: JsonObject): JsonObject => ({
  namespaceSelector: {},
  podSelector: { matchLabels: labels },
});

/**
 * A door that the world reaches, a program behind it, its database, and tasks that others start; and a namespace
 * without policies.
 */
const CONNECTIVITY = new Connectivity(
  clusterOf(
    [
      ns('shop'),
      ns('lab'),
      workload('shop', 'door', 443),
      workload('shop', 'web', 80),
      workload('shop', 'db', 5432),
      workload('lab', 'bench', 7000),
      policy('shop', 'deny', { policyTypes: ['Ingress'] }),
      policy('shop', 'door', { ...of('door'), policyTypes: ['Ingress'], ingress: [{ ports: [{ port: 443 }] }] }),
      policy('shop', 'web', {
        ...of('web'),
        policyTypes: ['Ingress'],
        ingress: [{ from: [of('door'), everywhere({ kind: 'task' })], ports: [{ port: 80 }] }],
      }),
      policy('shop', 'db', {
        ...of('db'),
        policyTypes: ['Ingress'],
        ingress: [{ from: [of('web')], ports: [{ port: 5432 }] }, { from: [{ ...named('lab') }] }],
      }),
      policy('shop', 'out', {
        policyTypes: ['Egress'],
        egress: [
          { to: [{ ipBlock: { cidr: '10.1.0.0/16' } }] },
          { to: [{ ipBlock: { cidr: '198.51.100.7/32' } }], ports: [{ port: 25 }] },
        ],
      }),
    ],
    { pods: '10.1.0.0', nodes: '192.0.2.10' },
  ),
);

function peer(text: string) {
  const found = peerCalled(text, CONNECTIVITY.cluster);
  if (!found) throw new Error(`nothing is called ${text}`);
  return found;
}

const sources = (text: string) => sourcesOf(peer(text), CONNECTIVITY);
const destinations = (text: string) => destinationsOf(peer(text), CONNECTIVITY);

test('who may connect to a workload: anybody, pods by labels, whole namespaces, or workloads', () => {
  expect(sources('shop/door')).toEqual([{ who: 'anywhere', ports: ['443/TCP'] }]);
  expect(sources('shop/web')).toEqual([
    { who: '*{kind=task}', ports: ['80/TCP'] },
    { who: 'shop/door', ports: ['80/TCP'] },
  ]);
  expect(sources('shop/db')).toEqual([
    { who: 'lab{}', ports: ['all'] },
    { who: 'shop/web', ports: ['5432/TCP'] },
  ]);
  expect(sources('lab/bench')).toEqual([{ who: 'anywhere', ports: ['all'] }]);
});

test('where a workload may connect to, as far as the other side lets it', () => {
  expect(destinations('shop/web')).toEqual([
    { who: '*{}', ports: ['all'] },
    { who: 'lab{}', ports: ['all'] },
    { who: 'shop/door', ports: ['443/TCP'] },
    { who: 'shop/db', ports: ['5432/TCP'] },
    { who: 'lab/bench', ports: ['all'] },
    { who: '198.51.100.7/32', ports: ['25/TCP'] },
  ]);
  expect(destinations('lab/bench')).toContainEqual({ who: 'internet', ports: ['all'] });
});

test('pods that could be there are asked for too, and whoever leaves the cluster', () => {
  expect(destinations('lab{kind=task}')).toContainEqual({ who: 'shop/web', ports: ['80/TCP'] });
  expect(destinations('shop{}')).not.toContainEqual(expect.objectContaining({ who: 'shop/web' }));
  expect(sources('198.51.100.7')).toEqual([
    { who: '*{}', ports: ['all'] },
    { who: 'shop{}', ports: ['25/TCP'] },
    { who: 'lab{}', ports: ['all'] },
  ]);
});

test('each port of one from another, with the policies of both ends', () => {
  expect(answers(peer('shop/web'), peer('shop/db'), CONNECTIVITY)).toEqual([
    {
      port: 'others',
      allowed: false,
      egress: { allowed: true, policies: ['shop/out'] },
      ingress: { allowed: false, policies: ['shop/deny', 'shop/db'] },
    },
    {
      port: '5432/TCP',
      allowed: true,
      egress: { allowed: true, policies: ['shop/out'] },
      ingress: { allowed: true, policies: ['shop/db'] },
    },
  ]);
  expect(answerRows(answers(peer('shop/web'), peer('shop/db'), CONNECTIVITY))).toEqual([
    ['others', 'closed', 'allowed by shop/out', 'stopped by shop/deny, shop/db'],
    ['5432/TCP', 'open', 'allowed by shop/out', 'allowed by shop/db'],
  ]);
  expect(answerRows(answers(peer('shop/web'), peer('lab/bench'), CONNECTIVITY))[1]).toEqual([
    '7000/TCP',
    'open',
    'allowed by shop/out',
    'no policy',
  ]);
});

test('the map has each workload, with a line for each set of ports', () => {
  const map = reachMap(CONNECTIVITY);
  expect(map.map(({ pods }) => pods)).toEqual(['shop/door', 'shop/web', 'shop/db', 'lab/bench']);
  expect(reachText(map).split('\n\n')[1]).toBe(
    [
      'shop/web',
      '  in  80/TCP: *{kind=task}, shop/door',
      '  out all: *{}, lab{}, lab/bench',
      '  out 443/TCP: shop/door',
      '  out 5432/TCP: shop/db',
      '  out 25/TCP: 198.51.100.7/32',
    ].join('\n'),
  );
  expect(reachText([{ pods: 'a/b', from: [], to: [] }])).toBe('a/b\n  in  nobody\n  out nobody\n');
});
