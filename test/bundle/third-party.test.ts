import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { bundledImages, presentImages } from '../../src/bundle/images';
import { verifyBundle } from '../../src/bundle/verify';
import { writeBundle } from '../../src/bundle/write';
import { inspectChart } from '../../src/charts/inspect';
import { loadEnvironment } from '../../src/environment/load';
import { ThirdPartyExtensions } from '../../src/environment/third-party-extensions';
import { textsIn } from '../../src/objects/manifest';
import { chart, DEPLOYMENT, renderPlainly, tarball } from '../charts/support';
import { environmentFile } from '../cli/support';

/**
 * What an offline site needs of an extension that others made: its chart, and its images, which may come as a `.tar`.
 */

const VIEWER = 'registry.example.com/group/viewer:1.2.3';
const SIDECAR = '      - {name: proxy, image: "registry.example.org/kaapana/minio:0.6.0"}\n';

let home: string;
let out: string;
let file: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'kaapana-bundle-'));
  out = join(home, 'bundle');
  file = environmentFile(home, 'Pulumi.site.yaml');
  const environment = new ThirdPartyExtensions(file);
  const packed = chart({ 'deployment.yaml': `${DEPLOYMENT}${SIDECAR}` });
  environment.add(
    inspectChart(packed, { set: [], secret: [], withoutRemovalHooks: false }, environment.settings, renderPlainly),
    packed,
    undefined,
  );
});

afterEach(() => rmSync(home, { recursive: true }));

async function write(mirror?: string): Promise<void> {
  const platform = loadEnvironment(file);
  await writeBundle(out, bundledImages(platform, { mirror }), platform.settings, home);
}

function read(list: string): string {
  return readFileSync(join(out, list), 'utf8');
}

function rowsOf(list: string): readonly Readonly<Record<string, unknown>>[] {
  return JSON.parse(read(list)) as ReturnType<typeof rowsOf>;
}

/** As `docker save` leaves it. */
function save(image: string): void {
  mkdirSync(join(out, 'images'), { recursive: true });
  writeFileSync(
    join(out, 'images/viewer.tar'),
    tarball([
      {
        path: 'manifest.json',
        content: JSON.stringify([{ Config: 'c0.json', RepoTags: [image], Layers: ['a1/layer.tar'] }]),
      },
      { path: 'c0.json', content: '{}' },
      { path: 'a1/layer.tar', content: 'x' },
    ]),
  );
}

test('its chart, its images and their archive are named', async () => {
  await write('registry.hospital.lan:5000/k');
  expect(readFileSync(join(out, 'charts/viewer.tgz'))).toEqual(
    readFileSync(join(home, 'extensions/site/viewer/chart.tgz')),
  );
  expect(rowsOf('charts.json')).toContainEqual({
    name: 'viewer',
    file: 'charts/viewer.tgz',
    images: [VIEWER],
    archive: 'images/viewer.tar',
    users: ['kaapana:thirdPartyExtensions viewer'],
  });
  const target = 'registry.hospital.lan:5000/k/registry.example.com/group/viewer:1.2.3';
  expect(rowsOf('images.json')).toContainEqual({
    source: VIEWER,
    target,
    users: ['Deployment services/viewer (container viewer)'],
    archives: ['images/viewer.tar'],
  });
  expect(read('mirror.txt')).toContain(`${VIEWER} ${target}\n`);
});

test("an image of the platform's that it runs comes with the platform", async () => {
  await write();
  const minio = rowsOf('images.json').find(({ source }) => source === 'registry.example.org/kaapana/minio:0.6.0');
  expect(minio?.['users']).toContain('Deployment services/viewer (container proxy)');
  expect(minio).not.toHaveProperty('archives');
});

test('its image is fetched from its registry, unless the archive is there', async () => {
  await write();
  expect(read('images.txt')).toContain(`${VIEWER}\n`);
  expect(parse(read('images.yaml'), { version: '1.1' })).toHaveProperty(['registry.example.com'], {
    images: { 'group/viewer': ['1.2.3'] },
  });
  save(VIEWER);
  await write();
  expect(read('images.txt')).not.toContain(VIEWER);
  expect(read('images.yaml')).not.toContain('registry.example.com');
  expect(rowsOf('images.json').map(({ source }) => source)).toContain(VIEWER);
  expect(read('SHA256SUMS')).toMatch(/^[0-9a-f]{64} {2}images\/viewer\.tar$/m);
});

test('an archive without its image is found out', async () => {
  const missing = `the image ${VIEWER} is in none of the archives and folders of images/; it may come with the chart as images/viewer.tar`;
  save('registry.example.com/group/viewer:1.2.2');
  await write();
  expect((await verifyBundle(out)).problems).toContain(missing);
  save(VIEWER);
  await write();
  expect((await verifyBundle(out)).problems.filter((problem) => problem.includes('viewer'))).toEqual([]);
});

