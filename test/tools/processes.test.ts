import { spawn } from 'node:child_process';
import * as path from 'node:path';
import { end, isAlive, recorded } from '../../tools/processes';
import { folder } from './support';

function start(marker: string, stubborn = false): Promise<number> {
  const script = `${stubborn ? "process.on('SIGTERM', () => {});" : ''} console.log('up'); setInterval(() => {}, 1000)`;
  const child = spawn(process.execPath, ['-e', script, marker], { stdio: ['ignore', 'pipe', 'ignore'] });
  return new Promise((resolve) => child.stdout.once('data', () => resolve(child.pid ?? 0)));
}

test('only processes that were started from the folder are taken for its own', async () => {
  const dir = folder();
  const pid = await start(path.join(dir, 'bin', 'etcd'));
  const pids = folder({
    'etcd.pid': String(pid),
    'reused.pid': String(process.pid),
    'gone.pid': '999999999',
    'torn.pid': '',
  });
  expect(await recorded(pids, dir)).toEqual(new Map([['etcd', pid]]));
  expect(await recorded(path.join(dir, 'none'), dir)).toEqual(new Map());
  await end([pid]);
  expect(isAlive(pid)).toBe(false);
});

test('a process that ignores the polite way is ended for good', async () => {
  const pid = await start('stubborn', true);
  await end([pid]);
  expect(isAlive(pid)).toBe(false);
});
