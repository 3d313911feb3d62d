import { rmSync } from 'node:fs';
import { stringify } from 'yaml';
import { howToMend, readEnvironment } from '../../src/environment/file';
import { parseEnvironment } from '../../src/environment/parsed';
import { FindingsError } from '../../src/findings/error';
import { KAAPANA } from '../cli/support';
import { mistakesIn, type Problem, REQUIRED } from '../settings/support';
import { Project } from './support/project';

/** Pulumi and the command `kaapana` mean the same by an environment's file. */

const project = new Project();
const CLI = `'${process.execPath}' '${KAAPANA}'`;
let salt = '';

beforeAll(() => {
  for (const stack of ['site', 'selected']) project.demand(`pulumi stack init ${stack} --non-interactive`);
  salt = project.read('Pulumi.site.yaml');
});

/** Writes `lines` below the required keys of a file, in place of those that they name. */
function write(lines: string, file = 'Pulumi.site.yaml'): void {
  const named = [...lines.matchAll(/^kaapana:\w+(?=:( |$))/gm)].map(([key]) => key);
  const required = Object.entries(REQUIRED)
    .map(([name, value]) => [`kaapana:${name}`, value])
    .filter(([name]) => !named.includes(String(name)));
  project.write(
    file,
    `${stringify({ config: Object.fromEntries(required) as unknown })}  ${lines.replaceAll('\n', '\n  ')}\n${salt}`,
  );
}

function problemsOf(file: string): readonly Problem[] {
  const cwd = process.cwd();
  process.chdir(project.folder);
  const read = readEnvironment(file, project.folder);
  try {
    parseEnvironment(read);
    return [];
  } catch (problem) {
    if (problem instanceof FindingsError) return mistakesIn(problem, read.environment, howToMend(read));
    throw problem;
  } finally {
    process.chdir(cwd);
  }
}

/** Commands in a remedy, by its alternatives. */
function alternatives(remedy: string): string[][] {
  return remedy
    .split(/; or /)
    .map((way) => [...way.matchAll(/pulumi config .+?(?=\. [A-Z]|, then|: pulumi|$)/g)].map(([command]) => command))
    .filter(({ length }) => length > 0);
}

