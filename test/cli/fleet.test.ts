import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pythonTest } from '../python';
import { KAAPANA, kaapana, type Result, workDirectory } from './support';

const directory = workDirectory();

/** Runs a command at a pseudo terminal, and types what comes on stdin once a question is asked. */
const AT_TERMINAL = `
import os, pty, sys
answer = sys.stdin.buffer.read()
pid, terminal = pty.fork()
if pid == 0:
    os.execv(sys.argv[1], sys.argv[1:])
said = b''
while True:
    try:
        part = os.read(terminal, 4096)
    except OSError:
        break
    if not part:
        break
    if b'[y/N]' in part + said[-10:] and answer:
        os.write(terminal, answer)
        answer = b''
    said += part
sys.stdout.buffer.write(said)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`;

/** A `pulumi` of five stacks: what it would do to each follows from the stack's name. */
const PULUMI = `#!${process.execPath}
const { appendFileSync } = require('node:fs');
const args = process.argv.slice(2);
if (args[0] === 'stack') {
  console.log(JSON.stringify(['bad', 'clean', 'locked', 'new', 'trial'].map((name) => (name === 'new' ? { name, resourceCount: 0 } : { name, lastUpdate: '2026-05-04T03:02:01.000Z', resourceCount: 7 }))));
  process.exit(0);
}
const stack = args[args.indexOf('--stack') + 1];
const note = (text) => appendFileSync('calls', text + '\\n');
note('begin ' + args.join(' '));
if (stack === 'locked') {
  console.error('error: the stack is currently locked by 1 lock(s).');
  process.exit(255);
}
const event = (value) => console.log(JSON.stringify({ sequence: 0, ...value }));
setTimeout(() => {
  note('end ' + stack);
  event({ diagnosticEvent: { severity: 'debug', message: 'not of interest' } });
  if (stack === 'bad') event({ diagnosticEvent: { severity: 'error', message: '1 mistake in the settings of bad:\\n  - kaapana:domain: is missing\\n' } });
  for (let index = 0; index < 150; index++) event({ resOutputsEvent: {} });
  event({ summaryEvent: { resourceChanges: ['new', 'trial'].includes(stack) ? { create: 40, same: 2 } : { same: 42 } } });
  process.exitCode = stack === 'bad' ? 255 : 0;
}, 200);
`;

/**
 * Runs `kaapana fleet` beside it; `environments` are the contents of the files. @param answer what is typed at a
 * terminal; without it there is none
 */
function fleet(
  name: string,
  args: readonly string[],
  environments: Readonly<Record<string, string>>,
  answer?: string,
): Result & { calls: string[] } {
  const folder = join(directory, name);
  mkdirSync(folder);
  for (const [environment, config] of Object.entries(environments))
    writeFileSync(join(folder, `Pulumi.${environment}.yaml`), `config:\n  kaapana:domain: a.org\n${config}`);
  writeFileSync(join(folder, 'pulumi'), PULUMI);
  chmodSync(join(folder, 'pulumi'), 0o755);
  const options = { cwd: folder, env: { ...process.env, PATH: `${folder}:/usr/bin:/bin` } };
  const result =
    answer === undefined
      ? kaapana(['fleet', ...args], options)
      : spawnSync('python3', ['-c', AT_TERMINAL, process.execPath, KAAPANA, 'fleet', ...args], {
          ...options,
          env: { ...options.env, PATH: `${folder}:${process.env['PATH']}` },
          input: answer,
          encoding: 'utf8',
        });
  return {
    ...result,
    calls: existsSync(join(folder, 'calls')) ? readFileSync(join(folder, 'calls'), 'utf8').trimEnd().split('\n') : [],
  };
}

/** The rows of the table, without their seconds. */
function rows({ stdout }: Result): string[] {
  const lines = stdout.trimEnd().split('\n');
  return lines
    .slice(lines.findIndex((line) => line.startsWith('ENVIRONMENT')) + 2)
    .map((line) => line.replace(/\s+\d+$/, '').replace(/\s{2,}/g, ' | '));
}

