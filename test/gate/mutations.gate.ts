import { setTimeout as sleep } from 'node:timers/promises';
import { allRun } from './checks/pods';
import { awaitRollout, restart, type Undo } from './mutations/edit';
import { Judges } from './mutations/judges';
import { WAVES } from './mutations/waves';
import { Gate } from './support/gate';
import { until } from './support/until';

const gate = new Gate();
const judges = new Judges(gate);

/** What policies, routes and mounted files take until they are in force. */
const IN_FORCE_MS = 60_000;

test('there are many mutations, of different names', () => {
  const names = WAVES.flatMap(({ mutations }) => mutations.map(({ name }) => name));
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(25);
});

describe.each(WAVES)('$name', ({ mutations, settle = 0 }) => {
  const undos: Undo[] = [];
  const restarts = [...new Set(mutations.flatMap(({ restarts: read = [] }) => read))];

  beforeAll(async () => {
    await judges.renewVisitors();
    for (const { make } of mutations) undos.push(await make(gate));
    renew(restarts);
    await sleep(settle);
  });

  test.each(mutations)('the gate notices: $name', async ({ judge, says }) => {
    const findings = await until(
      () => judge(judges),
      (all) => all.some((finding) => says.test(finding)),
      IN_FORCE_MS,
    );
    expect(findings).toContainEqual(expect.stringMatching(says));
  });

  test('it finds nothing once all is as before', async () => {
    for (const undo of undos.reverse()) await undo();
    renew(restarts);
    expect(await allRun()).toEqual([]);
    await judges.renewVisitors();
    for (const { judge } of mutations) {
      expect(await until(() => judge(judges), isEmpty, IN_FORCE_MS)).toEqual([]);
    }
  });
});

const isEmpty = (findings: readonly string[]): boolean => findings.length === 0;

/** Has pods read what was changed, and waits until the new ones are ready. */
function renew(deployments: readonly string[]): void {
  for (const place of deployments) restart(place);
  for (const place of deployments) awaitRollout(place);
}
