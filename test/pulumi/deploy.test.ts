import * as kubernetes from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import type { RegisterResourceRequest } from '@pulumi/pulumi/proto/resource_pb';
import { MockMonitor } from '@pulumi/pulumi/runtime/mocks';
import * as kplus from 'cdk8s-plus-27';
import { secretToken } from '../../constructs/kube';
import { buildGraph, type Graph } from '../../src/objects/graph';
import { deploy, type DeployProps } from '../../src/pulumi/deploy';
import { OutputTokens } from '../../src/pulumi/tokens';
import { hideTraces } from '../../src/pulumi/traces';
import { smallGraph, smallTree } from '../objects/support';

interface Registered {
  readonly type: string;
  readonly urn: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests reach into any object
  readonly inputs: any;
}

/** How Pulumi marks a secret on its way to the engine. */
const SIGNATURE = '4dabf18193072939515e22adb298388d';
const SECRET = '1b47061264138c4ac30d75fd1eb44270';

let registered: Map<string, Registered>;

beforeEach(async () => {
  registered = new Map();
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        registered.set(name, { type, urn: '', inputs });
        return { id: `${name}-id`, state: inputs };
      },
      call: () => ({}),
    },
    'kaapana',
    'dev',
  );
});

async function deployed(
  graph: Graph = smallGraph(),
  options: Partial<DeployProps> = {},
): Promise<Map<string, Registered>> {
  registered.clear();
  const provider = new kubernetes.Provider('server', {});
  const tokens = new OutputTokens((name) => `value of ${name}`);
  const resources = deploy(graph, {
    owner: { environment: 'dev', instance: 'main' },
    tokens,
    provider,
    hashSalt: 'salt',
    ...options,
  });
  for (const [id, { urn }] of resources) {
    const known = await new Promise<string>((done) => urn.apply(done));
    const resource = registered.get(id);
    if (resource) registered.set(id, { ...resource, urn: known });
  }
  return registered;
}

async function inputs(id: string, graph?: Graph, options?: Partial<DeployProps>): Promise<Registered['inputs']> {
  return (await deployed(graph, options)).get(id)?.inputs;
}

test('each object is one native resource, called by its identity, below its component', async () => {
  const all = await deployed();
  expect(all.get('Deployment/admin/web')).toMatchObject({
    type: 'kubernetes:apps/v1:Deployment',
    urn: 'urn:pulumi:dev::kaapana::kaapana:platform:Component$kubernetes:apps/v1:Deployment::Deployment/admin/web',
  });
  expect(all.get('server/Database')?.type).toBe('kaapana:platform:Component');
  for (const { id } of smallGraph().nodes) expect(all.get(id)?.type).toMatch(/^kubernetes:/);
});

test('moving an object to another component changes no URN', async () => {
  const urn =
    'urn:pulumi:dev::kaapana::kaapana:platform:Component$kubernetes:core/v1:ConfigMap::ConfigMap/admin/web-config';
  const { app, chart } = smallTree();
  chart.node.tryRemoveChild('Config');
  new kplus.ConfigMap(chart, 'Elsewhere', { metadata: { name: 'web-config' }, data: {} });
  expect((await deployed()).get('ConfigMap/admin/web-config')?.urn).toBe(urn);
  expect((await deployed(buildGraph(app))).get('ConfigMap/admin/web-config')?.urn).toBe(urn);
});

test('a strategy that the server would not try out is not known in a preview', async () => {
  expect((await inputs('Deployment/admin/web-database')).spec.strategy).toEqual({ type: 'Recreate' });
  const { spec } = await inputs('Deployment/admin/web-database', smallGraph(), {
    rolledYet: new Set(['Deployment/admin/web-database']),
  });
  expect(spec.strategy.type).not.toBe('Recreate');
  expect(spec.template.spec.containers).toHaveLength(1);
});

test('every object carries the labels of its owner, and pods do not', async () => {
  const { metadata, spec } = await inputs('Deployment/admin/web');
  const labels = { 'deploy.kaapana.ai/environment': 'dev', 'deploy.kaapana.ai/instance': 'main' };
  expect(metadata.labels).toMatchObject(labels);
  expect(spec.template.metadata.labels).not.toMatchObject(labels);
});

test('secrets are put in, encoded, and stay secret', async () => {
  const { data } = await inputs('Secret/admin/web-database-account');
  const password = Buffer.from('value of databasePassword').toString('base64');
  expect(data).toEqual({ [SIGNATURE]: SECRET, value: { password, username: 'd2Vi' } });
});

test('a changed secret or configuration rolls the pods that read it, and no others', async () => {
  const hash = async (id: string, secret: string): Promise<string> =>
    (await inputs(id, undefined, { tokens: new OutputTokens(() => secret) })).spec.template.metadata.annotations?.[
      'deploy.kaapana.ai/config-hash'
    ];
  expect(await hash('Deployment/admin/web', 'a')).toMatch(/^[0-9a-f]{16}$/);
  expect(await hash('Deployment/admin/web', 'a')).toBe(await hash('Deployment/admin/web', 'a'));
  expect(await hash('Deployment/admin/web', 'a')).not.toBe(await hash('Deployment/admin/web', 'b'));
  expect(await hash('Job/admin/cert-init', 'a')).toBeUndefined();
});

