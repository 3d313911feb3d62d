import { get, kubectl, list } from './support/kubectl';
import { TestStack } from './support/test-stack';

/** A platform whose data moves from directories of the node to an NFS export. */

const NFS = { storageProvider: 'nfs', nfs: { server: 'nfs.example.org', path: '/export/kaapana' } };

let stack: TestStack;
let refused: string;

beforeAll(async () => {
  stack = await TestStack.create('moved');
  await stack.up();
}, 600_000);

afterAll(async () => void (await stack.destroy()), 600_000);

/** Versions of all claims and volumes, which change with every change to them. */
function versions(): string[] {
  return list('pvc,pv').map(({ kind, metadata }) => `${kind} ${metadata.name} ${metadata.resourceVersion}`);
}

function claims(): string[] {
  return [
    ...new Set(
      [...refused.matchAll(/PersistentVolumeClaim\/([\w-]+\/[\w-]+): spec\.storageClassName cannot change/g)].map(
        ([, claim = '']) => claim,
      ),
    ),
  ];
}

/** Stops or starts the programs of a namespace; that of a project has none. */
function scale(namespace: string, replicas: number): void {
  const names = list('deployments')
    .filter(({ metadata }) => metadata.namespace === namespace)
    .map(({ metadata }) => metadata.name);
  if (names.length > 0) kubectl(['scale', 'deployment', ...names, `--replicas=${replicas}`, '-n', namespace]);
}

test('an update is refused and changes nothing as long as nobody says that the data was moved', async () => {
  const before = versions();
  const { code, output } = await stack.having(NFS, () => stack.pulumi(['up', '--yes', '--skip-preview']));
  refused = output;
  expect(code).not.toBe(0);
  expect(claims().length).toBeGreaterThan(20);
  expect(output).toContain(
    'PersistentVolumeClaim/services/minio-pv-claim: spec.storageClassName cannot change from "kaapana-hostpath-slow-data-dir" to "nfs". Its data would be cut off.',
  );
  expect(output).toContain(
    'delete the claim (kubectl delete pvc minio-pv-claim -n services; its files stay), add "services/minio-pv-claim" to kaapana:dataMoved',
  );
  expect(versions()).toEqual(before);
}, 120_000);

test('it goes through once the steps of the message are done, and the next one changes nothing', async () => {
  const namespaces = [...new Set(claims().map((claim) => claim.split('/')[0] ?? ''))];
  for (const namespace of namespaces) {
    scale(namespace, 0);
    kubectl(['delete', 'pods', '--field-selector=status.phase==Succeeded', '-n', namespace]);
    kubectl([
      'delete',
      'pvc',
      '--timeout=60s',
      '-n',
      namespace,
      ...claims()
        .filter((claim) => claim.startsWith(`${namespace}/`))
        .map((claim) => claim.split('/')[1] ?? ''),
    ]);
  }
  stack.set({ ...NFS, dataMoved: claims() });
  await stack.up();
  for (const namespace of namespaces) scale(namespace, 1);

  expect(get('PersistentVolume', 'services-minio')['spec']).toMatchObject({
    nfs: { server: 'nfs.example.org', path: '/export/kaapana/slow/minio' },
  });
  expect(get('PersistentVolumeClaim', 'minio-pv-claim', 'services')).toMatchObject({
    spec: { storageClassName: 'nfs', volumeName: 'services-minio' },
  });
  stack.set({ dataMoved: undefined });
  expect(await stack.up()).toMatch(/\d+ unchanged/);
  expect(await stack.up()).not.toMatch(/created|updated|replaced|deleted/);
}, 900_000);
