import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conflicts } from '../../src/conflicts/conflicts';
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

describe('a server is known by its address and authority', () => {
  const directory = mkdtempSync(join(tmpdir(), 'kaapana-servers-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  /** A certificate that vouches for itself, as base64 of PEM. */
  function authority(name: string): string {
    const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', '/dev/null'];
    return execFileSync('openssl', ['req', '-x509', ...made, '-subj', `/CN=${name}`], { stdio: 'pipe' }).toString(
      'base64',
    );
  }

  function kubeconfig(file: string, server: string, ca?: string): string {
    const path = join(directory, file);
    const clusters = [{ name: 'c', cluster: { server, ...(ca && { 'certificate-authority-data': ca }) } }];
    const context = (name: string): object => ({ name, context: { cluster: 'c', user: name } });
    const config = { 'current-context': 'admin', contexts: [context('admin'), context('deployer')], clusters };
    writeFileSync(
      path,
      JSON.stringify({ ...config, users: ['admin', 'deployer'].map((name) => ({ name, user: {} })) }),
    );
    return path;
  }

  test('two contexts of one kubeconfig, and two files, are one server', () => {
    const one = kubeconfig('one', 'https://192.0.2.10:16443');
    expect(
      groups({
        a: { kubeconfig: one },
        b: { kubeconfig: one, kubeContext: 'deployer' },
        c: { kubeconfig: kubeconfig('two', 'https://192.0.2.10:16443/') },
        d: { kubeconfig: kubeconfig('three', 'https://192.0.2.11:16443') },
      }),
    ).toEqual([['a', 'b', 'c'], ['d']]);
  });

  test('443 is the port that need not be said', () => {
    expect(
      groups({
        a: { kubeconfig: kubeconfig('one', 'https://API.example.org') },
        b: { kubeconfig: kubeconfig('two', 'https://api.example.org:443') },
      }),
    ).toEqual([['a', 'b']]);
  });

  test('one address with two authorities is two servers, as behind tunnels', () => {
    const [first, second] = [authority('kubernetes'), authority('kubernetes')];
    expect(
      groups({
        a: { kubeconfig: kubeconfig('one', 'https://127.0.0.1:6443', first) },
        b: { kubeconfig: kubeconfig('two', 'https://127.0.0.1:6443', second) },
      }),
    ).toEqual([['a'], ['b']]);
  });

  test('an authority that is made for one cluster is one server by all of its addresses; a site’s own is not', () => {
    const [cluster, site] = [authority('k3s-server-ca@1700000000'), authority('Hospital CA')];
    const at = (host: string, ca: string): string => kubeconfig(`${host}${ca.length}`, `https://${host}:6443`, ca);
    expect(
      groups({ a: { kubeconfig: at('127.0.0.1', cluster) }, b: { kubeconfig: at('192.0.2.10', cluster) } }),
    ).toEqual([['a', 'b']]);
    expect(groups({ a: { kubeconfig: at('127.0.0.1', site) }, b: { kubeconfig: at('192.0.2.10', site) } })).toEqual([
      ['a'],
      ['b'],
    ]);
  });

  test('a further instance may use another context of its server', () => {
    const path = kubeconfig('one', 'https://192.0.2.10:16443');
    const tenants = [
      { environment: 'prod', settings: settings({ kubeconfig: path }) },
      { environment: 'site2', settings: settings({ ...GUEST, kubeconfig: path, kubeContext: 'deployer' }) },
    ];
    expect(conflicts(tenants).map(({ rule }) => rule)).not.toContain('different-cluster');
  });
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