test('a Job has a suffix that changes with its content', async () => {
  const name = (await inputs('Job/admin/cert-init')).metadata.name;
  expect(name).toMatch(/^cert-init-[0-9a-f]{8}$/);
  expect((await inputs('Job/admin/cert-init')).metadata.name).toBe(name);
  const graph = smallGraph();
  const node = graph.byId.get('Job/admin/cert-init');
  if (!node) throw new Error('no job');
  const changed = {
    ...node,
    manifest: { ...node.manifest, spec: { ...(node.manifest.spec as object), backoffLimit: 9 } },
  };
  const other = { ...graph, nodes: graph.nodes.map((each) => (each === node ? changed : each)) };
  expect((await inputs('Job/admin/cert-init', other)).metadata.name).not.toBe(name);
});

test('only what never becomes ready by design is not awaited', async () => {
  const skipped = (metadata: { annotations?: Record<string, string> }): boolean =>
    metadata.annotations?.['pulumi.com/skipAwait'] === 'true';
  const all = await deployed();
  const names = [...all]
    .filter(
      ([
        ,
        {
          inputs: { metadata },
        },
      ]) => metadata && skipped(metadata),
    )
    .map(([name]) => name);
  expect(names.sort()).toEqual([
    'Ingress/admin/web',
    'PersistentVolumeClaim/admin/web-pv-claim',
    'Service/admin/web-database-service',
    'Service/admin/web-service',
  ]);
  const none = [...(await deployed(undefined, { skipAwait: true }))].filter(([name]) => name.includes('/admin/'));
  expect(
    none.every(
      ([
        ,
        {
          inputs: { metadata },
        },
      ]) => skipped(metadata),
    ),
  ).toBe(true);
});

describe('what the state keeps of a resource besides its object', () => {
  const original = Reflect.get(pulumi.Resource, 'stackTrace') as unknown;
  let requests: Map<string, RegisterResourceRequest.AsObject>;

  beforeEach(() => {
    requests = new Map();
    const { registerResource } = MockMonitor.prototype;
    jest.spyOn(MockMonitor.prototype, 'registerResource').mockImplementation(function (
      this: MockMonitor,
      request,
      done,
    ) {
      requests.set(request.getName(), request.toObject());
      return registerResource.call(this, request, done);
    });
  });

  afterEach(() => {
    jest.restoreAllMocks();
    Object.assign(pulumi.Resource, { stackTrace: original });
  });

  function names(id: string): string[] | undefined {
    return requests.get(id)?.dependenciesList.map((urn) => urn.split('::').pop() ?? '');
  }

  test('dependencies that no other one implies', async () => {
    await deployed();
    expect(smallGraph().byId.get('Deployment/admin/web-database')?.dependsOn).toContain('Namespace//admin');
    expect(names('Deployment/admin/web-database')).not.toContain('Namespace//admin');
    expect(names('PersistentVolumeClaim/admin/web-pv-claim')).toContain('Namespace//admin');
  });

  test('time for first pulls of images, where there are pods', async () => {
    await deployed();
    expect(requests.get('Deployment/admin/web')?.customtimeouts).toMatchObject({ create: '60m', update: '60m' });
    expect(requests.get('Job/admin/cert-init')?.customtimeouts).toMatchObject({ create: '60m', update: '60m' });
    expect(requests.get('ConfigMap/admin/web-config')?.customtimeouts).toMatchObject({ create: '', update: '' });
  });

  test('nothing of the program’s calls', async () => {
    await deployed();
    expect(requests.get('Deployment/admin/web')?.stacktrace?.framesList).not.toEqual([]);
    hideTraces();
    await deployed();
    expect(requests.get('Deployment/admin/web')?.stacktrace?.framesList ?? []).toEqual([]);
    expect(requests.get('Deployment/admin/web')?.sourceposition).toBeUndefined();
  });
});

describe('tokens', () => {
  test('an Output stays secret inside a longer text', async () => {
    const tokens = new OutputTokens(() => 'setting');
    const text = `jdbc://${tokens.asText('password', pulumi.secret('pw'))}@db/${secretToken('other')}`;
    const lifted = tokens.lift({ deep: [text] }) as { deep: pulumi.Output<string>[] };
    const [output] = lifted.deep;
    if (!output) throw new Error('nothing was lifted');
    expect(await pulumi.isSecret(output)).toBe(true);
    expect(await new Promise((done) => pulumi.unsecret(output).apply(done))).toBe('jdbc://pw@db/setting');
  });

  test('plain data is passed on as it is, and Outputs are not taken apart', () => {
    const tokens = new OutputTokens(() => '');
    const output = pulumi.output('x');
    const lifted = tokens.lift({ a: 1, b: ['c', null], d: output as unknown as string }) as Record<string, unknown>;
    expect(lifted).toMatchObject({ a: 1, b: ['c', null] });
    expect(lifted.d).toBe(output);
  });

  test('two Outputs of one name are refused', () => {
    const tokens = new OutputTokens(() => '');
    tokens.asText('x', pulumi.output('1'));
    expect(() => tokens.asText('x', pulumi.output('2'))).toThrow('two Outputs are called "x"');
  });
});