describe('remedies are commands that change the right file, whatever stack is selected', () => {
  test.each<[string, string, string, string?]>([
    ['a value', 'kaapana:domain: "https://a.org"', 'domain'],
    ['a value that is missing', 'kaapana:totalMemory:', 'totalMemory'],
    ['a value with signs of a shell', 'kaapana:upstreamNoProxy: a b', 'upstreamNoProxy'],
    ['a value of a group', 'kaapana:smtp: {host: m, port: 0x}', 'smtp.port'],
    ['a value that is missing in a group', 'kaapana:smtp: {port: 25}', 'smtp.host'],
    ['an entry of a list', 'kaapana:internalCidrs: [10.0.0.0/33]', 'internalCidrs[0]'],
    ['a value in an entry of a list', 'kaapana:projects: [{name: a_b}]', 'projects[0].name'],
    [
      'a secret',
      'kaapana:credentials: {keycloakAdminPassword: a, minioPassword: short, grafanaPassword: c, initPassword: d, oidcClientSecret: e}',
      'credentials.minioPassword',
    ],
    ['a password without its account', 'kaapana:containerRegistryPassword: x', 'containerRegistryUsername'],
    [
      'a number that is a secret',
      'kaapana:containerRegistryUsername: me\nkaapana:containerRegistryPassword: 123456',
      'containerRegistryPassword',
    ],
    ['an unknown key', 'kaapana:domian: x', 'domian'],
    ['an unknown key without its namespace', 'domian: x', 'domian'],
    ['an unknown key of a group', 'kaapana:smtp: {host: m, prot: 25}', 'smtp.prot'],
    ['a key that was set without --path', 'kaapana:smtp.port: 25\nkaapana:smtp: {host: m}', 'smtp.port'],
    ['a misspelt namespace', 'kapana:domain: x', 'kapana:domain'],
    ['all settings in a group', 'kaapana: {domain: x}', 'kaapana'],
    ['a text for a list', 'kaapana:internalCidrs: 10.0.0.0/8', 'internalCidrs'],
    ['a text for a group', 'kaapana:smtp: mail.example.org', 'smtp'],
    ['nothing for a group', 'kaapana:nfs:', 'nfs'],
    ['nothing for a number', 'kaapana:httpPort:', 'httpPort'],
    ['a group encrypted as a whole', 'kaapana:smtp: {secure: "v1:x"}', 'smtp'],
    ['an export that nobody reads', 'kaapana:nfs: {server: n, path: /x}', 'nfs'],
    ['an extension that there is not', 'kaapana:extensions: [{name: edk}, {name: nonsense}]', 'extensions[1].name'],
    [
      'a parameter that is wrong',
      'kaapana:extensions: [{name: mitk-workbench-chart, as: a, parameters: {service_type: x}}]',
      'extensions[0].parameters.service_type',
    ],
    [
      'a component of the server',
      'kaapana:components: [minio-console, nfs-server]\nkaapana:serverStack: prod\nkaapana:instanceUid: b',
      'components',
    ],
    ['data in data', 'kaapana:fastDataDir: /data\nkaapana:slowDataDir: /data/slow', 'slowDataDir'],
    ['a value of a file elsewhere', 'kaapana:domain: "https://a.org"', 'domain', 'site.yaml'],
  ])('%s', (_, lines, key, file = 'Pulumi.site.yaml') => {
    const others = ['Pulumi.selected.yaml', 'Pulumi.site.yaml'].filter((other) => other !== file);
    const untouched = others.map((other) => project.read(other));
    write(lines, file);
    const name = file === 'Pulumi.site.yaml' ? 'site' : file;
    const { message, remedy } = problemsOf(name).find((problem) => problem.key === key) ?? { message: '', remedy: '' };
    const ways = alternatives(remedy);
    expect(ways.length).toBeGreaterThan(0);
    for (const commands of ways) {
      write(lines, file);
      for (const command of commands) project.demand(command, 'Secret-2020');
      expect(problemsOf(name).filter((problem) => problem.key === key && problem.message === message)).toEqual([]);
      expect(others.map((other) => project.read(other))).toEqual(untouched);
    }
  });
});

