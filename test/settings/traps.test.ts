import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { howToMend, readEnvironment } from '../../src/environment/file';
import { parseEnvironment } from '../../src/environment/parsed';
import { FindingsError } from '../../src/findings/error';
import type { Settings } from '../../src/settings/parse';
import { mistakesIn, type Problem, REQUIRED, settings } from './support';

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'traps-'));
});

afterAll(() => rmSync(directory, { recursive: true }));

/** Reads an environment file in which `lines` stand after the required keys, or in place of one. */
function read(lines: string): Settings {
  const key = /^kaapana:\w+(?=:( |$))/.exec(lines)?.[0];
  const required = Object.entries(REQUIRED)
    .map(([name, value]) => [`kaapana:${name}`, value])
    .filter(([name]) => name !== key);
  const file = join(directory, 'Pulumi.trap.yaml');
  writeFileSync(
    file,
    `${stringify({ config: Object.fromEntries(required) as unknown })}  ${lines.replaceAll('\n', '\n  ')}\n`,
  );
  return parseEnvironment(readEnvironment(file, directory)).settings;
}

function problemsOf(lines: string): readonly Problem[] {
  try {
    read(lines);
  } catch (problem) {
    if (problem instanceof FindingsError)
      return mistakesIn(
        problem,
        'trap',
        howToMend({ environment: 'trap', raw: {}, file: join(directory, 'Pulumi.trap.yaml') }),
      );
    throw problem;
  }
  return [];
}

