import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REQUIRED } from '../settings/support';
import { environmentFile, kaapana, workDirectory } from './support';

const directory = workDirectory();

test('dev is valid, and its public passwords are no warning', () => {
  expect(kaapana(['check', '--env', 'dev'])).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(
      /^dev: the settings are valid, and the \d+ objects fit together; the server was not checked; --live checks it\n$/,
    ) as string,
    stderr: '',
  });
});

test('secrets in plain text are a warning that names them, and not their values', () => {
  const { status, stdout } = kaapana(['check', '--env', environmentFile(directory, 'plain.yaml')]);
  expect(status).toBe(0);
  expect(stdout).toMatch(
    /^warning: these secrets are in plain text; encrypt each of them, e\.g\. pulumi config set --stack plain --config-file \S+plain\.yaml --secret --path kaapana:credentials\.keycloakAdminPassword: credentials\.keycloakAdminPassword, /,
  );
  expect(stdout).not.toContain('2020');
});

test('a warning that is acknowledged is one line with its reason; one that is not found is told', () => {
  const acknowledged = { 'plain-secret': 'for a trial', 'root-squash': 'it is set' };
  const { status, stdout } = kaapana(['check', '--env', environmentFile(directory, 'known.yaml', { acknowledged })]);
  expect(status).toBe(0);
  expect(stdout).not.toContain('stand in plain text');
  expect(stdout).toContain('\nacknowledged: plain-secret/credentials.minioPassword: for a trial\n');
  expect(stdout).toContain(
    'warning: kaapana:acknowledged has root-squash ("it is set"), which no finding needs any more',
  );
});

test('programs get findings with ids, texts and commands, and the exit code says whether something stops a deployment', () => {
  const json = (name: string, given: object) => {
    const { status, stdout, stderr } = kaapana([
      'check',
      '--json',
      '--env',
      environmentFile(directory, name, { ...given }),
    ]);
    return { status, stderr, found: JSON.parse(stdout) as unknown[] };
  };
  const right = json('right.yaml', {});
  expect(right).toMatchObject({ status: 0, stderr: '' });
  expect(right.found).toContainEqual(
    expect.objectContaining({
      id: 'plain-secret/credentials.minioPassword',
      rule: 'plain-secret',
      severity: 'warning',
    }),
  );
  expect(json('wrong.yaml', { domain: undefined })).toMatchObject({
    status: 1,
    stderr: '',
    found: [
      {
        id: 'missing-setting/domain',
        rule: 'missing-setting',
        severity: 'error',
        subject: { kind: 'setting', key: 'domain' },
        remedies: [
          {
            kind: 'set',
            key: 'domain',
            command: expect.stringMatching(/^pulumi config set .* kaapana:domain kaapana\.example\.org$/) as string,
          },
        ],
        text: expect.stringMatching(/^kaapana:domain: is missing\. Set it, e\.g\.: /) as string,
      },
    ],
  });
  expect(kaapana(['check', '--json']).stderr).toBe('--json is for one environment: --env <name or path>\n');
});

test('every mistake is in one list on stderr', () => {
  const file = environmentFile(directory, 'Pulumi.wrong.yaml', {
    domain: undefined,
    httpPort: 443,
    fastDatDir: '/x',
    credentials: { ...REQUIRED.credentials, initPassword: ['geheim'] },
  });
  const { status, stdout, stderr } = kaapana(['check', '--env', file]);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr.split('\n').map((line) => /^ {2}- kaapana:([\w.]+):/.exec(line)?.[1] ?? line)).toEqual([
    '4 mistakes in the settings of wrong:',
    'domain',
    'credentials.initPassword',
    'fastDatDir',
    'httpsPort',
    '',
  ]);
  expect(stderr).not.toMatch(/geheim|at .*\.js/);
});

test('an unknown environment names those that there are', () => {
  environmentFile(directory, 'Pulumi.prod.yaml');
  const { status, stderr } = kaapana(['check', '--env', 'production'], { cwd: directory });
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /^there is no environment "production", and no file of that name\. Environments here: .*prod.*\n$/,
  );
});

test('a file that is not YAML is refused without what stands in it', () => {
  const file = join(directory, 'broken.yaml');
  writeFileSync(file, 'config:\n  kaapana:credentials:\n    initPassword: "geheim\n    minioPassword: geheim\n');
  const { status, stderr } = kaapana(['check', '--env', file]);
  expect(status).toBe(1);
  expect(stderr).toMatch(/broken\.yaml cannot be read: .* at line \d+, column \d+\n$/);
  expect(stderr).not.toContain('geheim');
});

test('a directory is not an environment', () => {
  mkdirSync(join(directory, 'folder.yaml'));
  expect(kaapana(['check', '--env', join(directory, 'folder.yaml')])).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/cannot be read: EISDIR/) as string,
  });
});

