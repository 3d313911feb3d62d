import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { create } from 'tar';
import { parse } from 'yaml';
import type { BundledImage } from '../../src/bundle/images';
import { verifyBundle } from '../../src/bundle/verify';
import { writeBundle } from '../../src/bundle/write';
import { VERSIONS } from '../../tools/versions';
import { settings } from '../settings/support';

const IMAGES: readonly BundledImage[] = ['minio:0.6.0', 'traefik:1.10'].map((name) => ({
  source: `registry.example.org/kaapana/${name}`,
  target: `registry.hospital.lan:5000/k/${name}`,
  users: ['Deployment a/b (container c)'],
}));
const MANIFEST = { config: { digest: 'sha256:c0' }, layers: [{ digest: 'sha256:a1' }, { digest: 'sha256:a2' }] };

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'kaapana-bundle-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

async function write(given: Readonly<Record<string, unknown>> = {}): Promise<void> {
  await writeBundle(directory, IMAGES, settings(given), directory);
}

function put(path: string, content: unknown): void {
  mkdirSync(dirname(join(directory, path)), { recursive: true });
  writeFileSync(join(directory, path), typeof content === 'string' ? content : JSON.stringify(content));
}

const read = (file: string): string => readFileSync(join(directory, file), 'utf8');

/** As `skopeo sync --dest dir --scoped` leaves it. */
function putFolder(reference: string): void {
  const files = { version: 'Directory Transport Version: 1.1', 'manifest.json': MANIFEST, c0: '{}', a1: 'x', a2: 'y' };
  for (const [file, content] of Object.entries(files)) put(`images/${reference}/${file}`, content);
}

function putLayout(at: string, name?: string): void {
  put(`${at}/oci-layout`, { imageLayoutVersion: '1.0.0' });
  put(`${at}/index.json`, {
    manifests: [
      { digest: 'sha256:m0', annotations: name === undefined ? {} : { 'org.opencontainers.image.ref.name': name } },
    ],
  });
  for (const [hex, content] of Object.entries({ m0: MANIFEST, c0: {}, a1: 'x', a2: 'y' }))
    put(`${at}/blobs/sha256/${hex}`, content);
}

async function pack(archive: string, folder: string): Promise<void> {
  mkdirSync(dirname(join(directory, archive)), { recursive: true });
  await create({ file: join(directory, archive), cwd: join(directory, folder) }, ['.']);
  rmSync(join(directory, folder), { recursive: true });
}

/** As `docker save` leaves it. */
async function putSaved(archive: string, tags: readonly string[]): Promise<void> {
  put('tmp/manifest.json', [{ Config: 'c0.json', RepoTags: tags, Layers: ['a1/layer.tar'] }]);
  put('tmp/c0.json', {});
  put('tmp/a1/layer.tar', 'x');
  await pack(archive, 'tmp');
}

test('lists are for programs: skopeo, ctr, sha256sum', async () => {
  await write();
  expect(read('images.txt')).toBe(
    'registry.example.org/kaapana/minio:0.6.0\nregistry.example.org/kaapana/traefik:1.10\n',
  );
  expect(parse(read('images.yaml'), { version: '1.1' })).toEqual({
    'registry.example.org': { images: { 'kaapana/minio': ['0.6.0'], 'kaapana/traefik': ['1.10'] } },
  });
  expect(read('mirror.txt').split('\n')[0]).toBe(
    'registry.example.org/kaapana/minio:0.6.0 registry.hospital.lan:5000/k/minio:0.6.0',
  );
  expect(read('SHA256SUMS')).toMatch(
    /^([0-9a-f]{64} {2}(charts|images|tools)\.(json|txt|yaml)\n|[0-9a-f]{64} {2}mirror\.txt\n)+$/,
  );
});

test('tools are those of this program, charts those of the environment', async () => {
  await write({ chartPath: '/opt/kaapana/platform-0.6.0.tgz' });
  const tools = JSON.parse(read('tools.json')) as { name: string; version: string; file: string }[];
  expect(tools.map(({ name, version }) => [name, version])).toEqual([
    ['pulumi', VERSIONS.pulumi],
    ['pulumi-resource-kubernetes', VERSIONS.provider],
    ['kubectl', VERSIONS.kubernetes],
    ['helm', VERSIONS.helm],
    ['node', expect.stringMatching(/^2\d\./)],
    ['npm packages of this project', 'as in package-lock.json'],
  ]);
  expect(JSON.parse(read('charts.json'))).toMatchObject([
    { name: 'kaapana-admin-chart', version: '0.6.0', file: 'charts/platform-0.6.0.tgz' },
    {
      name: 'code-server-chart',
      collection: 'registry.example.org/kaapana/kaapana-extension-collection:0.6.0',
      users: ['kube-helm'],
    },
    { name: 'kaapana-workflows-core' },
  ]);
});

