import { closest } from 'fastest-levenshtein';
import { z } from 'zod';
import { InstanceScope } from '../scope';
import { DISTRIBUTIONS, memoryPlan, type MemoryPlan } from './derived';
import { howToSet, type Problem, SettingsError } from './problems';
import { crossFieldProblems } from './rules';
import { type RawSettings, schema } from './schema';
import { extractSecrets } from './sealing';
import { Secrets } from './secrets';

/** The settings of an environment: every default filled in, every derived value there, secrets as tokens. */
export interface Settings extends Readonly<Omit<RawSettings, 'internalCidrs' | 'storageProvider'>> {
  readonly internalCidrs: readonly string[];
  readonly storageProvider: 'hostpath' | 'nfs' | 'longhorn';
  readonly pullPolicy: 'Always' | 'IfNotPresent';
  readonly memory: MemoryPlan;
}

/**
 * Reads the settings of `environment` out of the keys of its file, without `kaapana:` before them.
 *
 * @throws SettingsError with everything that is wrong
 */
export function parseSettings(raw: Readonly<Record<string, unknown>>, environment: string): { settings: Settings; secrets: Secrets } {
  let uid = '';
  const secrets = new Secrets(() => uid || 'main');
  const { value, problems: sealing } = extractSecrets(withoutEmpty(raw), secrets);
  const parsed = schema.safeParse(value);
  const fields = parsed.success ? [] : parsed.error.issues.flatMap((issue) => fieldProblems(issue, value));
  const broken = new Set([...sealing, ...fields].map(({ key }) => key.split(/[.[]/)[0] ?? ''));
  const crossed = crossFieldProblems(parsed.success ? parsed.data : partial(value), environment, broken);
  const problems = [...sealing, ...fields, ...crossed];
  if (problems.length > 0 || !parsed.success) throw new SettingsError(environment, problems);
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
  return {
    ...raw,
    ...scope.namespaces,
    ...scope.directories,
    internalCidrs: [...new Set(cidrs)],
    instanceName: raw.instanceName || raw.domain,
    storageProvider: raw.storageProvider ?? (raw.enableNfs ? 'nfs' : 'hostpath'),
    prefetchExtensions: raw.prefetchExtensions && raw.chartPath === undefined,
    pullPolicy: raw.offlineMode || !raw.devMode ? 'IfNotPresent' : 'Always',
    memory: memoryPlan(raw),
  };
}

/** Pulumi.yaml gives each key that has no default an empty value; it stands for a missing one. */
function withoutEmpty(raw: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(raw).filter(([key, value]) => {
    const field = (schema.shape as Record<string, z.ZodType>)[key];
    return field === undefined || field instanceof z.ZodDefault || !['""', '{}', '[]', '"{}"', '"[]"', 'null'].includes(JSON.stringify(value));
  }));
}

/** What can be read of wrong settings, so that their other mistakes are found too. */
function partial(value: Readonly<Record<string, unknown>>): Partial<RawSettings> {
  const entries = Object.entries(schema.shape).flatMap(([key, field]) => {
    const read = (field as z.ZodType).safeParse(value[key]);
    return read.success ? [[key, read.data]] : [];
  });
  return Object.fromEntries(entries) as Partial<RawSettings>;
}

function fieldProblems(issue: z.core.$ZodIssue, value: unknown): Problem[] {
  const key = keyPath(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(shapeAt(issue.path));
    return issue.keys.map((unknown) => ({
      key: key === '' ? unknown : `${key}.${unknown}`,
      message: 'is no setting',
      remedy: `Did you mean ${closest(unknown, known)}? Known here: ${known.join(', ')}`,
    }));
  }
  const given = issue.path.reduce<unknown>((at, part) => (at as Record<PropertyKey, unknown> | undefined)?.[part], value);
  const { secret, example } = metaAt(issue.path);
  if (given === undefined) {
    return [{ key, message: 'is missing', remedy: howToSet(key, example ?? `<${key.split('.').at(-1)}>`, secret) }];
  }
  const allowed = issue.code === 'invalid_value' ? `is not one of ${issue.values.map(String).join(', ')}` : issue.message;
  return [{ key, message: secret ? allowed : `${JSON.stringify(given)} ${sentence(allowed)}`, remedy: howToSet(key, example ?? exampleOf(issue), secret) }];
}

function sentence(message: string): string {
  return message.replace(/^Invalid input: expected (\w+), received (\w+)$/, 'is no $1').replace(/^Too (small|big):/, 'is too $1:');
}

function exampleOf(issue: z.core.$ZodIssue): unknown {
  return issue.code === 'invalid_value' ? issue.values[0] : '<value>';
}

function keyPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`), '');
}

function fieldAt(path: readonly PropertyKey[]): z.ZodType {
  return path.reduce<z.ZodType>((field, part) => {
    const inner = unwrapped(field);
    if (inner instanceof z.ZodObject) return (inner.shape as Record<PropertyKey, z.ZodType>)[part] ?? inner;
    return inner instanceof z.ZodArray ? inner.element as z.ZodType : inner;
  }, schema);
}

function unwrapped(field: z.ZodType): z.ZodType {
  return field instanceof z.ZodOptional || field instanceof z.ZodDefault ? unwrapped(field.unwrap() as z.ZodType) : field;
}

function shapeAt(path: readonly PropertyKey[]): object {
  const field = unwrapped(fieldAt(path));
  return field instanceof z.ZodObject ? field.shape : {};
}

function metaAt(path: readonly PropertyKey[]): { secret: boolean; example?: unknown } {
  const field = fieldAt(path);
  const meta = { ...unwrapped(field).meta(), ...field.meta() };
  return { secret: meta['secret'] === true, example: meta['example'] };
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    for (const item of Object.values(value)) deepFreeze(item);
    Object.freeze(value);
  }
  return value;
}
