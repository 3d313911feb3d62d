import type { Tenant } from '../../src/conflicts/conflict';
import { conflicts } from '../../src/conflicts/conflicts';
import { memoryWarnings, sumOfRequests } from '../../src/conflicts/shares';
import { printed } from '../findings/support';
import { settings } from '../settings/support';
import { GUEST, type Keys, tenants, told } from './support';

/** An environment with one workload for each of `pods`. */
function tenant(
  ...pods: readonly {
    readonly kind: string;
    readonly replicas?: number;
    readonly requests: Readonly<Record<string, string>>[];
  }[]
): Tenant {
  const nodes = pods.map(({ kind, replicas, requests }, index) => ({
    id: `${kind}/services/${index}`,
    component: '',
    path: '',
    references: [],
    dependsOn: [],
    manifest: {
      apiVersion: 'apps/v1',
      kind,
      metadata: { name: String(index) },
      spec: {
        ...(replicas === undefined ? {} : { replicas }),
        template: { spec: { containers: requests.map((each) => ({ resources: { requests: each } })) } },
      },
    },
  }));
  return {
    environment: 'test',
    settings: settings(),
    graph: { nodes, byId: new Map(), atRunTime: new Set(), initialCredentials: [], duplicates: new Map() },
  };
}

test('all containers of all copies count, of all environments', () => {
  const one = tenant({
    kind: 'Deployment',
    replicas: 2,
    requests: [{ cpu: '250m', memory: '1Gi' }, { memory: '512Mi' }],
  });
  const other = tenant({ kind: 'DaemonSet', requests: [{ cpu: '1', memory: '1Mi', 'nvidia.com/gpu': '1' }] });
  expect(sumOfRequests([one, other])).toEqual({ cpu: '1500m', memory: '3073Mi', 'nvidia.com/gpu': '1' });
});

test('what has a limit and no request is promised the limit', () => {
  const { graph } = tenant({ kind: 'Deployment', requests: [] });
  const containers = [{ resources: { limits: { cpu: '2', memory: '2Gi' }, requests: { cpu: '1' } } }];
  const nodes =
    graph?.nodes.map((node) => ({
      ...node,
      manifest: { ...node.manifest, spec: { template: { spec: { containers } } } },
    })) ?? [];
  expect(
    sumOfRequests([
      {
        environment: 'test',
        settings: settings(),
        graph: { nodes, byId: new Map(), atRunTime: new Set(), initialCredentials: [], duplicates: new Map() },
      },
    ]),
  ).toEqual({ cpu: '1', memory: '2048Mi' });
});

test('jobs come and go', () => {
  expect(sumOfRequests([tenant({ kind: 'Job', requests: [{ memory: '64Gi' }] })])).toEqual({});
});

describe('more memory than the server has', () => {
  const MANY: Keys = { extensions: [{ name: 'edk' }] };
  const SIX: Keys = Object.fromEntries(
    ['pacs', 'airflow', 'opensearch'].flatMap((name) => [
      [`${name}MemoryRequest`, '4Gi'],
      [`${name}MemoryLimit`, '4Gi'],
    ]),
  );
  const said = (prod: Keys, site2: Keys): (readonly [what: string, remedy: string])[] =>
    told(conflicts(tenants({ prod, site2: { ...GUEST, ...site2 } }))).map(
      ({ what, remedy }) => [what.replace(/:.*/, ''), remedy] as const,
    );

  test('can be told, by a figure that holds the shares that grow with it', () => {
    expect(said({ totalMemory: '32Gi' }, { totalMemory: '64Gi' })).toEqual([
      [
        'more memory than the server has, 42898Mi of 32Gi',
        'In prod: set its true size, if that is 45Gi or more. Set it, e.g.: pulumi config set --stack prod kaapana:totalMemory 45Gi; ' +
          'or give site2 less. In site2: set how much it may use. Set it, e.g.: pulumi config set --stack site2 kaapana:totalMemory 21Gi',
      ],
    ]);
    expect(said({ totalMemory: '45Gi' }, { totalMemory: '64Gi' })).toEqual([]);
    expect(said({ totalMemory: '32Gi' }, { totalMemory: '21Gi' })).toEqual([]);
    expect(said({ totalMemory: '44Gi' }, { totalMemory: '64Gi' })).toHaveLength(1);
    expect(said({ totalMemory: '32Gi' }, { totalMemory: '22Gi' })).toHaveLength(1);
  });

  test.each<[string, string, Keys, RegExp]>([
    [
      'by the requests that are set one by one',
      '30Gi',
      { totalMemory: undefined, ...SIX },
      /; or give site2 less\. In site2: lower pacsMemoryRequest, airflowMemoryRequest and opensearchMemoryRequest$/,
    ],
    [
      'by fewer extensions, where no share is large enough',
      '20Gi',
      { totalMemory: '4Gi', ...MANY },
      /; or give site2 less: install fewer extensions$/,
    ],
    [
      'by another server, where there is nothing to take',
      '20Gi',
      { totalMemory: '4Gi' },
      /; or move site2 to another server$/,
    ],
  ])('can be taken less of, %s', (_, totalMemory, site2, remedy) => {
    expect(said({ totalMemory }, site2)).toEqual([
      [expect.stringMatching(/^more memory/), expect.stringMatching(remedy)],
    ]);
  });

  test('is a warning for an environment alone: its server decides when it is asked', () => {
    const alone = tenants({ prod: { totalMemory: '8Gi', ...MANY } });
    expect(printed(memoryWarnings(alone))).toEqual([
      'prod (requests of its pods) wants more memory than the server has, 12722Mi of 8Gi: prod 12722Mi. In prod: set its true size, if that is 14Gi or more. ' +
        'Set it, e.g.: pulumi config set --stack prod kaapana:totalMemory 14Gi; or give prod less: install fewer extensions',
    ]);
    expect(conflicts(alone)).toEqual([]);
    expect(memoryWarnings(tenants({ prod: { totalMemory: '14Gi' } }))).toEqual([]);
    expect(memoryWarnings(tenants({ prod: { totalMemory: '8Gi' }, site2: GUEST }))).toEqual([]);
  });
});
