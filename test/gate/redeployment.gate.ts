import { NODE_PROGRAMS } from '../../tools/node/services';
import { ensureToolchain } from '../../tools/toolchain';
import { lostMarkers, writeMarkers } from './checks/disk';
import { allRun, podFindings } from './checks/pods';
import { Accounts } from './support/accounts';
import { Gate } from './support/gate';

const gate = new Gate();
const MARK = `gate ${Date.now()}`;
let files: string[] = [];

/** What pods may take until all run again. */
const PATIENCE_MS = 300_000;

test('each program writes to its claims, under the promised paths', async () => {
  const written = await writeMarkers(gate, MARK);
  ({ files } = written);
  expect(written.findings).toEqual([]);
  expect(files.length).toBeGreaterThan(40);
});

test('production mode takes no weak password', async () => {
  await expect(makeWeakAccount()).rejects.toThrow(/400/);
});

test('a restart of the node loses nothing, and all comes up again', async () => {
  await gate.node.stop();
  await gate.node.start(await ensureToolchain(NODE_PROGRAMS));
  expect(await lostMarkers(gate, files, MARK)).toEqual([]);
  expect(await allRun(PATIENCE_MS)).toEqual([]);
});

test('an instance that is destroyed finds its data when it is deployed again', async () => {
  await gate.second.destroy();
  expect(await lostMarkers(gate, files, MARK)).toEqual([]);
  await gate.second.up();
  expect(podFindings()).toEqual([]);
  expect(await lostMarkers(gate, files, MARK)).toEqual([]);
});

test('production mode becomes dev mode in place', async () => {
  gate.first.set({ devMode: true });
  await gate.first.up();
  expect(podFindings()).toEqual([]);
  expect((await writeMarkers(gate, `${MARK} again`)).findings).toEqual([]);
});

test('dev mode takes a weak password', async () => {
  await makeWeakAccount();
});

async function makeWeakAccount(): Promise<void> {
  const accounts = await Accounts.open(gate.enter);
  await accounts.create({ username: 'wanda', password: 'weak' }, 'kaapana_user');
}
