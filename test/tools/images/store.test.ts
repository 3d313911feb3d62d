import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { list } from 'tar';
import { type Descriptor, imageConfig, platform } from '../../../tools/images/oci';
import { ImageStore } from '../../../tools/images/store';

const NAME = 'registry.example.org/kaapana/traefik:0.6.0';
const OTHER = 'registry.example.org/kaapana/busybox:0.6.0';

let work: string;

beforeEach(() => {
  work = fs.mkdtempSync(path.join(os.tmpdir(), 'images-'));
});

afterEach(() => fs.rmSync(work, { recursive: true }));

function folder(name: string, files: Readonly<Record<string, string>>): string {
  const dir = path.join(work, name);
  for (const [file, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
    fs.writeFileSync(path.join(dir, file), content);
  }
  return dir;
}

function read(store: ImageStore, digest: string): Buffer {
  return fs.readFileSync(path.join(store.dir, 'blobs', 'sha256', digest.replace('sha256:', '')));
}

function json(store: ImageStore, digest: string): Record<string, unknown> {
  return JSON.parse(read(store, digest).toString()) as Record<string, unknown>;
}

function blobs(store: ImageStore): string[] {
  return fs.readdirSync(path.join(store.dir, 'blobs', 'sha256'));
}

function layersOf(store: ImageStore, manifest: Descriptor): readonly Descriptor[] {
  return json(store, manifest.digest)['layers'] as readonly Descriptor[];
}

test('an image is a layout that others read: manifest, configuration and layers are found by their digests', async () => {
  const store = new ImageStore(path.join(work, 'store'));
  const layer = folder('root', { 'bin/traefik': 'program', 'etc/hosts': '' });
  const manifest = await store.add(
    {
      layers: [layer],
      entrypoint: ['/bin/traefik'],
      cmd: ['--help'],
      env: { LANG: 'C' },
      user: '1000:0',
      workdir: '/tmp',
      ports: [80, 443],
      stopSignal: 'SIGINT',
    },
    [NAME],
  );

  expect(JSON.parse(fs.readFileSync(path.join(store.dir, 'oci-layout'), 'utf8'))).toEqual({
    imageLayoutVersion: '1.0.0',
  });
  for (const blob of blobs(store)) {
    expect(createHash('sha256').update(read(store, blob)).digest('hex')).toBe(blob);
  }
  const [descriptor] = layersOf(store, manifest);
  const config = json(store, (json(store, manifest.digest)['config'] as Descriptor).digest);
  expect(config['config']).toEqual({
    Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', 'LANG=C'],
    Entrypoint: ['/bin/traefik'],
    Cmd: ['--help'],
    User: '1000:0',
    WorkingDir: '/tmp',
    ExposedPorts: { '80/tcp': {}, '443/tcp': {} },
    StopSignal: 'SIGINT',
  });
  expect(config['rootfs']).toEqual({ type: 'layers', diff_ids: [descriptor?.digest] });
  const entries: string[] = [];
  const layerFile = path.join(store.dir, 'blobs', 'sha256', descriptor?.digest.slice('sha256:'.length) ?? '');
  await list({ file: layerFile, onReadEntry: (entry) => entries.push(`${entry.path} ${Number(entry.mtime)}`) });
  expect(entries).toEqual(['./ 0', './bin/ 0', './bin/traefik 0', './etc/ 0', './etc/hosts 0']);
  expect(store.size(NAME)).toBe(
    blobs(store)
      .map((blob) => read(store, blob).length)
      .reduce((a, b) => a + b),
  );
});

test('the index has an entry for each name, with the full name', async () => {
  const store = new ImageStore(path.join(work, 'store'));
  await store.add({ layers: [] }, [NAME, OTHER]);
  const index = JSON.parse(fs.readFileSync(path.join(store.dir, 'index.json'), 'utf8')) as {
    manifests: Descriptor[];
  };
  expect(index.manifests.map(({ annotations }) => annotations?.['org.opencontainers.image.ref.name'])).toEqual([
    OTHER,
    NAME,
  ]);
  expect(new Set(index.manifests.map(({ digest }) => digest)).size).toBe(1);
  expect(store.names()).toEqual([OTHER, NAME]);
  expect(store.has(NAME)).toBe(true);
  expect(store.has('registry.example.org/kaapana/traefik:0.6.1')).toBe(false);
  expect(store.size('registry.example.org/kaapana/traefik:0.6.1')).toBe(0);
});

test('a layer that images share is there once, whether it comes as a folder or as a tar', async () => {
  const store = new ImageStore(path.join(work, 'store'));
  const base = folder('base', { 'etc/os-release': 'ID=debian' });
  const first = await store.add({ layers: [base] }, [NAME]);
  const [descriptor] = layersOf(store, first);
  const tar = path.join(work, 'base.tar');
  fs.writeFileSync(tar, read(store, descriptor?.digest ?? ''));
  const second = await store.add({ layers: [tar, folder('root', { a: 'b' })] }, [OTHER]);
  expect(layersOf(store, second)[0]).toEqual(descriptor);
  expect(blobs(store)).toHaveLength(6);
  expect(fs.existsSync(tar)).toBe(true);
});

test('the same content gives the same digest, whenever its files were written', async () => {
  const one = folder('one', { a: '1', b: '2' });
  const two = folder('two', { b: '2', a: '1' });
  fs.utimesSync(path.join(two, 'a'), 1, 1);
  const first = await new ImageStore(path.join(work, 'x')).add({ layers: [one] }, [NAME]);
  const second = await new ImageStore(path.join(work, 'y')).add({ layers: [two] }, [NAME]);
  expect(second.digest).toBe(first.digest);
});

test('a name is taken over by the image that comes later, and other names stay', async () => {
  const dir = path.join(work, 'store');
  await new ImageStore(dir).add({ layers: [], user: '1' }, [NAME, OTHER]);
  const store = new ImageStore(dir);
  const later = await store.add({ layers: [], user: '2' }, [NAME]);
  expect(store.find(NAME)?.digest).toBe(later.digest);
  expect(store.find(OTHER)?.digest).not.toBe(later.digest);
  expect(store.names()).toEqual([OTHER, NAME]);
});

test('nothing is left of a layer that cannot be read, and the image is not listed', async () => {
  const store = new ImageStore(path.join(work, 'store'));
  await expect(store.add({ layers: [path.join(work, 'missing')] }, [NAME])).rejects.toThrow('missing');
  expect(fs.readdirSync(store.dir).sort()).toEqual(['blobs', 'oci-layout']);
  expect(store.has(NAME)).toBe(false);
});

test('a variable of the image replaces the default PATH, and only what is given is set', () => {
  expect(imageConfig({ layers: [], env: { PATH: '/bin' } }, [])).toMatchObject({ config: { Env: ['PATH=/bin'] } });
  expect(Object.keys((imageConfig({ layers: [] }, []) as { config: object }).config)).toEqual(['Env']);
});

test('a processor for which nothing is built is a problem', () => {
  expect(platform('arm64')).toEqual({ os: 'linux', architecture: 'arm64' });
  expect(() => platform('s390x')).toThrow('Images cannot be made for the processor s390x');
});
