import { z } from 'zod';
import type { Install } from '../../constructs/extensions/install';
import type { QuantityText } from '../../constructs/kube';
import { FindingsError } from '../findings/error';
import { HowTo } from '../findings/how-to';
import { nameIn, withPresentNames } from './aliases';
import {
  type GpuSettings,
  gpuSettings,
  memoryPlan,
  type MemoryPlan,
  SLOW_VOLUME_SIZE,
  type StorageClassNames,
  storageClassNames,
} from './derived';
import { DISTRIBUTIONS } from './distributions';
import { installOf } from './extensions';
import { fieldProblems } from './field-problems';
import { InstanceScope } from './instance-scope';
import { type Mistake, withoutPassword } from './problems';
import { crossFieldProblems } from './rules';
import { type RawSettings, schema } from './schema';
import { extractSecrets } from './sealing';
import { Secrets } from './secrets';
import { fieldAt, holdsSecrets, isPartOf, pathOf, valueAt } from './shape';

/** An environment that deploys its server, and the first instance on it. */
export interface PrimarySettings extends SharedSettings {
  readonly serverStack?: undefined;
}

/** One more instance on the server of another environment. */
export interface SecondarySettings extends SharedSettings {
  readonly serverStack: string;
}

/** The settings of an environment: every default filled in, every derived value there, secrets as tokens. */
export type Settings = PrimarySettings | SecondarySettings;

interface SharedSettings
  extends Readonly<
    Omit<
      RawSettings,
      'internalCidrs' | 'serverStack' | 'storageProvider' | 'storageClasses' | 'volumeSlowData' | 'gpu' | 'extensions'
    >
  > {
  /** Those that are set, or else the distribution's, and the addresses of server, API server and domain. */
  readonly internalCidrs: readonly string[];
  readonly storageProvider: 'hostpath' | 'nfs' | 'longhorn' | 'class';
  readonly storageClasses: StorageClassNames;

  /** Size of the volumes for bulk data. */
  readonly volumeSlowData: QuantityText;
  readonly pullPolicy: 'Always' | 'IfNotPresent';

  /** @default - there are no GPUs */
  readonly gpu?: GpuSettings;
  readonly memory: MemoryPlan;
  readonly extensions: readonly Install[];
}

/** The settings of an environment, and what is secret in them. */
export interface Parsed {
  readonly settings: Settings;
  readonly secrets: Secrets;
}

/**
 * Reads the settings of `environment` out of the keys of its file, without `kaapana:` before them.
 *
 * @param howTo what its mistakes are mended by @default - Pulumi's commands for the stack of that name
 * @param found mistakes that are known already
 * @throws FindingsError with everything that is wrong
 */
export function parseSettings(
  raw: Readonly<Record<string, unknown>>,
  environment: string,
  howTo = new HowTo(environment),
  found: readonly Mistake[] = [],
): Parsed {
  let uid = '';
  const secrets = new Secrets(() => new InstanceScope({ instanceUid: uid }).instance);
  const { value: named, mistakes: naming } = withPresentNames(raw);
  const { value, problems: sealing } = extractSecrets(named, secrets);
  const parsed = schema.safeParse(value);
  const problems = [
    ...found,
    ...naming,
    ...sealing,
    ...(parsed.error?.issues ?? []).flatMap((issue) => fieldProblems(issue, value)),
  ];
  const broken = new Set(problems.map(({ subject: { key } }) => String(pathOf(key)[0])));
  const all = [...problems, ...crossFieldProblems(parsed.data ?? readable(value), broken, { environment, secrets })];
  if (all.length > 0 || !parsed.success)
    throw new FindingsError(
      distinct(all)
        .map((each) => withValue(each, value))
        .map((each): Mistake => ({ ...each, subject: { ...each.subject, key: nameIn(raw, each.subject.key) } })),
      howTo,
    );
  uid = parsed.data.instanceUid;
  return { settings: deepFreeze(complete(parsed.data)), secrets };
}

function complete(raw: RawSettings): Settings {
  const addresses = [raw.serverIp, raw.apiServerIp, z.ipv4().safeParse(raw.domain).data];
  const cidrs = [
    ...(raw.internalCidrs ?? DISTRIBUTIONS[raw.distribution].cidrs),
    ...addresses.flatMap((address) => (address === undefined ? [] : [`${address}/32`])),
  ];
  const scope = new InstanceScope(raw);
  const storageProvider = raw.storageProvider ?? (raw.enableNfs ? 'nfs' : 'hostpath');
  return {
    ...raw,
    ...scope.namespaces(raw),
    ...scope.directories(raw),
    internalCidrs: [...new Set(cidrs)],
    instanceName: raw.instanceName || raw.domain,
    volumeSlowData: raw.volumeSlowData ?? SLOW_VOLUME_SIZE,
    storageProvider,
    storageClasses: storageClassNames({ ...raw, storageProvider }),
    enableNfs: storageProvider === 'nfs',
    prefetchExtensions: raw.prefetchExtensions && raw.chartPath === undefined,
    pullPolicy: raw.offlineMode || !raw.devMode ? 'IfNotPresent' : 'Always',
    gpu: gpuSettings(raw),
    memory: memoryPlan(raw),
    extensions: raw.extensions.map((entry) => installOf(entry)),
  };
}

/** What can be read of wrong settings, so that their other mistakes are found too. */
function readable(value: Readonly<Record<string, unknown>>): Partial<RawSettings> {
  const entries = Object.entries(schema.shape).flatMap(([key, field]) => {
    const read = (field as z.ZodType).safeParse(value[key]);
    return read.success ? [[key, read.data] as const] : [];
  });
  return Object.fromEntries(entries) as Partial<RawSettings>;
}

/** The first problem of each key; what follows from a wrong group is none of its own. */
function distinct(problems: readonly Mistake[]): Mistake[] {
  return problems.filter(
    ({ subject: { key } }, index) =>
      !problems.slice(0, index).some(({ subject: earlier }) => isPartOf(key, earlier.key)),
  );
}

function withValue(problem: Mistake, settings: Readonly<Record<string, unknown>>): Mistake {
  const { subject } = problem;
  const path = pathOf(subject.key);
  const field = fieldAt(path);
  if (field === undefined || holdsSecrets(field)) return problem;
  const value = valueAt(settings, path);
  return { ...problem, subject: { ...subject, value: typeof value === 'string' ? withoutPassword(value) : value } };
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    for (const item of Object.values(value)) deepFreeze(item);
    Object.freeze(value);
  }
  return value;
}
