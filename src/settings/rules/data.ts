import { compareQuantities } from '../../../constructs/kube/quantity';
import type { Need as Reason } from '../../findings/facts/settings';
import { MEMORY_KEYS, memoryPlan } from '../derived';
import { InstanceScope } from '../instance-scope';
import { type Mistake, mistake, remove, set } from '../problems';
import type { RawSettings } from '../schema';
import { rule } from './rule';

/** Fast and slow data lie in one directory, or beside each other. */
export const directories = rule(['instanceUid', 'fastDataDir', 'slowDataDir'], (settings) => {
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
        mistake(
          'nested-directories',
          inner,
          { outer, slow: slowDataDir, fast: fastDataDir },
          set(inner, settings[outer]),
        ),
      ];
});

/** A storage provider has all that it needs, and nothing is set for another one. */
export const storage = rule(
  ['enableNfs', 'storageProvider', 'nfs', 'storageClasses', 'volumeSlowData', 'mainNodeName'],
  (settings): Mistake[] => {
    const { enableNfs, storageProvider = enableNfs ? 'nfs' : 'hostpath' } = settings;
    if (enableNfs && storageProvider !== 'nfs')
      return [mistake('storage-contradicted', 'enableNfs', { storageProvider }, set('enableNfs', false))];
    const idle = OWN_GROUPS.filter(({ key, provider }) => settings[key] !== undefined && storageProvider !== provider);
    return [
      ...NEEDS[storageProvider]
        .filter(({ key }) => settings[key] === undefined)
        .flatMap(({ missing: keys }) => keys.map(([key, need, example]) => missing(key, need, example))),
      ...idle.map(({ key, provider }) =>
        mistake('storage-settings-unused', key, { storageProvider }, remove(key), set('storageProvider', provider)),
      ),
    ];
  },
);

/**
 * Groups of settings that one provider alone reads: with another one, data would lie elsewhere than who set them
 * believes.
 */
const OWN_GROUPS = [
  { key: 'nfs', provider: 'nfs' },
  { key: 'storageClasses', provider: 'class' },
] as const;

interface Need {
  readonly key: 'nfs' | 'storageClasses' | 'volumeSlowData' | 'mainNodeName';

  /** What is missing without it: each key, why, and an example. */
  readonly missing: readonly (readonly [key: string, why: Reason, example: string])[];
}

/** What each provider cannot do without. */
const NEEDS: Readonly<Record<NonNullable<RawSettings['storageProvider']>, readonly Need[]>> = {
  hostpath: [],
  nfs: [
    {
      key: 'nfs',
      missing: [
        ['nfs.server', 'nfs-server', 'nfs.example.org'],
        ['nfs.path', 'nfs-path', '/export/kaapana'],
      ],
    },
  ],
  longhorn: [
    { key: 'volumeSlowData', missing: [['volumeSlowData', 'longhorn-size', '100Gi']] },
    { key: 'mainNodeName', missing: [['mainNodeName', 'longhorn-node', 'kaapana-node']] },
  ],
  class: [
    {
      key: 'storageClasses',
      missing: [['storageClasses.fast', 'class', 'ceph-block']],
    },
    { key: 'volumeSlowData', missing: [['volumeSlowData', 'class-size', '100Gi']] },
  ],
};

/** The memory of the server is set, or each of the six values, and no request is more than its limit. */
export const memory = rule(['totalMemory', ...MEMORY_KEYS], (settings): Mistake[] => {
  const { totalMemory } = settings;
  const given = MEMORY_KEYS.filter((key) => settings[key] !== undefined);
  if (totalMemory === undefined && given.length === 0) return [missing('totalMemory', 'total-memory', '64Gi')];
  if (totalMemory === undefined && given.length < MEMORY_KEYS.length)
    return MEMORY_KEYS.filter((key) => !given.includes(key)).map((key) => missing(key, 'six-values', '13440Mi'));
  if (totalMemory !== undefined && given.length > 0)
    return given.map((key) => mistake('memory-twice', key, { value: settings[key] ?? '' }, remove(key)));
  if (totalMemory !== undefined && compareQuantities(totalMemory, '1Gi') < 0)
    return [mistake('little-memory', 'totalMemory', { value: totalMemory }, set('totalMemory', '64Gi'))];
  return Object.entries(memoryPlan(settings)).flatMap(([name, { limit, request }]) => {
    const key = `${name}MemoryRequest`;
    return compareQuantities(request, limit) > 0
      ? [mistake('request-over-limit', key, { request, limit }, set(key, limit))]
      : [];
  });
});

function missing(key: string, need: Reason, example: string): Mistake {
  return mistake('missing-setting', key, { need }, set(key, example));
}
