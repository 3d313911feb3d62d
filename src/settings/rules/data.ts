import { compareQuantities } from '../../../constructs/kube/quantity';
import { InstanceScope } from '../../scope';
import { MEMORY_KEYS, memoryPlan } from '../derived';
import { howToRemove, howToSet, type Problem } from '../problems';
import type { RawSettings } from '../schema';
import { rule } from './rule';

/** Fast and slow data lie in one directory, or beside each other. */
export const directories = rule(['instanceUid', 'fastDataDir', 'slowDataDir'], (settings) => {
  const { fastDataDir, slowDataDir } = new InstanceScope(settings).directories(settings);
  const inner = slowDataDir.startsWith(`${fastDataDir}/`) ? 'slowDataDir' : fastDataDir.startsWith(`${slowDataDir}/`) ? 'fastDataDir' : undefined;
  return inner === undefined ? [] : [{
    key: inner,
    message: `lies in the ${inner === 'slowDataDir' ? 'fastDataDir' : 'slowDataDir'}: ${slowDataDir} and ${fastDataDir} overlap`,
    remedy: `Choose the same directory for both, or two beside each other: pulumi config set kaapana:${inner} <directory>`,
  }];
});

/** A storage provider has all that it needs, and nothing is set for another one. */
export const storage = rule(['enableNfs', 'storageProvider', 'nfs', 'storageClasses', 'volumeSlowData', 'mainNodeName'], (settings) => {
  const { enableNfs, storageProvider = enableNfs ? 'nfs' : 'hostpath', storageClasses } = settings;
  if (enableNfs && storageProvider !== 'nfs') {
    return [{ key: 'enableNfs', message: `is true, but storageProvider is ${storageProvider}`, remedy: howToSet('enableNfs', false) }];
  }
  const idle = storageClasses !== undefined && storageProvider !== 'class';
  return [
    ...NEEDS[storageProvider].filter(({ key }) => settings[key] === undefined).flatMap(({ problems }) => problems),
    ...(idle ? [{ key: 'storageClasses', message: `is of no use: storageProvider is ${storageProvider}`, remedy: `${howToRemove('storageClasses')}; or use them: pulumi config set kaapana:storageProvider class` }] : []),
  ];
});

interface Need {
  readonly key: 'nfs' | 'storageClasses' | 'volumeSlowData' | 'mainNodeName';
  readonly problems: readonly Problem[];
}

/** What each provider cannot do without. */
const NEEDS: Readonly<Record<NonNullable<RawSettings['storageProvider']>, readonly Need[]>> = {
  hostpath: [],
  nfs: [{ key: 'nfs', problems: [missing('nfs.server', 'NFS needs a server', 'nfs.example.org'), missing('nfs.path', 'NFS needs the path of an export', '/export/kaapana')] }],
  longhorn: [
    { key: 'volumeSlowData', problems: [missing('volumeSlowData', 'Longhorn needs the size of its volumes', '100Gi')] },
    { key: 'mainNodeName', problems: [missing('mainNodeName', 'Longhorn needs the node of its disks', 'kaapana-node')] },
  ],
  class: [
    { key: 'storageClasses', problems: [missing('storageClasses.fast', 'storageProvider class needs a storage class of the cluster', 'ceph-block')] },
    { key: 'volumeSlowData', problems: [missing('volumeSlowData', 'a storage class needs the size of its volumes', '100Gi')] },
  ],
};

/** The memory of the server is set, or each of the six values, and no request is more than its limit. */
export const memory = rule(['totalMemory', ...MEMORY_KEYS], (settings) => {
  const { totalMemory } = settings;
  const given = MEMORY_KEYS.filter((key) => settings[key] !== undefined);
  if (totalMemory === undefined && given.length === 0) return [missing('totalMemory', 'the memory of the server is split by it', '64Gi')];
  if (totalMemory === undefined && given.length < MEMORY_KEYS.length) {
    return MEMORY_KEYS.filter((key) => !given.includes(key)).map((key) => missing(key, 'without totalMemory all six memory values are needed', '13440Mi'));
  }
  if (totalMemory !== undefined && given.length > 0) {
    return given.map((key) => ({
      key,
      message: `"${settings[key]}" is set beside totalMemory, which it is derived from`,
      remedy: `${howToRemove(key)}; or set all six memory values and no totalMemory`,
    }));
  }
  if (totalMemory !== undefined && compareQuantities(totalMemory, '1Gi') < 0) {
    return [{ key: 'totalMemory', message: `"${totalMemory}" is less than any server has; without a unit it counts Mi`, remedy: howToSet('totalMemory', '64Gi') }];
  }
  return Object.entries(memoryPlan(settings)).flatMap(([name, { limit, request }]) => (compareQuantities(request, limit) > 0
    ? [{ key: `${name}MemoryRequest`, message: `"${request}" is more than the limit of ${limit}`, remedy: howToSet(`${name}MemoryRequest`, limit) }] : []));
});

function missing(key: string, why: string, example: string): Problem {
  return { key, message: `is missing: ${why}`, remedy: howToSet(key, example) };
}
