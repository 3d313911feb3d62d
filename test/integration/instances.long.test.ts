import { setTimeout as sleep } from 'node:timers/promises';
import { deployed, kindsOf } from './support/inventory';
import { get, list } from './support/kubectl';
import { SETTINGS, type TestSettings, TestStack } from './support/test-stack';

/** Three instances on one server, each with its own environment; one goes, and the others do not notice. */

jest.setTimeout(600_000);

const guest = (instanceUid: string, httpsPort: number): TestSettings => ({
  ...SETTINGS,
  serverStack: 'first',
  instanceUid,
  domain: `${instanceUid}.example.org`,
  httpPort: 0,
  httpsPort,
  dicomPort: httpsPort + 1,
  totalMemory: '16Gi',
});

let first: TestStack;
let second: TestStack;
let third: TestStack;
let kinds: string;

beforeAll(async () => {
  first = await TestStack.create('first', { ...SETTINGS, totalMemory: '128Gi' });
  second = await TestStack.create('second', guest('site2', 8443), first);
  third = await TestStack.create('third', guest('site3', 9443), first);
  kinds = kindsOf([...(await first.rendered()), ...(await second.rendered())]);
  await first.up();
  await second.up();
  await third.up();
});

afterAll(async () => {
  // What is gone already is left as it is.
  for (const stack of [third, second, first]) await stack.destroy();
});

/** How often the objects of an environment were written, by their identities, once nobody writes them any more. */
async function versions(stack: TestStack): Promise<Record<string, string>> {
  const now = (): Record<string, string> =>
    Object.fromEntries(
      [...deployed(stack.name, kinds)].map(
        ([
          id,
          {
            metadata: { uid, resourceVersion },
          },
        ]) => [id, `${uid} ${resourceVersion}`],
      ),
    );
  let known = now();
  for (let i = 0; i < 30; i++) {
    await sleep(2000);
    const next = now();
    if (JSON.stringify(next) === JSON.stringify(known)) return known;
    known = next;
  }
  throw new Error(`the objects of ${stack.name} do not come to rest`);
}

function nodePorts(stack: TestStack): number[] {
  return list('services', `--selector=deploy.kaapana.ai/environment=${stack.name}`)
    .flatMap(({ spec }) => spec.ports as { nodePort?: number }[])
    .flatMap(({ nodePort }) => nodePort ?? [])
    .sort((a, b) => a - b);
}

test('each has its own objects, node ports and directories', () => {
  const all = [first, second, third].map((stack) => [...deployed(stack.name, kinds).entries()]);
  for (const objects of all) expect(objects.length).toBeGreaterThan(300);
  expect([first, second, third].map(nodePorts)).toEqual([
    [80, 443, 11112],
    [8443, 8444],
    [9443, 9444],
  ]);
  const paths = all.map((objects) => objects.flatMap(([, { spec }]) => spec?.hostPath?.path ?? []) as string[]);
  expect(paths.map((own) => [...new Set(own.map((path) => path.split('/')[2]))])).toEqual([
    ['kaapana'],
    ['kaapana-site2'],
    ['kaapana-site3'],
  ]);
});

test('pods of a further instance are let in to the server by policies of that instance', () => {
  expect(get('networkpolicies', 'site2-keycloak-ingress', 'admin').metadata.labels).toMatchObject({
    'deploy.kaapana.ai/instance': 'site2',
  });
});

test.each(['preview', 'check --live'])(
  '%s refuses what another environment of the directory has, before anything is sent',
  async (command) => {
    const { code, output } = await second.having({ httpsPort: 443 }, () =>
      command === 'preview' ? second.pulumi(['preview']) : second.kaapana('check', '--live'),
    );
    expect(code).not.toBe(0);
    expect(output).toMatch(
      /first \(kaapana:httpsPort\) and second \(kaapana:httpsPort .*\) want the node port 443\/TCP\. In second: set it/,
    );
    // The server says the same of the environment's objects, which is not told again.
    expect(output).not.toContain('the environment first');
  },
);

test('when one goes, nothing of the others changes', async () => {
  const before = [await versions(first), await versions(third)];
  await second.destroy();
  expect(deployed(second.name, kinds).size).toBe(0);
  expect([await versions(first), await versions(third)]).toEqual(before);
});
