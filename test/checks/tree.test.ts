import type { Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { k8s } from 'cdk8s-plus-27';
import { DataVolume, secretToken, Volume, Workload } from '../../constructs/kube';
import { treeFindings } from '../../src/checks/tree';
import { FindingsError } from '../../src/findings/error';
import { finding } from '../../src/findings/finding';
import { HowTo } from '../../src/findings/how-to';
import { buildGraph } from '../../src/objects/graph';
import { printed } from '../findings/support';
import { smallGraph, smallTree } from '../objects/support';
import { platform } from '../support';

function problemsWith(change: (tree: ReturnType<typeof smallTree>) => void): string[] {
  const tree = smallTree();
  change(tree);
  return printed(treeFindings(buildGraph(tree.app)));
}

test('a whole tree has no problems', () => {
  expect(treeFindings(smallGraph())).toEqual([]);
});

test('duplicates are reported', () => {
  expect(
    problemsWith(({ chart }) => new kplus.ConfigMap(chart, 'Again', { metadata: { name: 'web-config' } })),
  ).toEqual(['ConfigMap/admin/web-config is in the tree 2 times: server/Config/Resource, server/Again/Resource']);
});

test.each([
  ['Secret', (name: string) => Volume.secret('x', { name })],
  ['ConfigMap', (name: string) => Volume.configMap('x', { name })],
  ['PersistentVolumeClaim', (name: string) => Volume.claim('x', { name })],
])('a %s that nobody makes is reported', (kind, volume) => {
  const problems = problemsWith(
    ({ chart }) =>
      new Workload(chart, 'Lost', {
        platform: platform(),
        namespace: 'admin',
        name: 'lost',
        container: { image: 'x', mounts: [volume('missing').at('/x')] },
      }),
  );
  expect(problems).toEqual([`Deployment/admin/lost refers to ${kind}/admin/missing, which does not exist`]);
});

test('a service that nobody makes is reported', () => {
  const problems = problemsWith(({ chart }) => {
    const backend = { service: { name: 'gone', port: { number: 80 } } };
    new k8s.KubeIngress(chart, 'Lost', {
      metadata: { name: 'lost' },
      spec: { rules: [{ http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }] },
    });
  });
  expect(problems).toEqual(['Ingress/admin/lost refers to Service/admin/gone, which does not exist']);
});

test('an optional reference may dangle', () => {
  const problems = problemsWith(
    ({ chart }) =>
      new k8s.KubeJob(chart, 'Job', {
        metadata: { name: 'job' },
        spec: {
          template: {
            spec: { containers: [{ name: 'x', envFrom: [{ secretRef: { name: 'maybe', optional: true } }] }] },
          },
        },
      }),
  );
  expect(problems).toEqual([]);
});

test('only the account of the first registry has to be there', () => {
  const problems = problemsWith(
    ({ chart }) =>
      new k8s.KubeJob(chart, 'Job', {
        metadata: { name: 'job' },
        spec: {
          template: { spec: { containers: [{ name: 'x' }], imagePullSecrets: [{ name: 'own' }, { name: 'further' }] } },
        },
      }),
  );
  expect(problems).toEqual(['Job/admin/job refers to Secret/admin/own, which does not exist']);
});

test('a secret outside of a Secret is reported with its place', () => {
  expect(
    problemsWith(
      ({ chart }) =>
        new kplus.ConfigMap(chart, 'Leak', {
          metadata: { name: 'leak' },
          data: { 'app.conf': `password = ${secretToken('credentials.x')}` },
        }),
    ),
  ).toEqual(['ConfigMap/admin/leak: data.app.conf holds the secret credentials.x; refer to a Secret instead']);
});

test('two volumes in one path are reported', () => {
  const volume = { platform: platform(), namespace: 'admin', role: 'fast', holds: 'x' } as const;
  expect(
    problemsWith(({ chart }) => new DataVolume(chart, 'Inner', { ...volume, name: 'inner', directory: 'web/inner' })),
  ).toEqual(['PersistentVolume//admin-inner and PersistentVolume//admin-web share the path /home/kaapana/web/inner/']);
});

test('volumes that say so may share a directory', () => {
  const volume = { platform: platform(), role: 'fast', holds: 'x', name: 'dags-pv-claim', shared: true } as const;
  expect(
    problemsWith(({ chart }) => {
      for (const namespace of ['services', 'project-admin']) new DataVolume(chart, namespace, { ...volume, namespace });
    }),
  ).toEqual([]);
});

/** A Service of that name with these node ports. */
function service(chart: Chart, name: string, ...nodePorts: { nodePort: number; protocol?: string }[]): void {
  new k8s.KubeService(chart, name, {
    metadata: { name },
    spec: { type: 'NodePort', ports: nodePorts.map((each) => ({ name: String(each.protocol), port: 80, ...each })) },
  });
}

test('two services with one port of the nodes are reported, whatever their protocols are', () => {
  expect(
    problemsWith(({ chart }) => {
      service(chart, 'one', { nodePort: 30104 });
      service(chart, 'two', { nodePort: 30105 }, { nodePort: 30104, protocol: 'UDP' });
    }),
  ).toEqual(['Service/admin/one and Service/admin/two want the same node port, 30104']);
});

test('one service may have a port of the nodes by two protocols', () => {
  expect(
    problemsWith(({ chart }) =>
      service(chart, 'dns', { nodePort: 30053, protocol: 'TCP' }, { nodePort: 30053, protocol: 'UDP' }),
    ),
  ).toEqual([]);
});

/** Objects of a name, by kind. */
const NAMED = {
  Service: (chart: Chart, name: string) => service(chart, name),
  Namespace: (chart: Chart, name: string) => new kplus.Namespace(chart, name, { metadata: { name } }),
  Job: (chart: Chart, name: string) => new k8s.KubeJob(chart, name, { metadata: { name }, spec: { template: {} } }),
  ConfigMap: (chart: Chart, name: string) => new kplus.ConfigMap(chart, name, { metadata: { name } }),
} as const;

test.each([
  ['Service', 63, 'Service/admin/'],
  ['Namespace', 63, 'Namespace//'],
  ['Job', 54, 'Job/admin/'],
  ['ConfigMap', 253, 'ConfigMap/admin/'],
] as const)('the name of a %s may have %d characters', (kind, length, id) => {
  const [name, longer] = ['x'.repeat(length), 'x'.repeat(length + 1)];
  expect(problemsWith(({ chart }) => NAMED[kind](chart, name))).toEqual([]);
  expect(problemsWith(({ chart }) => NAMED[kind](chart, longer))).toEqual([
    `${id}${longer}: its name has ${length + 1} characters, and may have ${length}`,
  ]);
});

test('findings name rule, object and facts', () => {
  const tree = smallTree();
  new kplus.ConfigMap(tree.chart, 'Again', { metadata: { name: 'web-config' } });
  expect(treeFindings(buildGraph(tree.app))).toEqual([
    {
      rule: 'duplicate-object',
      severity: 'error',
      subject: { kind: 'object', id: 'ConfigMap/admin/web-config' },
      facts: { paths: ['server/Config/Resource', 'server/Again/Resource'] },
      remedies: [],
    },
  ]);
});

test('the error lists all problems, and has them as data', () => {
  const findings = ['a', 'b'].map((id) => finding('dangling-reference', { kind: 'object', id }, { to: 'c' }));
  const error = new FindingsError(findings, new HowTo('test'));
  expect(error.message).toBe(
    '2 problems:\n  - a refers to c, which does not exist\n  - b refers to c, which does not exist',
  );
  expect(error.findings).toBe(findings);
});
