import * as fs from 'node:fs';
import type { AddressInfo } from 'node:net';
import * as path from 'node:path';
import { ImageStore } from '../../../tools/images/store';
import { fullName, registry } from '../../../tools/node/registry';
import { folder } from '../support';

const NAME = 'registry.example.org/kaapana/traefik:0.6.0';
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';

interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly digest: string | null;
  readonly length: string | null;
  readonly body: string;
}

/** Asks a registry of the layouts `dirs`. */
async function ask(dirs: readonly string[], ...requests: [method: string, path: string][]): Promise<Answer[]> {
  const server = registry(dirs).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    const answers: Answer[] = [];
    for (const [method, url] of requests) {
      const response = await fetch(`http://127.0.0.1:${port}${url}`, { method });
      const header = (name: string): string | null => response.headers.get(name);
      answers.push({
        status: response.status,
        type: header('content-type'),
        digest: header('docker-content-digest'),
        length: header('content-length'),
        body: await response.text(),
      });
    }
    return answers;
  } finally {
    server.close();
    server.closeAllConnections();
    server.closeAllConnections();
  }
}

async function store(name: string, content: string): Promise<ImageStore> {
  const made = new ImageStore(folder());
  await made.add({ layers: [folder({ content })] }, [name]);
  return made;
}

const manifests = (reference: string, name = 'kaapana/traefik', ns = 'registry.example.org'): string =>
  `/v2/${name}/manifests/${reference}?ns=${ns}`;

test('says that it is a registry', async () => {
  const [first, second] = await ask([folder()], ['GET', '/v2/'], ['GET', '/v2']);
  expect([first?.status, second?.status]).toEqual([200, 200]);
});

test('gives manifests by tag and by digest, and blobs by digest', async () => {
  const { dir } = await store(NAME, 'x');
  const [byTag, head] = await ask([dir], ['GET', manifests('0.6.0')], ['HEAD', manifests('0.6.0')]);
  expect(byTag).toMatchObject({ status: 200, type: MANIFEST, length: String(byTag?.body.length) });
  expect(head).toEqual({ ...byTag, body: '' });
  const digest = byTag?.digest ?? '';
  const layer = (JSON.parse(byTag?.body ?? '') as { layers: { digest: string; size: number }[] }).layers[0];
  const blob = `/v2/kaapana/traefik/blobs/${layer?.digest}?ns=registry.example.org`;
  const [byDigest, content] = await ask([dir], ['GET', manifests(digest)], ['GET', blob]);
  expect(byDigest).toEqual(byTag);
  expect(content).toMatchObject({ status: 200, digest: layer?.digest, length: String(layer?.size) });
});

test.each([
  ['another tag', manifests('0.6.1')],
  ['another name', manifests('0.6.0', 'kaapana/other')],
  ['another registry', manifests('0.6.0', undefined, 'docker.io')],
  ['an unknown digest', manifests(`sha256:${'0'.repeat(64)}`)],
  ['a path in place of a digest', '/v2/kaapana/traefik/blobs/..%2f..%2findex.json'],
  ['no route of a registry', '/v2/_catalog'],
])('does not have %s', async (_what, url) => {
  const { dir } = await store(NAME, 'x');
  const [answer] = await ask([dir], ['GET', url]);
  expect(answer?.status).toBe(404);
  expect(JSON.parse(answer?.body ?? '')).toHaveProperty('errors');
});

test('names the image that it does not have', async () => {
  const [answer] = await ask([path.join(folder(), 'absent')], ['GET', manifests('0.6.0')]);
  expect(answer?.body).toContain('registry.example.org/kaapana/traefik:0.6.0 is in none of the image layouts');
});

test('has an image as soon as it is added, and the first layout comes first', async () => {
  const [one, other] = [await store(NAME, 'one'), new ImageStore(folder())];
  const server = registry([other.dir, one.dir]).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${manifests('0.6.0')}`;
  const digest = async (): Promise<string | null> => (await fetch(url)).headers.get('docker-content-digest');
  expect(await digest()).toBe(one.find(NAME)?.digest);
  await other.add({ layers: [folder({ content: 'other' })] }, [NAME]);
  expect(await digest()).toBe(other.find(NAME)?.digest);
  expect(fs.existsSync(path.join(other.dir, 'index.json'))).toBe(true);
  server.close();
  server.closeAllConnections();
});

test.each([
  ['busybox', 'docker.io/library/busybox:latest'],
  ['prom/prometheus:v2', 'docker.io/prom/prometheus:v2'],
  ['localhost/busybox:1.35', 'localhost/busybox:1.35'],
  ['localhost:5000/a/b', 'localhost:5000/a/b:latest'],
  ['registry.k8s.io/pause:3.10', 'registry.k8s.io/pause:3.10'],
])('%s means %s', (name, full) => {
  expect(fullName(name)).toBe(full);
});
