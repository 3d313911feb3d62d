import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { run, type RunResult } from '../../tools/run';
import { Stack } from '../../tools/stack';
import { deployed, kindsOf } from './support/inventory';
import { list } from './support/kubectl';
import { SETTINGS, TestStack } from './support/test-stack';

/**
 * Updates whose processes are killed, as by a power cut. Our scripts write the state at the end of an update alone
 * (PULUMI_SKIP_CHECKPOINTS), so nothing of what a killed one did is in it.
 */

jest.setTimeout(400_000);

let stack: TestStack;
let kinds: string;
let wanted: number;

beforeAll(async () => {
  stack = await TestStack.create('killed');
  // The definitions of other kinds go with everything else.
  const rendered = (await stack.rendered()).filter(({ apiVersion }) => !apiVersion.startsWith('traefik.io/'));
  kinds = kindsOf(rendered);
  wanted = rendered.length;
});

afterAll(() => stack.destroy());

/** What is there, by identity. */
function uids(): Map<string, string> {
  const alive = [...deployed(stack.name, kinds)].filter(([, { metadata }]) => metadata.deletionTimestamp === undefined);
  return new Map(alive.map(([id, { metadata }]) => [id, metadata.uid]));
}

/** Runs Pulumi and kills all of it once `enough` is true, then removes the lock. */
async function killed(args: readonly string[], enough: () => boolean, unlock = cancel): Promise<void> {
  const update = stack.start(args);
  while (!enough()) {
    if (update.ended()) throw new Error(`pulumi ${args.join(' ')} ended before it could be killed`);
    await sleep(300);
  }
  await update.kill();
  const { code, output } = await fleetUp();
  expect(code).toBe(1);
  expect(output).toMatch(
    /the stack is currently locked by 1 lock\(s\)[^]*killed: if no update of it runs any more, as when one was killed: pulumi cancel --stack killed removes its lock/,
  );
  await unlock();
}

function cancel(): Promise<unknown> {
  return stack.demand(['cancel', '--yes', '--stack', 'killed']);
}

/** As `npm start` goes on. */
async function startAgain(): Promise<void> {
  const { name, stateDir, file } = stack;
  const env = { ...process.env, PULUMI_BACKEND_URL: `file://${stateDir}` };
  const again = new Stack({
    name,
    stateDir,
    env,
    pulumi: 'pulumi',
    project: path.dirname(file),
    log: path.join(stateDir, 'log'),
  });
  expect(await again.ensure()).toBe('found, lock of a dead update removed');
}

/** As an operator of many environments goes on. */
function fleetUp(): Promise<RunResult> {
  const env = { ...process.env, PULUMI_BACKEND_URL: `file://${stack.stateDir}` };
  return run(process.execPath, [path.resolve('bin/kaapana.cjs'), 'fleet', 'up', '--yes', '--env', 'killed'], {
    cwd: path.dirname(stack.file),
    env,
  });
}

test('one that is killed while it creates goes on where it stopped', async () => {
  await killed(
    ['up', '--yes', '--skip-preview', '--suppress-progress'],
    () => list('configmaps,services,deployments.apps').length > 40,
  );
  const before = uids();
  expect(before.size).toBeGreaterThan(40);
  expect(before.size).toBeLessThan(wanted);

  await stack.up();
  const after = uids();
  expect(after.size).toBe(wanted);
  expect([...before].filter(([id, uid]) => after.get(id) !== uid)).toEqual([]);
  await stack.demand(['preview', '--expect-no-changes']);
});

test('one that is killed while it changes objects is finished by the next, which makes none anew', async () => {
  const before = uids();
  const changed = (): number =>
    list('deployments.apps').filter(({ spec }) => JSON.stringify(spec).includes(':0.6.1"')).length;
  stack.set({ ...SETTINGS, platformVersion: '0.6.1' });
  await killed(['up', '--yes', '--skip-preview', '--suppress-progress'], () => changed() > 3);

  await stack.up();
  const after = uids();
  expect(list('deployments.apps').filter(({ spec }) => JSON.stringify(spec).includes(':0.6.0"'))).toEqual([]);
  // A Job whose content changes is a new one.
  expect([...before].filter(([id, uid]) => after.get(id) !== uid && !id.startsWith('Job/'))).toEqual([]);
  await stack.demand(['preview', '--expect-no-changes']);
});

test('one that is killed while it removes everything leaves nothing behind that the next does not remove', async () => {
  await killed(
    ['destroy', '--yes', '--skip-preview', '--suppress-progress'],
    () => uids().size < wanted - 40,
    startAgain,
  );
  expect(uids().size).toBeGreaterThan(0);
  await stack.destroy();
  expect([...uids().keys()]).toEqual([]);
});
