import type { Tenant } from '../../src/clashes/claim';
import { sumOfRequests } from '../../src/clashes/shares';
import { settings } from '../settings/support';

/** An environment with one workload for each of `pods`. */
function tenant(...pods: readonly { readonly kind: string; readonly replicas?: number; readonly requests: Readonly<Record<string, string>>[] }[]): Tenant {
  const nodes = pods.map(({ kind, replicas, requests }, index) => ({
    id: `${kind}/services/${index}`, component: '', path: '', references: [], dependsOn: [],
    manifest: {
      apiVersion: 'apps/v1', kind, metadata: { name: String(index) },
      spec: { ...(replicas === undefined ? {} : { replicas }), template: { spec: { containers: requests.map((each) => ({ resources: { requests: each } })) } } },
    },
  }));
  return { environment: 'test', settings: settings(), graph: { nodes, byId: new Map(), atRunTime: new Set(), duplicates: new Map() } };
}

test('all containers of all copies count, of all environments', () => {
  const one = tenant({ kind: 'Deployment', replicas: 2, requests: [{ cpu: '250m', memory: '1Gi' }, { memory: '512Mi' }] });
  const other = tenant({ kind: 'DaemonSet', requests: [{ 'cpu': '1', 'memory': '1Mi', 'nvidia.com/gpu': '1' }] });
  expect(sumOfRequests([one, other])).toEqual({ 'cpu': '1500m', 'memory': '3073Mi', 'nvidia.com/gpu': '1' });
});

test('what has a limit and no request is promised the limit', () => {
  const { graph } = tenant({ kind: 'Deployment', requests: [] });
  const containers = [{ resources: { limits: { cpu: '2', memory: '2Gi' }, requests: { cpu: '1' } } }];
  const nodes = graph?.nodes.map((node) => ({ ...node, manifest: { ...node.manifest, spec: { template: { spec: { containers } } } } })) ?? [];
  expect(sumOfRequests([{ environment: 'test', settings: settings(), graph: { nodes, byId: new Map(), atRunTime: new Set(), duplicates: new Map() } }])).toEqual({ cpu: '1', memory: '2048Mi' });
});

test('jobs come and go', () => {
  expect(sumOfRequests([tenant({ kind: 'Job', requests: [{ memory: '64Gi' }] })])).toEqual({});
});