const ALL = { bad: '', clean: '', new: '', dev: '' };

test('a preview of all: one that fails stops no other, and the table tells', () => {
  const result = fleet('preview', ['preview'], ALL);
  expect(result).toMatchObject({ status: 1, stderr: '' });
  expect(rows(result)).toEqual(['bad | failed | -', 'clean | done | none', 'new | done | 40 create']);
  expect(result.stdout).toContain('dev: has no stack where pulumi is logged in, and is left out\n');
  expect(result.stdout).toContain('bad:   1 mistake in the settings of bad:\nbad:     - kaapana:domain: is missing\n');
  expect(result.stdout).toContain('new: 100 steps\n');
  expect(result.stdout).not.toContain('not of interest');
  expect(result.calls).toContain('begin preview --stack new --json --non-interactive');
});

test.each([
  [1, 1],
  [2, 2],
  [9, 3],
])('with --parallel %i, at most %i run at once', (limit, most) => {
  const { calls } = fleet(`parallel-${limit}`, ['preview', '--parallel', String(limit)], ALL);
  let running = 0;
  const counts = calls.map((call) => (running += call.startsWith('begin') ? 1 : -1));
  expect(calls).toHaveLength(6);
  expect(Math.max(...counts)).toBeLessThanOrEqual(most);
  expect(running).toBe(0);
});

test('an update of some with --yes takes no questions, and leaves the others alone', () => {
  const result = fleet('up', ['up', '--yes', '--env', 'new, clean'], ALL);
  expect(result).toMatchObject({ status: 0, stderr: '' });
  expect(rows(result)).toEqual(['new | done | 40 create', 'clean | done | none']);
  expect(result.calls.filter((call) => call.startsWith('begin')).sort()).toEqual([
    'begin up --stack clean --yes --skip-preview --json --non-interactive',
    'begin up --stack new --yes --skip-preview --json --non-interactive',
  ]);
});

