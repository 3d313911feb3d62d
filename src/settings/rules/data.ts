import { compareQuantities } from '../../../constructs/kube/quantity';
import { InstanceScope } from '../instance-scope';
import { MEMORY_KEYS, memoryPlan } from '../derived';
import type { HowTo } from '../../findings/how-to';
import type { Problem } from '../problems';
import type { RawSettings } from '../schema';
import { rule } from './rule';

/** Fast and slow data lie in one directory, or beside each other. */
export const directories = rule(['instanceUid', 'fastDataDir', 'slowDataDir'], (settings, { howTo }) => {
  const { fastDataDir, slowDataDir } = new InstanceScope(settings).directories(settings);
  const inner = slowDataDir.startsWith(`${fastDataDir}/`)
    ? 'slowDataDir'
    : fastDataDir.startsWith(`${slowDataDir}/`)
      ? 'fastDataDir'
      : undefined;
  const outer = inner === 'slowDataDir' ? 'fastDataDir' : 'slowDataDir';
  return inner === undefined
    ? []
    : [
        {
          key: inner,
          message: `lies in the ${outer}: ${slowDataDir} and ${fastDataDir} overlap`,
          remedy: `Choose two directories beside each other, or the same one for both: ${howTo.setting(inner, settings[outer])}`,
        },
      ];
});

/** A storage provider has all that it needs, and nothing is set for another one. */
export const storage = rule(
  ['enableNfs', 'storageProvider', 'nfs', 'storageClasses', 'volumeSlowData', 'mainNodeName'],
  (settings, { howTo }) => {
    const { enableNfs, storageProvider = enableNfs ? 'nfs' : 'hostpath' } = settings;
    if (enableNfs && storageProvider !== 'nfs') {
      return [
        {
          key: 'enableNfs',
          message: `is true, but storageProvider is ${storageProvider}`,
          remedy: howTo.set('enableNfs', false),
        },
      ];
    }
    const idle = OWN_GROUPS.filter(({ key, provider }) => settings[key] !== undefined && storageProvider !== provider);
    return [
      ...NEEDS[storageProvider]
        .filter(({ key }) => settings[key] === undefined)
        .flatMap(({ missing: keys }) => keys.map(([key, why, example]) => missing(key, why, example, howTo))),
      ...idle.map(({ key, provider }) => ({
        key,
        message: `is of no use: storageProvider is ${storageProvider}`,
        remedy: `${howTo.remove(key)}; or let volumes lie there: ${howTo.setting('storageProvider', provider)}`,
      })),
    ];
  },
);

/** Groups of settings that one provider alone reads: with another one, data would lie elsewhere than who set them believes. */
const OWN_GROUPS = [
  { key: 'nfs', provider: 'nfs' },
  { key: 'storageClasses', provider: 'class' },
] as const;

interface Need {
  readonly key: 'nfs' | 'storageClasses' | 'volumeSlowData' | 'mainNodeName';

  /** What is missing without it: each key, why, and an example. */
  readonly missing: readonly (readonly [key: string, why: string, example: string])[];
}

/** What each provider cannot do without. */
const NEEDS: Readonly<Record<NonNullable<RawSettings['storageProvider']>, readonly Need[]>> = {
  hostpath: [],
  nfs: [
    {
      key: 'nfs',
      missing: [
        ['nfs.server', 'NFS needs a server', 'nfs.example.org'],
        ['nfs.path', 'NFS needs the path of an export', '/export/kaapana'],
      ],
    },
  ],
  longhorn: [
    { key: 'volumeSlowData', missing: [['volumeSlowData', 'Longhorn needs the size of its volumes', '100Gi']] },
    { key: 'mainNodeName', missing: [['mainNodeName', 'Longhorn needs the node of its disks', 'kaapana-node']] },
  ],
  class: [
    {
      key: 'storageClasses',
      missing: [['storageClasses.fast', 'storageProvider class needs a storage class of the cluster', 'ceph-block']],
    },
    { key: 'volumeSlowData', missing: [['volumeSlowData', 'a storage class needs the size of its volumes', '100Gi']] },
  ],
};

/** The memory of the server is set, or each of the six values, and no request is more than its limit. */
export const memory = rule(['totalMemory', ...MEMORY_KEYS], (settings, { howTo }) => {
  const { totalMemory } = settings;
  const given = MEMORY_KEYS.filter((key) => settings[key] !== undefined);
  if (totalMemory === undefined && given.length === 0)
    return [missing('totalMemory', 'the memory of the server is split by it', '64Gi', howTo)];
  if (totalMemory === undefined && given.length < MEMORY_KEYS.length) {
    return MEMORY_KEYS.filter((key) => !given.includes(key)).map((key) =>
      missing(key, 'without totalMemory all six memory values are needed', '13440Mi', howTo),
    );
  }
  if (totalMemory !== undefined && given.length > 0) {
    return given.map((key) => ({
      key,
      message: `"${settings[key]}" is set beside totalMemory, which it is derived from`,
      remedy: `${howTo.remove(key)}; or set all six memory values and no totalMemory`,
    }));
  }
  if (totalMemory !== undefined && compareQuantities(totalMemory, '1Gi') < 0) {
    return [
      {
        key: 'totalMemory',
        message: `"${totalMemory}" is less than any server has; without a unit it counts Mi`,
        remedy: howTo.set('totalMemory', '64Gi'),
      },
    ];
  }
  return Object.entries(memoryPlan(settings)).flatMap(([name, { limit, request }]) =>
    compareQuantities(request, limit) > 0
      ? [
          {
            key: `${name}MemoryRequest`,
            message: `"${request}" is more than the limit of ${limit}`,
            remedy: howTo.set(`${name}MemoryRequest`, limit),
          },
        ]
      : [],
  );
});

function missing(key: string, why: string, example: string, howTo: HowTo): Problem {
  return { key, message: `is missing: ${why}`, remedy: howTo.set(key, example) };
}
