import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Manifest } from '../../src/objects/manifest';
import { apply, get, kubectl, listOf } from './support/kubectl';
import { TestStack } from './support/test-stack';

/**
 * Deployments that the server rolls, and that an update changes to Recreate in place: server-side apply alone is
 * refused.
 */

jest.setTimeout(400_000);

const [ADOPTED, OWN, EDITED] = ['dicom-web-filter-database', 'ldap', 'postgres-dcm4che'] as const;
const ROLLING = { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } };

let stack: TestStack;
let rendered: readonly Manifest[];

beforeAll(async () => {
  stack = await TestStack.create('strategy');
  rendered = await stack.rendered();
});

afterAll(() => stack.destroy());

/** What is rendered of a Deployment in `services`, with another strategy. */
function rolling(name: string, strategy: object): Manifest {
  const found = rendered.find(
    ({ kind, metadata }) => kind === 'Deployment' && metadata.name === name && metadata.namespace === 'services',
  );
  if (!found) throw new Error(`there is no Deployment ${name}`);
  expect((found.spec as { strategy?: object }).strategy).toEqual({ type: 'Recreate' });
  return { ...found, spec: { ...(found.spec as object), strategy } } as Manifest;
}

const strategyOf = (name: string): unknown => get('deployment', name, 'services').spec.strategy;
const uidOf = (name: string): string => get('deployment', name, 'services').metadata.uid;

test("one of Helm's, which is adopted", async () => {
  const {
    metadata: { labels: _, ...metadata },
    ...rest
  } = rolling(ADOPTED, ROLLING);
  const annotations = {
    'meta.helm.sh/release-name': 'kaapana-admin-chart',
    'meta.helm.sh/release-namespace': 'default',
  };
  const helm = { ...rest, metadata: { ...metadata, annotations, labels: { 'app.kubernetes.io/managed-by': 'Helm' } } };
  kubectl(['create', 'namespace', 'services']);
  kubectl(['create', '--field-manager=helm', '--filename', '-'], listOf([helm]));
  const before = uidOf(ADOPTED);

  stack.set({ adopt: ['*'] });
  const preview = await stack.demand(['preview']);
  expect(preview).toContain(
    '1 object is adopted from the Helm release kaapana-admin-chart, as kaapana:adopt says: 1 Deployment (services/dicom-web-filter-database). Fields change in 1 of them:',
  );
  expect(preview).toMatch(/^ *Deployment\/services\/dicom-web-filter-database: .*spec\.strategy\.type/m);
  expect(strategyOf(ADOPTED)).toMatchObject(ROLLING);
  await stack.up();
  expect(strategyOf(ADOPTED)).toEqual({ type: 'Recreate' });
  expect(uidOf(ADOPTED)).toBe(before);
  await stack.demand(['preview', '--expect-no-changes']);
});

test('one of our own, whose earlier version the server rolled', async () => {
  const before = uidOf(OWN);
  apply([rolling(OWN, { type: 'RollingUpdate' })], '--field-manager=kaapana', '--force-conflicts');
  expect(strategyOf(OWN)).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } });
  await changeState(OWN);

  expect(await stack.demand(['preview', '--diff'])).toMatch(/strategy/);
  await stack.up();
  expect(strategyOf(OWN)).toEqual({ type: 'Recreate' });
  expect(uidOf(OWN)).toBe(before);
  await stack.demand(['preview', '--expect-no-changes']);
});

test('one that somebody edited, at the next change of anything in it', async () => {
  kubectl([
    'patch',
    'deployment',
    EDITED,
    '--namespace=services',
    '--type=merge',
    '--patch',
    JSON.stringify({ spec: { strategy: ROLLING } }),
  ]);
  stack.set({ imageTags: { 'dcm4che-postgres': '0.6.1' } });
  await stack.demand(['preview']);
  await stack.up();
  expect(strategyOf(EDITED)).toEqual({ type: 'Recreate' });
  await stack.demand(['preview', '--expect-no-changes']);
});

/** Makes the state say that the Deployment was deployed with rolling updates. */
async function changeState(name: string): Promise<void> {
  const file = path.join(path.dirname(stack.file), 'state.json');
  await stack.demand(['stack', 'export', '--file', file]);
  const state = JSON.parse(fs.readFileSync(file, 'utf8')) as { deployment: { resources: { urn: string }[] } };
  const resources = state.deployment.resources.map((resource) =>
    resource.urn.endsWith(`::Deployment/services/${name}`)
      ? (JSON.parse(
          JSON.stringify(resource).replaceAll('{"type":"Recreate"}', '{"type":"RollingUpdate"}'),
        ) as typeof resource)
      : resource,
  );
  fs.writeFileSync(file, JSON.stringify({ ...state, deployment: { ...state.deployment, resources } }));
  await stack.demand(['stack', 'import', '--file', file]);
}