describe('an update at a terminal', () => {
  const test = pythonTest('questions at a terminal');
  const begun = (calls: readonly string[], action: string): string[] =>
    calls.flatMap((call) => new RegExp(`^begin ${action} --stack (\\S+)`).exec(call)?.[1] ?? []).sort();

  test('shows what changes in each, asks, and updates those that change', () => {
    const { status, stdout, calls } = fleet('asked', ['up', '--env', 'new,clean'], ALL, 'y\n');
    expect(status).toBe(0);
    expect(stdout.replace(/\r|\x1b\[\d*[A-Z]/g, '')).toMatch(
      /^ENVIRONMENT +RESULT +CHANGES +SECONDS\n.*\nnew +done +40 create +\d+\nclean +done +none +\d+\nUpdate new\? \[y\/N\] /m,
    );
    expect(begun(calls, 'preview')).toEqual(['clean', 'new']);
    expect(begun(calls, 'up')).toEqual(['new']);
    expect(calls.findIndex((call) => call.startsWith('begin up'))).toBeGreaterThan(calls.indexOf('end clean'));
  });

  test.each([
    ['no', 'n\n'],
    ['nothing', '\n'],
    ['ctrl-d', '\u0004'],
    ['ctrl-c', '\u0003'],
  ])('changes nothing when the answer is %s', (name, answer) => {
    const { status, stdout, calls } = fleet(`asked-${name}`, ['up', '--env', 'new'], ALL, answer);
    expect(status).toBe(1);
    expect(stdout).toMatch(/nothing was changed\s*$/);
    expect(begun(calls, 'up')).toEqual([]);
  });

  test('leaves out what fails its preview, and instances on the server of such a one', () => {
    const { status, stdout, calls } = fleet(
      'asked-failed',
      ['up', '--env', 'bad,new,trial'],
      { ...ALL, bad: '', trial: '  kaapana:serverStack: bad\n' },
      'yes\n',
    );
    expect(status).toBe(1);
    expect(stdout).toContain('bad: is left out: its preview failed');
    expect(begun(calls, 'up')).toEqual(['new']);
  });

  test('asks nothing where nothing changes', () => {
    const { status, stdout, calls } = fleet('asked-without-changes', ['up', '--env', 'clean'], ALL, '');
    expect(status).toBe(0);
    expect(stdout).toMatch(/nothing to change\s*$/);
    expect(begun(calls, 'up')).toEqual([]);
  });
});

test('an update without a terminal is refused before anything runs, unless --yes allows it', () => {
  const { status, stdout, stderr, calls } = fleet('no-terminal', ['up', '--env', 'new,clean'], ALL);
  expect({ status, stdout, calls }).toEqual({ status: 1, stdout: '', calls: [] });
  expect(stderr).toBe(
    'nothing was changed: fleet up asks before it changes new, clean, and there is no terminal to ask at. --yes updates without a question; fleet preview shows what changes\n',
  );
});

test('the lock of an update that was killed is told with the command that removes it', () => {
  const { status, stdout } = fleet('locked', ['up', '--yes', '--env', 'locked'], { locked: '' });
  expect(status).toBe(1);
  expect(stdout).toContain('locked:   error: the stack is currently locked by 1 lock(s).');
  expect(stdout).toContain(
    'locked: if no update of it runs any more, as when one was killed: pulumi cancel --stack locked removes its lock, and nothing else\n',
  );
});

test('an instance is updated after its server', () => {
  const { status, calls } = fleet('order', ['up', '--yes', '--env', 'trial,new,clean'], {
    ...ALL,
    trial: '  kaapana:serverStack: new\n',
  });
  expect(status).toBe(0);
  expect(calls.findIndex((call) => call.startsWith('begin up --stack trial'))).toBeGreaterThan(
    calls.indexOf('end new'),
  );
});

test('an instance of a server that fails is left out', () => {
  const result = fleet('order-failed', ['up', '--yes'], { ...ALL, trial: '  kaapana:serverStack: bad\n' });
  expect(result.status).toBe(1);
  expect(rows(result)).toEqual([
    'bad | failed | -',
    'clean | done | none',
    'new | done | 40 create',
    'trial | left out | -',
  ]);
  expect(result.stdout).toContain("trial: is left out: its server's environment, bad, was not updated\n");
  expect(result.calls.filter((call) => call.includes('trial'))).toEqual([]);
});

test.each([
  ['clean', 0],
  ['clean,new', 2],
  ['clean,new,bad', 1],
])('the status of %s ends with the exit code %i', (env, code) => {
  const result = fleet(`status-${env}`, ['status', '--env', env], ALL);
  expect(result.status).toBe(code);
  const expected = {
    clean: 'clean | 2026-05-04 03:02 UTC | compared | none',
    new: 'new | nothing is deployed | compared | 40 create',
    bad: 'bad | 2026-05-04 03:02 UTC | failed | -',
  };
  expect(rows(result)).toEqual(env.split(',').map((name) => expected[name as keyof typeof expected]));
  expect(result.calls.filter((call) => call.startsWith('begin up'))).toEqual([]);
});

test.each([
  [
    'unknown',
    ['preview', '--env', 'clean,nope,dev'],
    ALL,
    /^no environment with a file and a stack: nope, dev\. "kaapana init <name>" makes both\n$/,
  ],
  ['none', ['status'], { dev: '' }, /^no environment here has a file and a stack/],
  ['no number', ['up', '--parallel', '0'], ALL, /It is a number from 1 to 999/],
])('%s is refused before anything runs', (what, args, environments, message) => {
  const { status, stderr, calls } = fleet(`refused-${what}`, args, environments);
  expect(status).toBe(1);
  expect(stderr).toMatch(message);
  expect(calls).toEqual([]);
});

test('without pulumi, a sentence says how to get it', () => {
  const { status, stderr } = kaapana(['fleet', 'status'], {
    cwd: directory,
    env: { PATH: '/nowhere', KAAPANA_CACHE: '/nowhere' },
  });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^pulumi cannot be started .*npm run pulumi/);
});
