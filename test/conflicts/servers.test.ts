import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { byServer, resolveHere, withoutLinks } from '../../src/conflicts/servers';
import { settings } from '../settings/support';
import type { Keys } from './support';

function groups(given: Readonly<Record<string, Keys>>): string[][] {
  return byServer(Object.entries(given).map(([environment, keys]) => ({ environment, settings: settings(keys) }))).map(
    (group) => group.map(({ environment }) => environment),
  );
}

const GUEST = { serverStack: 'prod', instanceUid: 'site2' };

test('a further instance is on the server of the environment that it names, whatever its kubeconfig', () => {
  expect(
    groups({ prod: { kubeconfig: '/a' }, other: { kubeconfig: '/b' }, site2: { ...GUEST, kubeconfig: '/b' } }),
  ).toEqual([['prod', 'site2'], ['other']]);
});

test('the same kubeconfig and context are the same server; none is the same as none', () => {
  expect(
    groups({
      a: { kubeconfig: '/a' },
      b: { kubeconfig: '/a' },
      c: { kubeconfig: '/a', kubeContext: 'x' },
      d: {},
      e: {},
    }),
  ).toEqual([['a', 'b'], ['c'], ['d', 'e']]);
});

test('the embedded server is no other', () => {
  expect(groups({ dev: { distribution: 'embedded' }, prod: {} })).toEqual([['dev'], ['prod']]);
});

describe('links', () => {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'kaapana-links-')));
  afterAll(() => rmSync(directory, { recursive: true }));

  test('are followed, also where the end of the path is not there yet', () => {
    mkdirSync(join(directory, 'data'));
    symlinkSync(join(directory, 'data'), join(directory, 'link'));
    expect(withoutLinks(join(directory, 'link'))).toBe(join(directory, 'data'));
    expect(withoutLinks(join(directory, 'link', 'fast', 'minio'))).toBe(join(directory, 'data', 'fast', 'minio'));
  });

  test('are looked at on the server alone', () => {
    expect(resolveHere([{ environment: 'prod', settings: settings({ serverIp: '192.0.2.77' }) }])).toBeUndefined();
    expect(resolveHere([{ environment: 'dev', settings: settings({ serverIp: '127.0.0.1' }) }])).toBe(withoutLinks);
  });
});
