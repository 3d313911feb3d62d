import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentFile, kaapana, workDirectory } from './support';

const directory = workDirectory();

test('it is written, and verified', () => {
  const out = join(directory, 'out');
  const written = kaapana(['bundle', '--env', 'dev', '--out', out, '--mirror', 'registry.hospital.lan:5000/k']);
  expect(written).toMatchObject({ status: 0, stderr: '', stdout: expect.stringMatching(/out: \d+ images, 2 charts, 4 tools\n$/) as string });
  expect(readFileSync(join(out, 'mirror.txt'), 'utf8')).toContain('registry.example.org/kaapana/minio:0.6.0 registry.hospital.lan:5000/k/minio:0.6.0\n');
  expect(kaapana(['bundle', 'verify', out])).toMatchObject({
    status: 0, stderr: '', stdout: expect.stringMatching(/images\/ is not there: it is not checked\n[^]*images are listed, and every file is as it was written\n$/) as string,
  });
});

test('what is wrong with it is on stderr', () => {
  expect(kaapana(['bundle', 'verify', directory])).toMatchObject({ status: 1, stdout: '', stderr: expect.stringMatching(/is no bundle/) as string });
});

test.each([[['--mirror', 'https://registry/k']], [['--source', 'registry/k:1']]])('%j is refused with a sentence', (args) => {
  const { status, stderr } = kaapana(['bundle', '--env', environmentFile(directory, 'site.yaml'), '--out', join(directory, 'x'), ...args]);
  expect(status).toBe(1);
  expect(stderr).toMatch(/is no registry: host and path in small letters/);
});
