import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { diagnostics, outcome, Stack } from '../../tools/stack';
import { folder, program } from './support';

const FAILED = `Updating (dev):
 +  kubernetes:core/v1:ConfigMap web creating (0s)
Diagnostics:
  pulumi:pulumi:Stack (kaapana-dev):
    error: update failed
Resources:
    2 unchanged
Duration: 1s`;

test('of a failure the part is shown that says what went wrong', () => {
  expect(diagnostics(FAILED)).toBe('\n  pulumi:pulumi:Stack (kaapana-dev):\n    error: update failed');
  expect(diagnostics('error: no stack')).toBe('error: no stack');
});

test('an update that changed nothing is told from one that did', () => {
  expect(outcome(FAILED)).toEqual({ changed: false, counts: '2 unchanged' });
  const changed = 'Resources:\n    + 3 created\n    ~ 1 updated\n    +-1 replaced\n    7 changes. 120 unchanged\n';
  expect(outcome(changed)).toEqual({ changed: true, counts: '3 created, 1 updated, 1 replaced, 120 unchanged' });
});

function lockedStack(pid: number, state = 'dev.json'): Stack {
  const dir = folder();
  for (const kind of ['stacks/kaapana', 'locks/organization/kaapana/dev']) {
    fs.mkdirSync(path.join(dir, '.pulumi', kind), { recursive: true });
  }
  fs.writeFileSync(path.join(dir, '.pulumi/stacks/kaapana', state), '{}');
  fs.writeFileSync(
    path.join(dir, '.pulumi/locks/organization/kaapana/dev/1.json'),
    JSON.stringify({ pid, hostname: os.hostname() }),
  );
  const pulumi = program(dir, 'pulumi', 'canceled');
  return new Stack({ name: 'dev', pulumi, env: process.env, stateDir: dir, project: dir, log: path.join(dir, 'log') });
}

test.each(['dev.json', 'dev.json.gz'])('the lock of a dead update is removed, beside %s', async (state) => {
  await expect(lockedStack(999_999_999, state).ensure()).resolves.toBe('found, lock of a dead update removed');
});

test('the lock of a living update is respected', async () => {
  await expect(lockedStack(process.pid).ensure()).rejects.toThrow(
    /^Another update of the stack dev is under way \(process \d+ on .*\): wait until it ends/,
  );
});