test('charts that others made are taken along, each by the name of its install', async () => {
  put('extensions/site/viewer/chart.tgz', 'chart');
  const thirdParty = {
    as: 'viewer',
    chart: 'extensions/site/viewer/chart.tgz',
    sha256: 'a'.repeat(64),
    rendered: 'b'.repeat(64),
  };
  await write({ thirdPartyExtensions: [thirdParty] });
  expect(read('charts/viewer.tgz')).toBe('chart');
  expect(JSON.parse(read('charts.json'))).toContainEqual({
    name: 'viewer',
    file: 'charts/viewer.tgz',
    users: ['kaapana:thirdPartyExtensions viewer'],
  });
  expect(await verifyBundle(directory)).toMatchObject({ problems: [], absent: ['images', 'tools'] });
});

test('lists alone are whole, and it is said what was not looked at', async () => {
  await write();
  expect(await verifyBundle(directory)).toEqual({ problems: [], absent: ['images', 'tools'], images: 2 });
});

test.each<[string, () => Promise<void> | void]>([
  [
    'folders of skopeo',
    () =>
      IMAGES.forEach(({ source }) => {
        putFolder(source);
      }),
  ],
  [
    'folders by the names at the site',
    () =>
      IMAGES.forEach(({ target }) => {
        putFolder(target);
      }),
  ],
  [
    'OCI layouts by their paths',
    () =>
      IMAGES.forEach(({ source }) => {
        putLayout(`images/${source}`);
      }),
  ],
  [
    'OCI layouts by path and tag',
    () => {
      putLayout('images/registry.example.org/kaapana/minio', '0.6.0');
      putLayout('images/t', IMAGES[1]?.source);
    },
  ],
  [
    'one archive for all',
    () =>
      putSaved(
        'images/all.tar',
        IMAGES.map(({ source }) => source),
      ),
  ],
  [
    'archives of either kind',
    async () => {
      await putSaved('images/a.tar', ['registry.example.org/kaapana/minio:0.6.0']);
      putLayout('tmp', IMAGES[1]?.source);
      await pack('images/foreign/b.tar', 'tmp');
    },
  ],
])('images are found in %s', async (_, fill) => {
  await fill();
  await write();
  expect(await verifyBundle(directory)).toEqual({ problems: [], absent: ['tools'], images: 2 });
});

test('an image that is in no archive is named', async () => {
  await putSaved('images/a.tar', ['registry.example.org/kaapana/minio:0.6.0']);
  await write();
  expect((await verifyBundle(directory)).problems).toEqual([
    'the image registry.example.org/kaapana/traefik:1.10 is in none of the archives and folders of images/',
  ]);
});

test('an image without one of its layers is none', async () => {
  IMAGES.forEach(({ source }) => {
    putFolder(source);
  });
  rmSync(join(directory, 'images/registry.example.org/kaapana/minio:0.6.0/a2'));
  await write();
  expect((await verifyBundle(directory)).problems).toEqual([
    'images/registry.example.org/kaapana/minio:0.6.0 is not whole: a2 is missing',
    'the image registry.example.org/kaapana/minio:0.6.0 is in none of the archives and folders of images/',
  ]);
});

test('a file that is no archive is named', async () => {
  put('images/broken.tar', 'x'.repeat(2000));
  await putSaved(
    'images/all.tar',
    IMAGES.map(({ source }) => source),
  );
  await write();
  expect((await verifyBundle(directory)).problems).toEqual([
    expect.stringMatching(/^images\/broken\.tar holds no image/),
  ]);
});

test('what is missing, changed or new is named', async () => {
  put('tools/kubectl', 'program');
  await write();
  appendFileSync(join(directory, 'tools/kubectl'), 'x');
  rmSync(join(directory, 'mirror.txt'));
  put('notes', 'new');
  const { problems } = await verifyBundle(directory);
  expect(problems.slice(0, 3)).toEqual([
    'mirror.txt is missing',
    'notes has no checksum; where it was added on purpose, run kaapana bundle on this directory again',
    'tools/kubectl has changed',
  ]);
  expect(problems.slice(3)).toEqual(
    [
      'pulumi-v3.248.0-linux-x64.tar.gz',
      'pulumi-resource-kubernetes-v4.25.0-linux-amd64.tar.gz',
      'helm-v3.18.6-linux-amd64.tar.gz',
      'node-v20.20.2-linux-x64.tar.xz',
      'npm-packages.tar.gz',
    ].map((file) => `tools/${file} is missing`),
  );
});

test('writing it again takes in what was added', async () => {
  await write();
  put('tools/notes', 'new');
  expect((await verifyBundle(directory)).problems).toContainEqual(
    expect.stringContaining('tools/notes has no checksum'),
  );
  await write();
  expect((await verifyBundle(directory)).problems.filter((problem) => problem.includes('notes'))).toEqual([]);
});

test('another directory is not a bundle', async () => {
  await expect(verifyBundle(directory)).rejects.toThrow(
    /is not a bundle: SHA256SUMS and images\.json are missing\. Write one: npx kaapana bundle --env/,
  );
});

test('lists that cannot be written are a sentence', async () => {
  put('file', 'x');
  await expect(writeBundle(join(directory, 'file'), IMAGES, settings(), directory)).rejects.toThrow(
    /^the bundle cannot be written to .*file: /,
  );
});
