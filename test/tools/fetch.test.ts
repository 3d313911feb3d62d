import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { findPlugin } from '../../tools/installed';
import { Progress } from '../../tools/progress';
import { ensureToolchain, type Toolchain } from '../../tools/toolchain';
import { archive, Mirror } from './mirror';
import { folder, program } from './support';

const ENV = { ...process.env };
const mirrors: Mirror[] = [];

/** As much of Go as a build takes: it makes programs that say so. */
const GO = `#!/bin/sh
case "$1" in
  env) [ "$2" = GOVERSION ] && echo go1.26.8 || printf '/tmp\\n/tmp\\n' ;;
  build)
    while [ "$1" != -o ]; do shift; done
    printf '#!/bin/sh\\necho built\\n' > "$2" && chmod +x "$2" ;;
esac
`;

beforeEach(() => {
  const bin = folder();
  fs.writeFileSync(path.join(bin, 'go'), GO, { mode: 0o755 });
  Object.assign(process.env, { PATH: `${bin}:/usr/bin:/bin`, KAAPANA_CACHE: folder(), PULUMI_HOME: folder() });
});

afterEach(() => {
  for (const mirror of mirrors.splice(0)) mirror.close();
  process.env = { ...ENV };
});

async function ensure(names: readonly string[]): Promise<{ toolchain: Toolchain; said: string }> {
  const lines: string[] = [];
  const out = { isTTY: false, write: (text: string) => lines.push(text) } as unknown as NodeJS.WriteStream;
  const toolchain = await ensureToolchain(names, new Progress(out));
  return { toolchain, said: lines.join('') };
}

function says(toolchain: Toolchain, name: string): string {
  return execFileSync(toolchain.path(name), { encoding: 'utf8' }).trim();
}

function mirror(): Mirror {
  const created = new Mirror();
  mirrors.push(created);
  return created;
}

async function use(fill: (it: Mirror) => void): Promise<Mirror> {
  const created = mirror();
  fill(created);
  process.env['KAAPANA_RELEASES'] = await created.serve();
  return created;
}

/** Programs that say where they are from, as their publisher packs them. */
function published(dir: string, names: readonly string[]): Buffer {
  const from = folder();
  return archive(
    dir,
    [...names, 'LICENSE'].map((name) => program(from, name, 'published')),
  );
}

const KWOK = Buffer.from('#!/bin/sh\necho published\n');
const PULUMI = ['pulumi', 'pulumi-language-nodejs'];
const PROVIDER = 'pulumi-resource-kubernetes';

test('published programs are taken, without Go, and asked for once', async () => {
  process.env['PATH'] = '/usr/bin:/bin';
  const used = await use((it) => {
    it.has('kwok', KWOK);
    it.has('pulumi', published('pulumi', [...PULUMI, 'pulumi-language-python']));
    it.has(PROVIDER, published('.', [PROVIDER]));
  });
  const { toolchain, said } = await ensure(['kwok', PROVIDER, ...PULUMI]);
  for (const name of ['kwok', PROVIDER, ...PULUMI]) expect(says(toolchain, name)).toBe('published');
  expect(path.dirname(toolchain.path('pulumi-language-nodejs'))).toBe(path.dirname(toolchain.path('pulumi')));
  expect(fs.readdirSync(path.dirname(toolchain.path('pulumi'))).sort()).toEqual(PULUMI);
  expect(said).toMatch(/✔ Published programs \([\d.]+ s\): 3 downloaded\n/);
  const asked = used.asked.length;
  await expect(ensure(['kwok', 'pulumi'])).resolves.toMatchObject({ said: '' });
  expect(used.asked).toHaveLength(asked);
});