test('the remedy of a conflict changes the environment that it names', () => {
  write(
    'kaapana:serverStack: site\nkaapana:instanceUid: b\nkaapana:domain: b.example.org\nkaapana:httpPort: 0\nkaapana:dicomPort: 11113\nkaapana:totalMemory: 16Gi',
    'Pulumi.selected.yaml',
  );
  write('kaapana:totalMemory: 256Gi');
  const selected = project.read('Pulumi.selected.yaml');
  const { stderr } = project.run(`${CLI} check`);
  const [, command = ''] =
    /^1 conflict on the server of selected, site:\n.*In site: set it, e\.g\.: (pulumi config set --stack site kaapana:httpsPort \d+)\n$/.exec(
      stderr,
    ) ?? [];
  project.demand(command);
  expect(project.demand(`${CLI} check`)).toMatch(/nothing of one is another's/);
  expect(project.read('Pulumi.selected.yaml')).toBe(selected);
});

test('what Pulumi reads in a file, the command reads in it', () => {
  const lines = [
    'httpPort: 8_0',
    'kaapana:config:httpsPort: 0x1BB',
    'kaapana:dicomPort: 0b10101',
    'kaapana:instanceUid: 0o755',
    'kaapana:gpuSupport: True',
    'kaapana:offlineMode: "false"',
    'kaapana:platformVersion: 1e3',
    'kaapana:chartPath: .5',
    'kaapana:storageNode: 1_0.5',
    'kaapana:kubeContext: yes',
    'kaapana:kubeconfig: ~',
    'kaapana:mainNodeName: -0x1F',
    'kaapana:nfs: &nfs {server: 1_000, path: "0443"}',
    'kaapana:smtp: {<<: *nfs, port: 587}',
    'kaapana:adopt: [1_0, yes, TRUE]',
    'kaapana:kaapana: {domain: a}',
  ];
  project.write('Pulumi.site.yaml', `config:\n${lines.map((line) => `  ${line}\n`).join('')}${salt}`);
  const { raw } = readEnvironment('site', project.folder);
  const read = JSON.parse(project.demand('pulumi config --stack site --json')) as Record<
    string,
    { value: string; objectValue?: unknown }
  >;
  expect(Object.keys(raw)).toHaveLength(lines.length);
  for (const [key, value] of Object.entries(raw)) {
    const { value: text, objectValue } = read[`kaapana:${key}`] ?? {};
    expect({ key, value: typeof value === 'object' && value !== null ? value : String(value ?? '') }).toEqual({
      key,
      value: objectValue ?? text,
    });
  }
});

test.each([
  ['httpsPort: 0443', 'kaapana:httpsPort', '291'],
  ['instanceName: 2026-01-01', 'kaapana:instanceName', '2026-01-01 00:00:00 +0000 UTC'],
])('what Pulumi takes for what nobody means, the command does not read: %s', (line, key, value) => {
  project.write('Pulumi.site.yaml', `config:\n  kaapana:${line}\n${salt}`);
  expect(JSON.parse(project.demand('pulumi config --stack site --json'))).toMatchObject({ [key]: { value } });
  expect(() => readEnvironment('site', project.folder)).toThrow(/for Pulumi/);
});

test.each([
  ['a text for a list', 'kaapana:internalCidrs: 10.0.0.0/8'],
  ['JSON for a group', "kaapana:gpu: '{}'"],
  ['nothing for a group', 'kaapana:nfs: ~'],
  ['nothing for a list', 'kaapana:adopt: ""'],
  ['nothing for a number', 'kaapana:httpPort:'],
  ['nothing for a switch', 'kaapana:devMode:'],
  ['an option for a switch', 'kaapana:noHooks: --no-hooks'],
])('what Pulumi refuses, the command refuses: %s', (_, line) => {
  write(line);
  expect(project.run('pulumi preview --stack site --non-interactive').stderr).toMatch(/must be of type/);
  expect(problemsOf('site')).toHaveLength(1);
});

test('init makes an environment; once it is deployed and its file is gone, it refuses, and its remedy brings the file back', () => {
  // Those of the tests before would be on the same server, and check compares them.
  for (const other of ['selected', 'site']) rmSync(project.path(`Pulumi.${other}.yaml`), { force: true });
  const init = `${CLI} init prod --yes --domain kaapana.example.org --registry registry.example.org/kaapana --memory 64Gi`;
  project.demand(init);
  expect(project.demand(`${CLI} check --env prod`)).toMatch(/^prod: the settings are valid/m);
  project.demand('pulumi up --stack prod --yes --skip-preview --non-interactive');
  const secret = (): string => project.demand('pulumi config get --stack prod --path kaapana:credentials.initPassword');
  const before = secret();
  rmSync(project.path('Pulumi.prod.yaml'));
  const { status, stderr } = project.run(init);
  expect(status).toBe(1);
  const [, command = ''] =
    /^the stack prod is deployed, with 1 resource, .*: (pulumi config refresh --stack prod)\n$/.exec(stderr) ?? [];
  project.demand(command);
  expect(secret()).toBe(before);
  expect(project.demand(`${CLI} check --env prod`)).toMatch(/^prod: the settings are valid/m);
  project.demand('pulumi destroy --stack prod --yes --skip-preview --non-interactive');
  rmSync(project.path('Pulumi.prod.yaml'));
  const [, forget = ''] =
    /^the stack prod was deployed before, .*: (pulumi stack rm prod)\n$/.exec(project.run(init).stderr) ?? [];
  project.demand(`${forget} --yes`);
  project.demand(init);
});
