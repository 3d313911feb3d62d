import type { Manifest } from '../../src/objects/manifest';
import { identityOf, kindsOf } from './support/inventory';
import { get, kubectl, list, listOf } from './support/kubectl';
import { SETTINGS, TestStack } from './support/test-stack';

/** A server on which Kaapana has been installed by Helm: what is told of it, and how it is taken over in place. */

jest.setTimeout(600_000);

const FIRST = /^(Namespace|CustomResourceDefinition)$/;
const RECREATED = 'minio-deployment';

let stack: TestStack;
let installed: readonly Manifest[];

beforeAll(async () => {
  stack = await TestStack.create('adoption');
  installed = (await stack.rendered()).filter(({ kind }) => kind !== 'Job').map(asOfHelm);
  create(installed.filter(({ kind }) => FIRST.test(kind)));
  kubectl(['wait', '--for=condition=Established', 'crd', '--all', '--timeout=30s']);
  create(installed.filter(({ kind }) => !FIRST.test(kind)));
});

afterAll(() => stack.destroy());

function create(objects: readonly Manifest[]): void {
  kubectl(['create', '--field-manager=helm', '--filename', '-'], listOf(objects));
}

/** As Kaapana's charts have it: by Helm's labels, and rolled. */
function asOfHelm({ metadata: { labels: _, ...metadata }, ...object }: Manifest): Manifest {
  const annotations = {
    ...metadata.annotations,
    'meta.helm.sh/release-name': 'kaapana-admin-chart',
    'meta.helm.sh/release-namespace': 'default',
  };
  const spec =
    object.kind === 'Deployment' ? { spec: { ...(object.spec as object), strategy: { type: 'RollingUpdate' } } } : {};
  return {
    ...object,
    ...spec,
    metadata: { ...metadata, annotations, labels: { 'app.kubernetes.io/managed-by': 'Helm' } },
  } as Manifest;
}

const uids = (): Record<string, string> => {
  const ids = new Set(installed.map(identityOf));
  const live = list(kindsOf(installed)).map((object): [string, string] => [identityOf(object), object.metadata.uid]);
  return Object.fromEntries(live.filter(([id]) => ids.has(id)));
};

test.each(['preview', 'check --live'])(
  '%s tells what is there in one text, with counts and the one way on',
  async (command) => {
    const { code, output } =
      command === 'preview' ? await stack.pulumi(['preview']) : await stack.kaapana('check', '--live');
    expect(code).not.toBe(0);
    expect(output).toMatch(
      new RegExp(
        `${installed.length} objects exist already and belong to the Helm release kaapana-admin-chart\\. They were not changed: \\d+ `,
      ),
    );
    // From where it is checked Pulumi would not find the file by the name of the stack, so the command names it.
    const named = / --config-file \S+\/Pulumi\.adoption\.yaml/g;
    expect(named.test(output)).toBe(command !== 'preview');
    expect(command === 'preview' ? output : output.replaceAll(named, '')).toContain(
      "to adopt them: pulumi config set --stack adoption --path 'kaapana:adopt[0]' '*'. Previews then show what changes in them.",
    );
    expect(output).not.toMatch(/exists already/);
    expect(output.length).toBeLessThan(6000);
  },
);

test('once all are adopted, a preview says what changes, and an update keeps every object', async () => {
  await stack.demand(['config', 'set', '--path', 'kaapana:adopt[0]', '*']);
  const { output } = await stack.kaapana('check', '--live');
  expect(output).toMatch(
    new RegExp(
      `${installed.length} objects are adopted from the Helm release kaapana-admin-chart, as kaapana:adopt says: .*Deployment`,
    ),
  );
  expect(output).toMatch(new RegExp(`^ *Deployment/services/${RECREATED}: .*spec\\.strategy\\.type`, 'm'));
  for (const secret of Object.values(SETTINGS['credentials'] as object)) expect(output).not.toContain(secret);

  const before = uids();
  await stack.up();
  expect(uids()).toEqual(before);
  expect(get('deployment', RECREATED, 'services').spec.strategy).toEqual({ type: 'Recreate' });
  const again = await stack.demand(['preview', '--expect-no-changes']);
  expect(again).not.toContain('adopted from');
});