const DIGEST = `sha256:${'a'.repeat(64)}`;
const SITE = 'registry.hospital.lan:5000/kaapana';

describe('without internet', () => {
  const IMAGES = [
    `ghcr.io/example/side:1.2.0@${DIGEST}`,
    `ghcr.io/example/side@${DIGEST}`,
    'docker.io/nginx:1.27.1',
    'index.docker.io/library/nginx:1.27.1',
    'registry.gitlab.com:5050/a/b:1.0.0',
    'registry.hospital.lan:5000/team/tool:1.0.0',
  ];
  const CONTAINERS = IMAGES.map((image, index) => `      - {name: c${index}, image: "${image}"}\n`).join('');
  const VARIABLES =
    '        env: [{name: SIDECAR_IMAGE, value: "busybox:1.36"}, {name: OTHER, value: "a=quay.io/x/y:2.0.0"}]\n        args: ["--image=quay.io/x/args:3.0.0"]\n';
  const MAP = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: viewer-jobs}\ndata: {"job.yaml": "image: quay.io/x/job:1.0.0\\n"}\n`;
  const SECRET = `apiVersion: v1\nkind: Secret\nmetadata: {name: viewer-jobs}\ndata: {"job.yaml": "${Buffer.from('image: quay.io/x/hidden:1.0.0').toString('base64')}"}\n`;

  beforeEach(() => {
    file = environmentFile(home, 'Pulumi.offline.yaml', {
      offlineMode: true,
      devMode: false,
      containerRegistryUrl: SITE,
    });
    const environment = new ThirdPartyExtensions(file);
    const packed = chart({
      'deployment.yaml': `${DEPLOYMENT}${VARIABLES}${CONTAINERS}`,
      'map.yaml': MAP,
      'secret.yaml': SECRET,
    });
    environment.add(
      inspectChart(packed, { set: [], secret: [], withoutRemovalHooks: false }, environment.settings, renderPlainly),
      packed,
      undefined,
    );
  });

  test('what pods ask for is where the bundle says that it goes', async () => {
    const platform = loadEnvironment(file);
    const images = bundledImages(platform, { source: 'registry.example.org/kaapana' });
    const targets = new Set(images.map(({ target }) => target));
    const asked = platform.graph.nodes
      .filter(({ component }) => component === 'extensions/viewer')
      .flatMap(({ manifest }) => [...textsIn(manifest)])
      .flatMap(({ path, text }) => {
        const plain = path === 'data.job.yaml' && !text.includes(':') ? Buffer.from(text, 'base64').toString() : text;
        return path.endsWith('.image') ? [plain] : (plain.match(/[\w.:/@-]*\.(lan|io|com)[\w.:/@-]*/g) ?? []);
      })
      .filter((text) => text.includes(':'));
    expect(asked).toHaveLength(12);
    expect(asked.filter((image) => !targets.has(image))).toEqual(['registry.hospital.lan:5000/team/tool:1.0.0']);
    expect(presentImages(platform, {})).toEqual(['registry.hospital.lan:5000/team/tool:1.0.0']);

    await writeBundle(out, images, platform.settings, home);
    const pairs = read('mirror.txt')
      .split('\n')
      .filter((line) => !line.startsWith('registry.example.org/kaapana/') && line !== '');
    expect(new Set(pairs).size).toBe(pairs.length);
    expect(pairs).toEqual([
      `docker.io/library/busybox:1.36 ${SITE}/docker.io/library/busybox:1.36`,
      `docker.io/library/nginx:1.27.1 ${SITE}/docker.io/library/nginx:1.27.1`,
      `ghcr.io/example/side@${DIGEST} ${SITE}/ghcr.io/example/side@${DIGEST}`,
      `quay.io/x/args:3.0.0 ${SITE}/quay.io/x/args:3.0.0`,
      `quay.io/x/hidden:1.0.0 ${SITE}/quay.io/x/hidden:1.0.0`,
      `quay.io/x/job:1.0.0 ${SITE}/quay.io/x/job:1.0.0`,
      `quay.io/x/y:2.0.0 ${SITE}/quay.io/x/y:2.0.0`,
      `${VIEWER} ${SITE}/${VIEWER}`,
      `registry.gitlab.com:5050/a/b:1.0.0 ${SITE}/registry.gitlab.com_5050/a/b:1.0.0`,
    ]);
  });

  test('pods whose images moved have the account at the registry of the site', () => {
    const { graph } = loadEnvironment(file);
    expect(graph.byId.get('Deployment/services/viewer')?.manifest.spec).toMatchObject({
      template: { spec: { imagePullSecrets: [{ name: 'registry-secret' }] } },
    });
  });
});
