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

test('neither loses it when both instances are destroyed and deployed again, now in dev mode', async () => {
  await gate.second.destroy();
  await gate.first.destroy();
  expect(await lostMarkers(gate, files, MARK)).toEqual([]);
  gate.first.set({ devMode: true });
  await gate.first.up();
  await gate.second.up();
  expect(podFindings()).toEqual([]);
  expect(await lostMarkers(gate, files, MARK)).toEqual([]);
  expect((await writeMarkers(gate, `${MARK} again`)).findings).toEqual([]);
});

test('dev mode takes a weak password', async () => {
  await makeWeakAccount();
});

async function makeWeakAccount(): Promise<void> {
  const accounts = await Accounts.open(gate.enter);
  await accounts.create({ username: 'wanda', password: 'weak' }, 'kaapana_user');
}
