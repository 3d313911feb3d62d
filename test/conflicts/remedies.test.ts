import type { ClaimKind } from '../../src/claims/claim';
import type { OwnedClaim } from '../../src/conflicts/conflict';
import { claimConflicts, conflicts } from '../../src/conflicts/conflicts';
import { example } from '../../src/conflicts/examples';
import { inOrder, remediesFor } from '../../src/conflicts/remedies';
import { howToMend } from '../../src/environment/file';
import type { Change } from '../../src/findings/facts/conflicts';
import type { HowTo } from '../../src/findings/how-to';
import { GUEST, type Keys, tenants, THIRD, told } from './support';

type Environments = Readonly<Record<string, Keys>>;

const COMMAND = /pulumi config (set|rm) --stack (\w+) (?:--path )?'?kaapana:([\w.[\]]+)'?(?: ([^\s;]+))?/g;
const EDK: Keys = { extensions: [{ name: 'edk' }] };
const DESKTOP: Keys = {
  extensions: [{ name: 'mitk-workbench-chart', as: 'a', parameters: { service_type: 'NodePort' } }],
};

/** `keys` after `pulumi config` set or removed what is at `path`. */
function configured(keys: Keys, verb: string, path: string, value: string | undefined): Keys {
  const copy = structuredClone(keys) as Record<string, unknown>;
  const parts = path.split(/[.[\]]+/).filter((part) => part !== '');
  const last = parts.pop() ?? '';
  const parent = parts.reduce((around, part) => around[part] as Record<string, unknown>, copy);
  if (verb === 'set') parent[last] = value;
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else Reflect.deleteProperty(parent, last);
  return copy;
}

/**
 * What is left of the conflicts when the first remedy of the first one is followed, and again, for as long as that may
 * take.
 */
function followed(given: Environments): { readonly steps: string[]; readonly left: number } {
  const steps: string[] = [];
  let environments = given;
  for (let step = 0; step < 12; step++) {
    const [first] = told(conflicts(tenants(environments)));
    if (!first) return { steps, left: 0 };
    const [remedy = ''] = first.remedy.split(';');
    for (const [, verb = '', stack = '', path = '', value] of remedy.matchAll(COMMAND)) {
      expect(remedy).toMatch(`In ${stack}: `);
      steps.push(`${stack} ${path}${value === undefined ? '' : ` ${value}`}`);
      environments = { ...environments, [stack]: configured(environments[stack] ?? {}, verb, path, value) };
    }
  }
  return { steps, left: conflicts(tenants(environments)).length };
}

describe('remedies that are followed, one after the other, lead to peace', () => {
  test.each<[string, Environments, string[]]>([
    [
      'an address, of which the port is another',
      {
        prod: { totalMemory: '256Gi' },
        site2: GUEST,
        site3: { ...THIRD, domain: 'site2.example.org', httpsPort: 8443 },
      },
      ['site3 httpsPort 8444'],
    ],
    [
      'a name that is the usual example',
      {
        prod: { totalMemory: '256Gi' },
        site2: { ...GUEST, instanceUid: 'kaapana2' },
        site3: { ...THIRD, instanceUid: 'kaapana2' },
      },
      ['site3 instanceUid kaapana3'],
    ],
    [
      'a directory that is the usual example',
      {
        prod: { fastDataDir: '/home/kaapana2-kaapana2', slowDataDir: '/home/kaapana2-kaapana2' },
        site2: { ...GUEST, instanceUid: 'kaapana2', fastDataDir: '/home/kaapana2', slowDataDir: '/home/kaapana2' },
      },
      ['site2 fastDataDir /home/kaapana3', 'site2 slowDataDir /home/kaapana4'],
    ],
    [
      'a namespace that is the usual example',
      { prod: { servicesNamespace: 'kaapana2-services' }, site2: { ...GUEST, instanceUid: 'kaapana2' } },
      ['site2 servicesNamespace kaapana3', 'prod servicesNamespace kaapana4'],
    ],
    [
      'two that own the server',
      { prod: {}, site2: { httpPort: 0, httpsPort: 8443, dicomPort: 11113 } },
      ['site2 serverStack prod', 'site2 instanceUid kaapana2'],
    ],
    ['extensions of fixed ports and objects', { prod: EDK, site2: { ...GUEST, ...EDK } }, ['site2 extensions[0]']],
    [
      'an extension that can do without its port',
      { prod: DESKTOP, site2: { ...GUEST, ...DESKTOP } },
      ['site2 extensions[0].parameters.service_type ClusterIP'],
    ],
    [
      'the size of the server',
      { prod: { totalMemory: '32Gi' }, site2: { ...GUEST, totalMemory: '64Gi' } },
      ['prod totalMemory 45Gi'],
    ],
    [
      'the distribution of the server',
      { prod: { distribution: 'kubeadm' }, site2: { ...GUEST, distribution: 'k3s' } },
      ['site2 distribution kubeadm'],
    ],
  ])('%s', (_, given, steps) => {
    expect(followed(given)).toEqual({ steps, left: 0 });
  });
});

