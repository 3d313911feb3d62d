import { setTimeout as sleep } from 'node:timers/promises';
import { loadEnvironment } from '../../src/environment/load';
import { routeTable } from '../../src/report/routes';
import { allRun } from './checks/pods';
import { CONNECTING } from './mutations/connecting';
import { awaitRollout, restart, type Undo } from './mutations/edit';
import { ENTERING } from './mutations/entering';
import { Judges } from './mutations/judges';
import { KEEPING } from './mutations/keeping';
import { RUNNING } from './mutations/running';
import { Gate } from './support/gate';
import { until } from './support/until';
import { visitors } from './support/visitors';
import { worlds } from './support/worlds';

const gate = new Gate();
const MUTATIONS = [...RUNNING, ...CONNECTING, ...ENTERING, ...KEEPING];

/** What policies, routes and mounted files take until they are in force. */
const IN_FORCE_MS = 60_000;

/** What a healthy program takes until it is ready. */
const START_MS = 25_000;

let judges: Judges;

beforeAll(async () => {
  const routes = routeTable(loadEnvironment(gate.first.file).graph);
  judges = new Judges(gate, worlds(gate.site), routes, await visitors(gate));
});

test('there are many mutations, of different names', () => {
  expect(new Set(MUTATIONS.map(({ name }) => name)).size).toBe(MUTATIONS.length);
  expect(MUTATIONS.length).toBeGreaterThanOrEqual(25);
});

describe('programs that do not run', () => {
  const undos: Undo[] = [];

  // Each is about another program, so that they wait together.
  beforeAll(async () => {
    for (const { make } of RUNNING) undos.push(await make(gate));
    await sleep(START_MS);
  });

  afterAll(async () => {
    for (const undo of undos) await undo();
    expect(await allRun()).toEqual([]);
  });

  test.each(RUNNING)('the gate notices: $name', async ({ judge, says }) => {
    const findings = await until(() => judge(judges), matching(says), IN_FORCE_MS);
    expect(findings).toContainEqual(expect.stringMatching(says));
  });
});

test.each([...CONNECTING, ...ENTERING, ...KEEPING])('the gate notices: $name', async (mutation) => {
  const { make, judge, says, restarts = [] } = mutation;
  const undo = await make(gate);
  try {
    renew(restarts);
    const findings = await until(() => judge(judges), matching(says), IN_FORCE_MS);
    expect(findings).toContainEqual(expect.stringMatching(says));
  } finally {
    await undo();
    renew(restarts);
  }
  expect(await allRun()).toEqual([]);
  expect(await until(() => judge(judges), isEmpty, IN_FORCE_MS)).toEqual([]);
});

const isEmpty = (findings: readonly string[]): boolean => findings.length === 0;

const matching =
  (says: RegExp) =>
  (findings: readonly string[]): boolean =>
    findings.some((finding) => says.test(finding));

/** Has pods read what was changed, and waits until the new ones are ready. */
function renew(deployments: readonly string[]): void {
  for (const place of deployments) restart(place);
  for (const place of deployments) awaitRollout(place);
}
