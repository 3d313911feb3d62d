import { conflictsWith } from '../../src/conflicts/live';
import type { Deployed } from '../../src/conflicts/live-claims';
import { sumOfRequests } from '../../src/conflicts/shares';
import { HowTo } from '../../src/findings/how-to';
import { findingTexts } from '../../src/findings/texts';
import type { JsonObject } from '../../src/objects/manifest';
import { deployed, labels, node } from './live-support';

const OWN = deployed();
const MEMORY = Number.parseInt(sumOfRequests([OWN])['memory'] ?? '', 10);

/** A pod of a Deployment that has been there before. */
function pod(
  requests: JsonObject,
  namespace: string,
  more: { readonly owner?: string; readonly nodeName?: string; readonly phase?: string } = {},
): JsonObject {
  const { owner = 'ReplicaSet', nodeName = 'kaapana-node', phase = 'Running' } = more;
  return {
    metadata: {
      name: 'x',
      namespace,
      ownerReferences: owner === '' ? [] : [{ kind: owner, name: 'x', controller: true }],
    },
    spec: { nodeName, containers: [{ resources: { requests } }] },
    status: { phase },
  };
}

function found(
  nodes: readonly JsonObject[],
  pods: readonly JsonObject[] = [],
  own: Deployed = OWN,
): { conflicts: string[]; warnings: readonly string[] } {
  const namespaces = [
    { metadata: { name: 'site2-services', labels: labels('trial', 'site2') } },
    { metadata: { name: 'services', labels: labels('prod') } },
  ];
  const findings = conflictsWith(own, { namespaces, nodes, pods, services: [], volumes: [] });
  const { problems, warnings } = findingTexts(findings, new HowTo(own.environment));
  return { conflicts: [...problems], warnings };
}

test('pods that fit are no problem', () => {
  expect(found([node()])).toEqual({ conflicts: [], warnings: [] });
  expect(found([node({ memory: `${MEMORY + 1}Mi` })])).toEqual({ conflicts: [], warnings: [] });
});

test('more than all nodes have is an error', () => {
  const { conflicts } = found([node({ memory: '12Gi' }), node({ memory: '8Gi' }, 'other')]);
  expect(conflicts).toContain(
    `prod (requests of its pods) wants more memory than the nodes have, ${MEMORY}Mi of 20480Mi: prod ${MEMORY}Mi. ` +
      'In prod: set how much it may use. Set it, e.g.: pulumi config set --stack prod kaapana:totalMemory 20Gi; or add a node',
  );
  expect(found([node({ cpu: '100m' })]).conflicts).toEqual([
    expect.stringMatching(
      /^prod .* wants more cpu than the nodes have, \d+m? of 100m: .*In prod: install fewer extensions; or add a node$/,
    ),
  ]);
});

test('the figure that is told is one by which it fits, and none is told where there is none', () => {
  const nodes = [node({ memory: '12Gi' })];
  const { conflicts } = found(nodes);
  expect(conflicts).toEqual([
    expect.stringMatching(
      /In prod: set how much it may use\. Set it, e\.g\.: pulumi config set --stack prod kaapana:totalMemory 7Gi; or add a node$/,
    ),
  ]);
  expect(found(nodes, [], deployed({ totalMemory: '7Gi' })).conflicts).toEqual([]);
  expect(found([node({ memory: '8Gi' })]).conflicts).toEqual([
    expect.stringMatching(/In prod: install fewer extensions; or add a node$/),
  ]);
  const six = Object.fromEntries(
    ['pacs', 'airflow', 'opensearch'].flatMap((name) => [
      [`${name}MemoryRequest`, '4Gi'],
      [`${name}MemoryLimit`, '4Gi'],
    ]),
  );
  expect(found(nodes, [], deployed({ totalMemory: undefined, ...six })).conflicts).toEqual([
    expect.stringMatching(
      /In prod: lower pacsMemoryRequest, airflowMemoryRequest and opensearchMemoryRequest; or add a node$/,
    ),
  ]);
});

test('what others are promised counts, by environment or namespace', () => {
  const others = [
    pod({ memory: '100Gi' }, 'site2-services'),
    pod({ memory: '28Gi' }, 'site2-services'),
    pod({ memory: '112Gi', cpu: '1' }, 'kube-system'),
  ];
  const { conflicts } = found([node()], others);
  expect(conflicts).toEqual([
    expect.stringMatching(
      /^the environment trial \(requests of its pods\), the namespace kube-system \(.*\) and prod \(.*\) want more memory than the nodes have, \d+Mi of 262144Mi: the environment trial 131072Mi, the namespace kube-system 114688Mi, prod \d+Mi\. In prod: .*totalMemory 16Gi; or add a node$/,
    ),
  ]);
});

test.each([
  ['our own pods, which the update replaces', pod({ memory: '250Gi' }, 'services')],
  ['a job', pod({ memory: '250Gi' }, 'kube-system', { owner: 'Job' })],
  ['a task that nothing makes again', pod({ memory: '250Gi' }, 'kube-system', { owner: '' })],
  ['a pod that has ended', pod({ memory: '250Gi' }, 'kube-system', { phase: 'Failed' })],
  ['a pod that waits for a node', pod({ memory: '250Gi' }, 'kube-system', { nodeName: '' })],
])('%s does not count', (_, each) => {
  expect(found([node()], [each]).conflicts).toEqual([]);
});

test('pods that want a label have the nodes with it alone', () => {
  const other = { ...node({}, 'other'), metadata: { name: 'other', labels: { 'kubernetes.io/os': 'linux' } } };
  expect(found([node({ memory: '2Gi' }), other]).conflicts).toEqual([
    expect.stringMatching(/wants more memory than the nodes have, \d+Mi of 2048Mi/),
  ]);
  expect(found([other])).toEqual({
    conflicts: [],
    warnings: [
      'no node has the label kaapana.io/node=storage, and pods would stay pending: kubectl label node <name> kaapana.io/node=storage',
    ],
  });
});

test('GPUs are there once their plugin runs: too few are a warning', () => {
  const own = deployed({
    gpuSupport: true,
    extensions: [{ name: 'mitk-workbench-chart', as: 'x', parameters: { gpu_container: true } }],
  });
  const { conflicts, warnings } = found([node()], [], own);
  expect(conflicts).toEqual([]);
  expect(warnings).toEqual([
    expect.stringMatching(
      /^prod wants more nvidia\.com\/gpu than the nodes have, \d of 0: prod \d; pods would stay pending$/,
    ),
  ]);
});

test('a server without nodes is a warning', () => {
  expect(found([])).toEqual({ conflicts: [], warnings: ['the server has no nodes yet: pods would stay pending'] });
});