test('one with another checksum is refused, and built; so is one that is missing', async () => {
  await use((it) => {
    it.has('kwok', KWOK);
    it.has('kwokctl', Buffer.from('#!/bin/sh\necho forged\n'), 'a'.repeat(64));
  });
  const { toolchain, said } = await ensure(['kwok', 'kwokctl', 'pulumi']);
  expect(['kwok', 'kwokctl', 'pulumi'].map((name) => says(toolchain, name))).toEqual(['published', 'built', 'built']);
  expect(said).toMatch(
    /: 1 downloaded, 2 built from sources: another checksum than the published one of kwokctl-\S+ from 127\.0\.0\.1:\d+, no pulumi-[\d.]+-checksums\.txt from 127\.0\.0\.1:\d+\n/,
  );
});

test('the checksum that is pinned here counts, whatever is told', async () => {
  await use((it) => it.has('etcd', published('etcd', ['etcd'])));
  const { toolchain, said } = await ensure(['etcd']);
  expect(says(toolchain, 'etcd')).toBe('built');
  expect(said).toMatch(
    /: none; they are built from sources: another checksum than the published one of etcd-\S+ from 127\.0\.0\.1:\d+\n/,
  );
});

test('a server that does not answer costs seconds', async () => {
  await use((it) => {
    it.has('kwok', 'hangs');
    it.has('kwokctl', 'hangs');
  });
  const begun = Date.now();
  const { toolchain, said } = await ensure(['kwok', 'kwokctl']);
  expect(says(toolchain, 'kwok')).toBe('built');
  expect(said).toMatch(/: none; they are built from sources: no answer from 127\.0\.0\.1:\d+\n/);
  expect(Date.now() - begun).toBeLessThan(9_000);
}, 15_000);

test('the publishers are asked through the proxy of the machine', async () => {
  const proxy = mirror();
  process.env['HTTPS_PROXY'] = await proxy.serve();
  process.env['NO_PROXY'] = '';
  delete process.env['KAAPANA_RELEASES'];
  const { toolchain, said } = await ensure(['helm', 'kube-scheduler']);
  expect(says(toolchain, 'helm')).toBe('built');
  expect([...proxy.asked].sort()).toEqual(['CONNECT dl.k8s.io:443', 'CONNECT get.helm.sh:443']);
  expect(said).toMatch(/: none; they are built from sources: no \S.* from dl\.k8s\.io.* from get\.helm\.sh\n/);
});

test('nobody is asked when everything is to be built', async () => {
  const used = await use((it) => it.has('kwok', KWOK));
  process.env['KAAPANA_RELEASES'] = 'none';
  const { toolchain, said } = await ensure(['kwok']);
  expect(says(toolchain, 'kwok')).toBe('built');
  expect(said).not.toContain('Published');
  expect(used.asked).toEqual([]);
});

test('a program that was built is used, even where it is published', async () => {
  const used = await use(() => undefined);
  await ensure(['kwok']);
  used.has('kwok', KWOK);
  const { toolchain } = await ensure(['kwok']);
  expect(says(toolchain, 'kwok')).toBe('built');
});

test("the user's own plugin is used, of exactly the provider's version and complete", async () => {
  process.env['KAAPANA_RELEASES'] = 'none';
  const plugins = path.join(process.env['PULUMI_HOME'] ?? '', 'plugins');
  const [own, other] = ['resource-kubernetes-v4.25.0', 'resource-kubernetes-v4.24.0'].map((name) =>
    path.join(plugins, name),
  );
  for (const dir of [own ?? '', other ?? '']) {
    fs.mkdirSync(dir, { recursive: true });
    program(dir, PROVIDER, 'the plugin');
  }
  const { toolchain, said } = await ensure([PROVIDER]);
  expect(toolchain.path(PROVIDER)).toBe(path.join(own ?? '', PROVIDER));
  expect(toolchain.describe()).toBe('1 programs; of this machine: the plugin kubernetes 4.25.0');
  expect(said).toBe('');
  fs.writeFileSync(`${own ?? ''}.partial`, '');
  expect(findPlugin(PROVIDER, '4.25.0')).toBeUndefined();
  expect(findPlugin(PROVIDER, '4.24.0')).toBe(path.join(other ?? '', PROVIDER));
});
