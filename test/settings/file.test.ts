import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEnvironment } from '../../src/settings/file';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'environments-'));
  writeFileSync(join(directory, 'Pulumi.dev.yaml'), 'config:\n  kaapana:domain: a.org\n  kaapana:httpPort: 80\n  kubernetes:context: x\n  pulumi:tags: {}\nencryptionsalt: v1\n');
  writeFileSync(join(directory, 'site.yaml'), 'config:\n  kaapana:credentials:\n    minioPassword: {secure: v1:x}\n');
  writeFileSync(join(directory, 'Pulumi.yaml'), 'name: kaapana\n');
  writeFileSync(join(directory, 'broken.yaml'), 'config: [\n');
});

afterEach(() => rmSync(directory, { recursive: true }));

test('an environment is found by its name; only keys of kaapana count', () => {
  expect(readEnvironment('dev', directory)).toEqual({
    environment: 'dev', raw: { domain: 'a.org', httpPort: 80 }, directory, file: join(directory, 'Pulumi.dev.yaml'),
  });
});

test('any file in the format is an environment', () => {
  expect(readEnvironment('site.yaml', directory)).toEqual({
    environment: 'site', raw: { credentials: { minioPassword: { secure: 'v1:x' } } }, directory, file: join(directory, 'site.yaml'),
  });
  expect(readEnvironment(join(directory, 'Pulumi.dev.yaml'), '/').environment).toBe('dev');
});

test.each([
  ['prod', /there is no environment "prod".*Environments here: dev$/],
  ['./other.yaml', /no file of that name/],
  ['Pulumi.yaml', /is no environment: it has no section "config:"/],
  ['broken.yaml', /broken\.yaml cannot be read/],
])('%s is refused with a sentence', (name, message) => {
  expect(() => readEnvironment(name, directory)).toThrow(message);
});