function held(kind: ClaimKind, value: string, more: Partial<OwnedClaim> = {}): OwnedClaim {
  return { kind, value, by: {}, environment: 'prod', ...more };
}

describe("an example is nobody's yet", () => {
  test.each<[string, string, string, OwnedClaim[], string | number]>([
    [
      'a port',
      'httpsPort',
      '443/TCP',
      [held('port', '443/TCP'), held('port', '8443/TCP'), held('port', '8444/TCP')],
      8445,
    ],
    ['a port beyond the last one', 'dicomPort', '65535/TCP', [held('port', '65535/TCP')], 1024],
    [
      'a directory',
      'fastDataDir',
      '/home/kaapana',
      [held('directory', '/home/kaapana2-site2/minio')],
      '/home/kaapana3',
    ],
    [
      "a directory where all of /home is somebody's",
      'fastDataDir',
      '/home/kaapana',
      [held('directory', '/home/')],
      '/data/kaapana2',
    ],
    [
      "a directory where all others are somebody's",
      'slowDataDir',
      '/home/kaapana',
      ['/home', '/data', '/srv'].map((path) => held('directory', path)),
      '/kaapana2',
    ],
    ['an export', 'nfs.path', 'nfs:/export/fast', [held('export', 'nfs:/export/kaapana2/fast')], '/export/kaapana3'],
    [
      "an export where the usual one is somebody's as a whole",
      'nfs.path',
      'nfs:/export/fast',
      [held('export', 'nfs:/export')],
      '/data/kaapana2',
    ],
    [
      'a domain',
      'domain',
      'https://a:443',
      [held('address', 'https://site2.example.org:8443/oauth2/callback')],
      'site3.example.org',
    ],
    ['a name', 'instanceUid', 'site2', [held('instance', 'kaapana2')], 'kaapana3'],
    [
      'a name that a namespace begins with',
      'instanceUid',
      'site2',
      [held('namespace', 'kaapana2-services')],
      'kaapana3',
    ],
    ['a namespace', 'servicesNamespace', 'services', [held('namespace', 'site2-kaapana2')], 'kaapana3'],
  ])('%s', (_, setting, value, taken, expected) => {
    expect(example(setting, value, taken)).toBe(expected);
  });
});

const PORT: Change = { kind: 'value', key: 'httpsPort' };
const ENTRY: Change = { kind: 'entry', key: 'extensions[0]', what: 'extension' };

test('who can take another value changes before who can only do without, and that one before who is none of ours', () => {
  const [set, entry, stranger] = [PORT, ENTRY, undefined].map((change) => held('port', '32000/TCP', { change }));
  if (!set || !entry || !stranger) throw new Error('there are three');
  expect(
    [
      [set, entry],
      [entry, set],
      [stranger, entry],
      [entry, stranger],
      [set, stranger],
      [entry, { ...entry }],
    ].map(([first = set, second = set]) => inOrder(first, second)[1].change?.key),
  ).toEqual(['httpsPort', 'httpsPort', 'extensions[0]', 'extensions[0]', 'httpsPort', 'extensions[0]']);
});

test('where the other is none of ours, this environment alone gives way', () => {
  const entry: Change = { kind: 'entry', key: 'thirdPartyExtensions[1]', what: 'extension' };
  expect(remediesFor(held('port', '32000/TCP', { change: entry }), [])).toEqual([
    { kind: 'remove', key: 'thirdPartyExtensions[1]', in: { environment: 'prod' } },
  ]);
  const key = 'extensions[1].parameters.service_type';
  const without: Change = { kind: 'switch', key, parameter: 'service_type', off: 'ClusterIP' };
  expect(remediesFor(held('port', '32000/TCP', { change: without }), [])).toEqual([
    { kind: 'set', key, example: 'ClusterIP', in: { environment: 'prod' } },
  ]);
  expect(remedyOf(entry)).toBe(
    "In prod: the extension can have no other, so remove it, e.g.: pulumi config rm --stack prod --path 'kaapana:thirdPartyExtensions[1]'",
  );
  expect(remedyOf(without)).toBe(
    "In prod: set service_type ClusterIP, e.g.: pulumi config set --stack prod --path 'kaapana:extensions[1].parameters.service_type' ClusterIP",
  );
});

test('a setting is called by the name that the file of its environment has for it', () => {
  const howTo = howToMend({ environment: 'prod', raw: { foreignExtensions: [{ as: 'a' }] } });
  const entry: Change = { kind: 'entry', key: 'thirdPartyExtensions[0]', what: 'extension' };
  expect(remedyOf(entry, howTo)).toBe(
    "In prod: the extension can have no other, so remove it, e.g.: pulumi config rm --stack prod --path 'kaapana:foreignExtensions[0]'",
  );
});

/** What is printed where a stranger has the port that `prod` gives up by `change`. */
function remedyOf(change: Change, howTo?: HowTo): string | undefined {
  const stranger = held('port', '32000/TCP', { environment: 'the environment trial' });
  return told(claimConflicts([stranger, held('port', '32000/TCP', { change, howTo })]))[0]?.remedy;
}