test.each([[[]], [['synth']], [['chek', '--env', 'dev']], [['check', '--env', 'dev', '--nonsense']]])(
  '%j is refused with a sentence',
  (args) => {
    const { status, stdout, stderr } = kaapana(args);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^(Usage: kaapana|error: .*)/);
    expect(stderr).not.toMatch(/at .*\.js:/);
  },
);

describe('all environments of a directory', () => {
  const guest = {
    serverStack: 'prod',
    instanceUid: 'site2',
    domain: 'site2.example.org',
    httpPort: 0,
    httpsPort: 8443,
    dicomPort: 11113,
  };
  const others = workDirectory();
  beforeEach(() => {
    for (const file of readdirSync(others)) rmSync(join(others, file));
    environmentFile(others, 'Pulumi.prod.yaml');
    environmentFile(others, 'Pulumi.dev.yaml', { distribution: 'embedded' });
  });

  test.each([[['check']], [['check', '--all']]])('%j compares those of one server', (args) => {
    environmentFile(others, 'Pulumi.site2.yaml', guest);
    const { status, stdout, stderr } = kaapana(args, { cwd: others });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^dev: the settings are valid/m);
    expect(stdout).toMatch(
      /^prod, site2: on one server, nothing of one is another's; their pods are promised .*memory \d+Mi/m,
    );
  });

  test('what they would do to each other is on stderr, with both owners and the remedy', () => {
    environmentFile(others, 'Pulumi.site2.yaml', { ...guest, httpsPort: 443 });
    const { status, stderr } = kaapana(['check'], { cwd: others });
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^1 conflict on the server of prod, site2:\n {2}- prod \(kaapana:httpsPort \(Service\/admin\/.*\)\) and site2 \(kaapana:httpsPort .*\) want the node port 443\/TCP\. In site2: set it, e\.g\.: pulumi config set --stack site2 kaapana:httpsPort 8443\n$/,
    );
  });

  test('one alone is compared with the settings of the others, as a preview does, whether the server is asked or not', () => {
    environmentFile(others, 'Pulumi.prod.yaml', { distribution: 'embedded' });
    const { status, stderr } = kaapana(['check', '--env', 'prod'], { cwd: others });
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^findings that stop prod:\n {2}- prod \(kaapana:serverStack\) and dev \(kaapana:serverStack\) want the server layer\. In dev: /,
    );
    const live = kaapana(['check', '--env', 'prod', '--live'], {
      cwd: others,
      env: { ...process.env, KUBECONFIG: '/nowhere' },
    });
    expect(live).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/want the server layer\. .*\n {2}- cannot read the kubeconfig \/nowhere/) as string,
    });
  });

  test('the mistakes of all are told', () => {
    environmentFile(others, 'Pulumi.site2.yaml', { ...guest, serverStack: 'gone' });
    environmentFile(others, 'Pulumi.wrong.yaml', { httpPort: 'x' });
    const { status, stderr } = kaapana(['check'], { cwd: others });
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /mistake in the settings of site2:\n.*"gone" cannot be read[\s\S]*mistake in the settings of wrong:\n.*httpPort/,
    );
  });

  test('what is wrong with the objects of one is told with its name', () => {
    const missing = {
      as: 'viewer',
      chart: 'extensions/site2/viewer/chart.tgz',
      sha256: 'a'.repeat(64),
      rendered: 'b'.repeat(64),
    };
    environmentFile(others, 'Pulumi.site2.yaml', { ...guest, thirdPartyExtensions: [missing] });
    writeFileSync(join(others, 'Pulumi.text.yaml'), 'text');
    const { status, stderr } = kaapana(['check'], { cwd: others });
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^site2: 2 problems:\n {2}- the extension viewer of .*: there is no file .*\n.*\ntext: .*Pulumi\.text\.yaml is not an environment/,
    );
  });

  test('a directory without any is told so', () => {
    for (const file of readdirSync(others)) rmSync(join(others, file));
    expect(kaapana(['check'], { cwd: others })).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(/^there is no environment here/) as string,
    });
  });
});

test('routes and storage are tables', () => {
  expect(kaapana(['routes', '--env', 'dev']).stdout).toMatch(/^PATH +WHO +SERVICE +MIDDLEWARES\n/);
  expect(kaapana(['storage', '--env', 'dev']).stdout).toMatch(/^PATH +SIZE +CLAIM +VOLUME +PODS +HOLDS\n/);
});

test('the command runs through npx', () => {
  const { status, stdout } = spawnSync('npx', ['--no-install', 'kaapana', '--help'], { encoding: 'utf8' });
  expect(status).toBe(0);
  expect(stdout).toMatch(/init [\s\S]*\n *check [\s\S]*\n *synth /);
});