test.each([
  ['kaapana:devMode: yes', 'devMode', /^"yes" is neither true nor false$/],
  ['kaapana:devMode: no', 'devMode', /^"no" is neither true nor false$/],
  ['kaapana:gpuSupport: on', 'gpuSupport', /^"on" is neither true nor false$/],
  ['kaapana:offlineMode: off', 'offlineMode', /^"off" is neither/],
  ['kaapana:offlineMode: "TRUE"', 'offlineMode', /^"TRUE" is neither/],
  ['kaapana:enableNfs: 1', 'enableNfs', /^1 is neither/],
  ['kaapana:domain: 1e3', 'domain', /^1000 must be a string; put it in quotes$/],
  ['kaapana:domain: true', 'domain', /^true must be a string/],
  ['kaapana:domain: ~', 'domain', /^is missing$/],
  ['kaapana:domain:', 'domain', /^is missing$/],
  ['kaapana:domain: []', 'domain', /^is missing$/],
  ['kaapana:domain: [a.org]', 'domain', /^\["a\.org"\] must be a string/],
  ['kaapana:domain: {a: b}', 'domain', /^\{"a":"b"\} must be a string/],
  ['kaapana:platformVersion: 0.10', 'platformVersion', /^0\.1 must be a string; put it in quotes$/],
  ['kaapana:instanceUid: 0o755', 'instanceUid', /^493 is not a DNS label/],
  ['kaapana:instanceUid: 2', 'instanceUid', /^2 is not a DNS label/],
  ['kaapana:httpsPort: 0x1BBF0', 'httpsPort', /^113648 must be a whole number/],
  ['kaapana:httpsPort: "0x1BB"', 'httpsPort', /^"0x1BB" must be a whole number/],
  ['kaapana:httpsPort: "443 "', 'httpsPort', /^"443 " must be a whole number/],
  ['kaapana:httpsPort: 1e5', 'httpsPort', /^100000 must be a whole number/],
  ['kaapana:httpsPort: "1e3"', 'httpsPort', /^"1e3" must be a whole number/],
  ['kaapana:httpsPort: .nan', 'httpsPort', /must be a whole number/],
  ['kaapana:httpsPort: .inf', 'httpsPort', /must be a whole number/],
  ['kaapana:httpsPort: 44_33_00', 'httpsPort', /^443300 must be a whole number/],
  ['kaapana:httpsPort: 4_43.5', 'httpsPort', /^443\.5 must be a whole number/],
  ['kaapana:httpsPort: 0b11111111111111111', 'httpsPort', /^131071 must be a whole number/],
  ['httpsPort: 65536', 'httpsPort', /^65536 must be a whole number/],
  ['kaapana:config:httpsPort: 65536', 'httpsPort', /^65536 must be a whole number/],
  ['kaapana:httpsPort: [443]', 'httpsPort', /^\[443\] must be a whole number/],
  ['kaapana:httpsPort: ""', 'httpsPort', /^"" must be a whole number/],
  ['kaapana:serverIp: 192.0', 'serverIp', /^192 is not an IPv4 address$/],
  ['kaapana:projects: admin', 'projects', /^must be a list$/],
  ['kaapana:projects: {name: admin}', 'projects', /must be a list$/],
  ['kaapana:smtp: mail.example.org', 'smtp', /^must be a mapping/],
  ['kaapana:smtp: {host: m, prot: 25}', 'smtp.prot', /^is not a setting$/],
  ['kaapana:nfs: [a, b]', 'nfs', /must be a mapping/],
  ['kaapana:nfs.server: nfs.example.org', 'nfs.server', /^is the path of a setting, not a setting$/],
  ['kaapana:internalCidrs: 10.0.0.0/8', 'internalCidrs', /^"10\.0\.0\.0\/8" must be a list$/],
  ['kaapana:internalCidrs: [10.0.0.0]', 'internalCidrs[0]', /^"10\.0\.0\.0" is not a network/],
  ['kaapana:gpu: \'{"replicas":2}\'', 'gpu', /must be a mapping of keys to values$/],
  ['kaapana:nfs: ~', 'nfs', /^null must be a mapping of keys to values$/],
  ['kaapana:adopt: ""', 'adopt', /^"" must be a list$/],
  ['kaapana:devMode:', 'devMode', /^null is neither true nor false$/],
  ['kaapana:noHooks: --no-hooks', 'noHooks', /is neither true nor false$/],
  ['kaapana:internalCidrs: [10.0.0.0/33]', 'internalCidrs[0]', /is not a network/],
  ['kaapana:internalCidrs: [fd00::1/64]', 'internalCidrs[0]', /bits beyond its mask/],
  ['kaapana:extensions: [{name: e, parameters: [a]}]', 'extensions[0].parameters', /^must be a mapping/],
  ['kaapana:extensions: [{nam: e}]', 'extensions[0].nam', /^is not a setting$/],
  ['kaapana:components: [minio]', 'components[0]', /^"minio" is not one of auth-backend, .*, static-website$/],
  [
    'kaapana:containerRegistryPassword: 123',
    'containerRegistryPassword',
    /^is a number, of which YAML may drop digits$/,
  ],
  ['kaapana:containerRegistryPassword: true', 'containerRegistryPassword', /^must be a string/],
  ['kaapana:containerRegistryPassword: {secure: x, more: y}', 'containerRegistryPassword', /^must be a string/],
  ['kaapana:fastDataDir: {secure: v1:x}', 'fastDataDir', /^is encrypted, but is not a secret$/],
  ['kaapana:projects: [{name: {secure: v1:x}}]', 'projects[0].name', /^is encrypted, but is not a secret$/],
  ['kaapana:instanceName: "a\\tb"', 'instanceName', /^"a\\tb" has control characters$/],
  ['kaapana:instanceName: "a\\x9bb"', 'instanceName', /^"a\\u009bb" has control characters$/],
  ['kaapana:instanceName: "a\\uE001b"', 'instanceName', /^"a\\ue001b" has control characters$/],
  ['kaapana:domian: a.org', 'domian', /^is not a setting$/],
  ['kaapana:Domain: a.org', 'Domain', /^is not a setting$/],
  ['kaapana:kaapana:domain: a.org', 'kaapana:kaapana:domain', /^is not a setting, nor a key that Pulumi can read$/],
  ['kapana:domain: a.org', 'kapana:domain', /^is not a setting: all of them begin with kaapana:$/],
  ['kaapana: {domain: a.org}', 'kaapana', /^is not a setting, nor a group of settings$/],
])('%s', (lines, key, message) => {
  const found = problemsOf(lines);
  const { message: text, remedy } = found.find((problem) => problem.key === key) ?? {};
  expect(text).toMatch(message);
  expect(remedy).toMatch(/pulumi config (set|rm) --stack trap |without them|in the file/);
  expect(remedy).not.toMatch(/<|undefined/);
});

