import { setTimeout as sleep } from 'node:timers/promises';
import { allRun } from './checks/pods';
import { awaitRollout, restart, type Undo } from './mutations/edit';
import { Judges } from './mutations/judges';
import type { Mutation } from './mutations/mutation';
import { WAVES } from './mutations/waves';
import { Gate } from './support/gate';
import { expectReport } from './support/report';
import { until } from './support/until';

const gate = new Gate();
const judges = new Judges(gate);

/** What policies, routes and mounted files take until they are in force. */
const IN_FORCE_MS = 60_000;

const names = WAVES.flatMap(({ mutations }) => mutations.map(({ name }) => name));
const noticed: string[] = [];

test('there are many mutations, of different names', () => {
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(25);
});

describe.each(WAVES)('$name', ({ mutations, settle = 0 }) => {
  const undos: Undo[] = [];
  const restarts = [...new Set(mutations.flatMap(({ restarts: read = [] }) => read))];
  const found = new Map<Mutation, readonly string[]>();

  beforeAll(async () => {
    await judges.renewVisitors();
    for (const { make } of mutations) undos.push(await make(gate));
    renew(restarts);
    await sleep(settle);
    await judgeAll((mutation, findings) => findings.some((finding) => mutation.says.test(finding)));
  });

  afterAll(undoAll);

  // Also where something before failed: the waves that follow find all as it was.
  async function undoAll(): Promise<void> {
    for (let undo = undos.pop(); undo !== undefined; undo = undos.pop()) await undo();
  }

  /** Has each judge look until it says what is `right`, a minute at most; all at a time, as most of it is waiting. */
  async function judgeAll(right: (mutation: Mutation, findings: readonly string[]) => boolean): Promise<void> {
    await Promise.all(
      mutations.map(async (mutation) => {
        const look = (): Promise<string[]> => mutation.judge(judges).catch((error: Error) => [error.message]);
        found.set(mutation, await until(look, (findings) => right(mutation, findings), IN_FORCE_MS));
      }),
    );
  }

  test.each(mutations)('the gate notices: $name', (mutation) => {
    expect(found.get(mutation)).toContainEqual(expect.stringMatching(mutation.says));
    noticed.push(mutation.name);
  });

  test('it finds nothing once all is as before', async () => {
    await undoAll();
    renew(restarts);
    expect(await allRun()).toEqual([]);
    await judges.renewVisitors();
    await judgeAll((_, findings) => findings.length === 0);
    expect([...found.values()].flat()).toEqual([]);
  });
});

test('each of them was noticed', () => {
  expect(noticed).toEqual(names);
  const list = names.map((name) => `- ${name}\n`);
  expectReport(
    'Breaks that are noticed',
    `${names.length}, each with a sentence that says what it is:\n\n${list.join('')}`,
  );
});

/** Has pods read what was changed, and waits until the new ones are ready. */
function renew(deployments: readonly string[]): void {
  for (const place of deployments) restart(place);
  for (const place of deployments) awaitRollout(place);
}
