import { z } from 'zod';
import type { SettingsFacts } from '../findings/facts/settings';
import { type Mistake, mistake, remove, set, shown } from './problems';
import { schema } from './schema';
import { holdsSecrets, metaOf, unwrapped } from './shape';

/** A kind of value that Pulumi itself insists on in a file, by the section `config:` of Pulumi.yaml. */
interface Kind {
  readonly kind: SettingsFacts['wrong-kind']['kind'];
  readonly includes: (value: unknown) => boolean;
}

const LIST: Kind = { kind: 'list', includes: Array.isArray };
const GROUP: Kind = {
  kind: 'group',
  includes: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};
const SWITCH: Kind = {
  kind: 'switch',
  includes: (value) => ['true', 'false'].includes(String(value)),
};
const NUMBER: Kind = { kind: 'number', includes: (value) => /^[-+]?\d+$/.test(String(value)) };

/** Values in a file of which Pulumi would refuse the kind, before anything of ours runs. */
export function typeProblems(raw: Readonly<Record<string, unknown>>): Mistake[] {
  return Object.entries(schema.shape).flatMap(([key, field]: [string, z.ZodType]) => {
    const kind = kindOf(field);
    if (!Object.hasOwn(raw, key) || kind === undefined || kind.includes(raw[key])) return [];
    const { example } = metaOf(field);
    const hasExample = example !== undefined && Object.keys(Object(example) as object).length > 0;
    const facts = { ...(holdsSecrets(field) ? {} : { shown: shown(raw[key]) }), kind: kind.kind };
    return [mistake('wrong-kind', key, facts, remove(key), ...(hasExample ? [set(key, example)] : []))];
  });
}

function kindOf(field: z.ZodType): Kind | undefined {
  const inner = unwrapped(field);
  if (inner instanceof z.ZodArray) return LIST;
  if (inner instanceof z.ZodObject || inner instanceof z.ZodRecord) return GROUP;
  if (inner instanceof z.ZodBoolean) return SWITCH;
  if (inner instanceof z.ZodNumber) return NUMBER;
  // Settings that may be written as a text, too, have their own kind first.
  if (inner instanceof z.ZodUnion) return kindOf(inner.options[0] as z.ZodType);
  return inner instanceof z.ZodPipe ? kindOf(inner.in as z.ZodType) : undefined;
}