test.each<[string, Readonly<Record<string, unknown>>]>([
  ['kaapana:httpsPort: "8443"', { httpsPort: 8443 }],
  ['kaapana:httpPort: "0"', { httpPort: 0 }],
  ['kaapana:devMode: "false"', { devMode: false }],
  ['kaapana:devMode: False', { devMode: false }],
  ['kaapana:instanceUid: "2"', { instanceUid: '2' }],
  ['kaapana:domain: "2026-01-01"', { domain: '2026-01-01' }],
  ['kaapana:httpsPort: 4_43', { httpsPort: 443 }],
  ['kaapana:httpsPort: 0x1BB', { httpsPort: 443 }],
  ['kaapana:httpsPort: 0o673', { httpsPort: 443 }],
  ['kaapana:httpsPort: 0b110111011', { httpsPort: 443 }],
  ['gpuSupport: true', { gpuSupport: true }],
  ['kaapana:config:httpsPort: 8443', { httpsPort: 8443 }],
  ['kaapana:smtp: {<<: &mail {host: m}, port: 587}', { smtp: { host: 'm', port: 587 } }],
  ['aws:region: eu-central-1', {}],
  ['kaapana:domain: no', { domain: 'no' }],
  ['kaapana:nfs: {}', {}],
  ['kaapana:internalCidrs: []', { internalCidrs: ['10.152.183.0/24', '10.1.0.0/16'] }],
  ['kaapana:internalCidrs: [fd00::/64]', { internalCidrs: ['fd00::/64'] }],
  ['kaapana:upstreamHttpProxy: ""', {}],
  ['kaapana:smtp: &mail {host: m}\nother:x: *mail', { smtp: { host: 'm' } }],
])('%s is read', (lines, expected) => {
  expect(read(lines)).toMatchObject(expected);
});

test.each([
  ['kaapana:domain: a.org\nkaapana:domain: b.org', /cannot be read: Map keys must be unique/],
  ['kaapana:domain: "a.org', /cannot be read: Missing closing "quote/],
  ['kaapana:domain: *missing', /cannot be read: .*missing/],
  ['kaapana:domain: a.org\ndomain: b.org', /has kaapana:domain twice, written in two ways/],
  [
    'kaapana:httpsPort: 0443',
    /cannot be read: A number with a leading zero is octal for Pulumi; .* at line \d+, column 22$/,
  ],
  ['kaapana:platformVersion: 2026-01-01T00:00:00Z', /cannot be read: A date is a time for Pulumi/],
  ['\tkaapana:domain: a', /cannot be read: /],
])('%j is not YAML', (lines, message) => {
  expect(() => read(lines)).toThrow(message);
});

test.each<[string, unknown]>([
  ['projects', '[{"name":"a"},{"name":"b"}]'],
  ['internalCidrs', '["10.0.0.0/8"]'],
  ['gpu', '{"replicas":2}'],
  ['smtp', '{"host":"m","port":587}'],
  ['extensions', '[{"name":"minio-sync-chart","as":"a","parameters":{"uid":1,"minio_path":"b-u-c/k\\n"}}]'],
  ['devMode', 'true'],
  ['httpPort', '8080'],
  ['nfs', '{}'],
  ['adopt', '[]'],
  ['chartPath', ''],
])('%s as the text %s means the same as parsed', (key, text) => {
  const parsed = /^[[{]/.test(String(text)) ? (JSON.parse(String(text)) as unknown) : text;
  expect(settings({ gpuSupport: true, [key]: text })).toEqual(settings({ gpuSupport: true, [key]: parsed }));
});
