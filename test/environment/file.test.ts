import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { howToMend, readEnvironment } from '../../src/environment/file';
import { unreadWarnings } from '../../src/settings/keys';
import { remove } from '../../src/settings/problems';
import { printed } from '../findings/support';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'environments-'));
  writeFileSync(
    join(directory, 'Pulumi.dev.yaml'),
    'config:\n  kaapana:domain: a.org\n  kaapana:httpPort: 80\n  kubernetes:context: x\n  pulumi:tags: {}\nencryptionsalt: v1\n',
  );
  writeFileSync(join(directory, 'site.yaml'), 'config:\n  kaapana:credentials:\n    minioPassword: {secure: v1:x}\n');
  writeFileSync(join(directory, 'Pulumi.yaml'), 'name: kaapana\n');
  writeFileSync(join(directory, 'broken.yaml'), 'config: [\n');
});

afterEach(() => rmSync(directory, { recursive: true }));

test('an environment is found by its name; only keys of kaapana count', () => {
  expect(readEnvironment('dev', directory)).toEqual({
    environment: 'dev',
    raw: { domain: 'a.org', httpPort: 80 },
    unread: [],
    directory,
    file: join(directory, 'Pulumi.dev.yaml'),
  });
});

test('any file in the format is an environment', () => {
  expect(readEnvironment('site.yaml', directory)).toEqual({
    environment: 'site',
    raw: { credentials: { minioPassword: { secure: 'v1:x' } } },
    unread: [],
    directory,
    file: join(directory, 'site.yaml'),
  });
  expect(readEnvironment(join(directory, 'Pulumi.dev.yaml'), '/').environment).toBe('dev');
});

test('a key belongs to whom Pulumi gives it', () => {
  const keys = [
    'domain',
    'kaapana:config:httpPort',
    'kapana:devMode',
    'Kaapana:gpu',
    'kaapana:nfs:server',
    'kubernetes:context',
    'pulumi:tags',
    'aws:region',
    'platform:domain',
  ];
  writeFileSync(join(directory, 'Pulumi.keys.yaml'), `config:\n${keys.map((key) => `  ${key}: x\n`).join('')}`);
  const { raw, unread } = readEnvironment('keys', directory);
  expect(raw).toEqual({
    domain: 'x',
    httpPort: 'x',
    'kapana:devMode': 'x',
    'Kaapana:gpu': 'x',
    'kaapana:nfs:server': 'x',
  });
  expect(unread).toEqual(['aws:region', 'platform:domain']);
  expect(printed(unreadWarnings(unread))[1]).toBe(
    'platform:domain is not used: settings of the platform begin with kaapana:',
  );
});

test('the file of a stack is found by the name of the stack, any other is named', () => {
  const cwd = process.cwd();
  process.chdir(directory);
  try {
    expect(howToMend(readEnvironment('dev', process.cwd())).command(remove('domain'))).toBe(
      'pulumi config rm --stack dev kaapana:domain',
    );
    expect(howToMend(readEnvironment('./Pulumi.dev.yaml', process.cwd())).command(remove('domain'))).toBe(
      'pulumi config rm --stack dev kaapana:domain',
    );
    expect(howToMend(readEnvironment('site.yaml', process.cwd())).command(remove('domain'))).toBe(
      'pulumi config rm --stack site --config-file site.yaml kaapana:domain',
    );
  } finally {
    process.chdir(cwd);
  }
});

test.each([
  ['prod', /there is no environment "prod".*Environments here: dev$/],
  ['./other.yaml', /no file of that name/],
  ['Pulumi.yaml', /is not an environment: it has no section "config:"/],
  ['broken.yaml', /broken\.yaml cannot be read/],
])('%s is refused with a sentence', (name, message) => {
  expect(() => readEnvironment(name, directory)).toThrow(message);
});
