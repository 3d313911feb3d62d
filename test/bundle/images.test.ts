import { DEFINITIONS } from '../../constructs/extensions/catalogue';
import { CURRENT_IMAGES } from '../../constructs/platform/images';
import { type BundledImage, bundledImages, type ImageOptions } from '../../src/bundle/images';
import { buildPlatform } from '../../src/environment/tree';
import { podTemplate, textsIn } from '../../src/objects/manifest';
import { settings } from '../settings/support';

const REGISTRY = 'registry.example.org/kaapana';

function bundled(given: Readonly<Record<string, unknown>> = {}, options: ImageOptions = {}) {
  const read = settings(given);
  const { graph } = buildPlatform(read, 'test');
  const images = bundledImages({ graph, settings: read, thirdParty: [] }, options);
  return {
    graph,
    images,
    of: (name: string): BundledImage | undefined => images.find(({ source }) => source.includes(`/${name}:`)),
  };
}

test('every image of every pod is there, once', () => {
  const { graph, images } = bundled({
    components: ['ohif-v2', 'nfs-server'],
    extensions: [{ name: 'mitk-workbench-chart', as: 'a' }],
  });
  const run = graph.nodes
    .flatMap(({ manifest }) => [...textsIn(podTemplate(manifest))])
    .filter(({ path }) => path.endsWith('.image'))
    .map(({ text }) => text);
  const names = images.map(({ source }) => source);
  expect(run.length).toBeGreaterThan(80);
  expect(names).toEqual(expect.arrayContaining(run));
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual([...names].sort());
});

test('users are containers, init containers, sidecars, jobs, and templates of pods', () => {
  const { of } = bundled();
  expect(of('airflow')?.users).toEqual([
    'ConfigMap services/airflow-pod-template (data.pod_template.yaml)',
    'Deployment services/airflow-scheduler (container scheduler)',
    'Deployment services/airflow-scheduler (init container init-airflow-db)',
    'Deployment services/airflow-webserver (container webserver)',
  ]);
  expect(of('alertmanager-forwarder')?.users).toEqual([
    'Deployment services/alertmanager (container alertmanager-forwarder)',
  ]);
  expect(of('cert-init')?.users).toContainEqual(expect.stringMatching(/^Job admin\/cert-init \(container /));
});

test('collections of charts, that a variable names, are there', () => {
  expect(bundled().of('kaapana-extension-collection')?.users).toEqual(
    expect.arrayContaining([expect.stringMatching(/^Deployment admin\/kube-helm-deployment \(.*env\[\d+\]\.value\)$/)]),
  );
});

test('images that tasks of workflows run are there, by the tag of their extension', () => {
  const { of } = bundled({ extensions: [{ name: 'nnunet-workflow' }, { name: 'mhub-models-workflow' }] });
  expect(of('nnunet-gpu')).toEqual({
    source: `${REGISTRY}/nnunet-gpu:0.6.0`,
    target: `${REGISTRY}/nnunet-gpu:0.6.0`,
    users: ['tasks of nnunet-workflow'],
  });
  expect(of('mhubai-totalsegmentator-cuda')?.source).toBe(`${REGISTRY}/mhubai-totalsegmentator-cuda:0.3.5`);
  expect(bundled().of('nnunet-gpu')).toBeUndefined();
});

test('what kube-helm installs by itself is there, but not for a second instance', () => {
  expect(bundled().of('code-server')?.users).toEqual(['chart code-server-chart']);
  expect(bundled().of('mitk-tools')?.users).toEqual(['tasks of kaapana-workflows-core']);
  const read = settings({ instanceUid: 'b', serverStack: 'prod', httpPort: 81, httpsPort: 444, dicomPort: 11113 });
  const second = bundledImages({ ...buildPlatform(read, 'b', settings()), settings: read });
  expect(second.map(({ source }) => source)).not.toContain(`${REGISTRY}/code-server:0.6.0`);
});

test('all extensions bring all that users may install', () => {
  const { images } = bundled({}, { allExtensions: true });
  const names = new Set(images.map(({ source }) => /\/([^/:]+):/.exec(source)?.[1]));
  const missing = [
    ...CURRENT_IMAGES,
    ...DEFINITIONS.flatMap(({ images: own = [], taskImages = [] }) => [...own, ...taskImages]),
  ].filter((name) => !names.has(name));
  expect(missing).toEqual([]);
  // What the developer kit builds on the server comes from nowhere else.
  expect(images.filter(({ source }) => source.startsWith('localhost'))).toEqual([]);
});

test('a registry inside the site has images that come from elsewhere', () => {
  const { of } = bundled({ containerRegistryUrl: 'registry.hospital.lan:5000/k' }, { source: REGISTRY });
  expect(of('minio')).toMatchObject({
    source: `${REGISTRY}/minio:0.6.0`,
    target: 'registry.hospital.lan:5000/k/minio:0.6.0',
  });
});

test('the registry of the site may be named', () => {
  expect(bundled({}, { mirror: 'registry.hospital.lan:5000/k' }).of('minio')).toMatchObject({
    source: `${REGISTRY}/minio:0.6.0`,
    target: 'registry.hospital.lan:5000/k/minio:0.6.0',
  });
});

test('single images keep the tags that the settings give them', () => {
  expect(bundled({ imageTags: { traefik: '0.6.1' } }).of('traefik')?.source).toBe(`${REGISTRY}/traefik:0.6.1`);
});

test('no two images have one place in the registry of the site', () => {
  const { images } = bundled({}, { allExtensions: true, mirror: 'registry.hospital.lan:5000/k' });
  expect(new Set(images.map(({ target }) => target)).size).toBe(images.length);
});
