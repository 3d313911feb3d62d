import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentFile, kaapana, workDirectory } from './support';

const directory = workDirectory();

test('it is written, and verified', () => {
  const out = join(directory, 'out');
  const written = kaapana(['bundle', '--env', 'dev', '--out', out, '--mirror', 'registry.hospital.lan:5000/k']);
  expect(written).toMatchObject({
    status: 0,
    stderr: '',
    stdout: expect.stringMatching(/out: \d+ images, 2 charts, 6 tools\n$/) as string,
  });
  expect(readFileSync(join(out, 'mirror.txt'), 'utf8')).toContain(
    'registry.example.org/kaapana/minio:0.6.0 registry.hospital.lan:5000/k/minio:0.6.0\n',
  );
  expect(kaapana(['bundle', 'verify', out])).toMatchObject({
    status: 0,
    stderr: '',
    stdout: expect.stringMatching(
      /images\/ is not there: it is not checked\n[^]*images are listed, and every file is as it was written\n$/,
    ) as string,
  });
});

test('what is wrong with it is on stderr', () => {
  expect(kaapana(['bundle', 'verify', directory])).toMatchObject({
    status: 1,
    stdout: '',
    stderr: expect.stringMatching(/is not a bundle/) as string,
  });
});

test.each([[['--mirror', 'https://registry/k']], [['--source', 'registry/k:1']]])(
  '%j is refused with a sentence',
  (args) => {
    const { status, stderr } = kaapana([
      'bundle',
      '--env',
      environmentFile(directory, 'site.yaml'),
      '--out',
      join(directory, 'x'),
      ...args,
    ]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/is not a registry: host and path in lower-case letters/);
  },
);

test('help has the options of what is written, and of what is verified', () => {
  const { status, stdout } = kaapana(['bundle', '--help']);
  expect(status).toBe(0);
  for (const option of ['--env', '--out', '--source', '--mirror', '--all-extensions'])
    expect(stdout).toContain(`  ${option}`);
  expect(stdout).toContain('verify <directory>');
});

test.each([[['foo']], [['foo', '--env', 'dev']]])('%j is named as an unknown command', (args) => {
  expect(kaapana(['bundle', ...args])).toMatchObject({
    status: 1,
    stdout: '',
    stderr: "error: unknown command 'foo'; bundle has write and verify\n",
  });
});

test("an offline site's own registry is no source, which is said", () => {
  const site = environmentFile(directory, 'offline.yaml', {
    offlineMode: true,
    devMode: false,
    containerRegistryUrl: 'registry.hospital.lan:5000/k',
  });
  const write = (...args: string[]) => kaapana(['bundle', '--env', site, '--out', join(directory, 'offline'), ...args]);
  expect(write()).toMatchObject({
    status: 0,
    stderr:
      "kaapana:offlineMode is true, and images.txt names the site's own registry, registry.hospital.lan:5000/k, as the source; --source names the one to fetch from\n",
  });
  expect(write('--source', 'registry.example.org/kaapana')).toMatchObject({ status: 0, stderr: '' });
});

test('where nobody can make the directory, that is said at once', () => {
  expect(kaapana(['bundle', '--env', 'dev', '--out', '/proc/x/y'])).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/^the bundle cannot be written to \/proc\/x\/y: ENOENT/) as string,
  });
});
