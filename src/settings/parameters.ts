import type {
  ChoiceParameter,
  ChoicesParameter,
  MapParameter,
  Parameter,
  ParameterValue,
  SwitchParameter,
  TextParameter,
} from '../../constructs/extensions/contract/parameter';
import type { Expected } from '../findings/facts/settings';
import { type Mistake, mistake, remove, set, shown } from './problems';

/** What a value stands for: itself, or the nearest that is right, and what is wrong with it. */
interface ReadParameter {
  readonly value: ParameterValue;
  readonly problems: readonly Mistake[];
}

/** Reads the value that the setting `key` gives to a parameter. */
export function readParameter(parameter: Parameter, given: unknown, key: string): ReadParameter {
  switch (parameter.type) {
    case 'string':
      return readText(parameter, given, key);
    case 'bool':
      return readSwitch(parameter, given, key);
    case 'list_single':
      return readChoice(parameter, given, key);
    case 'list_multi':
      return readChoices(parameter, given, key);
    case 'map':
      return readMap(parameter, given, key);
  }
}

/** YAML reads a text of digits as a number. The value of a secret is not here yet, but a token in its place. */
function readText(
  { form, secret, example, default: fallback }: TextParameter,
  given: unknown,
  key: string,
): ReadParameter {
  const value = typeof given === 'number' ? String(given) : given;
  const good = fallback ?? example ?? '<value>';
  if (typeof value !== 'string') return wrong(good, key, secret ? undefined : given, { kind: 'text' }, good);
  if (secret || !form || form.pattern.test(value)) return { value, problems: [] };
  return wrong(value, key, value, { kind: 'form', wanted: form.wanted }, good);
}

function readSwitch({ default: fallback }: SwitchParameter, given: unknown, key: string): ReadParameter {
  if (given === true || given === 'true') return { value: true, problems: [] };
  if (given === false || given === 'false') return { value: false, problems: [] };
  return wrong(fallback, key, given, { kind: 'switch' }, fallback);
}

function readChoice({ choices, default: fallback }: ChoiceParameter, given: unknown, key: string): ReadParameter {
  if (typeof given === 'string' && choices.includes(given)) return { value: given, problems: [] };
  return wrong(fallback, key, given, { kind: 'choice', choices }, fallback);
}

/** A text in place of a list is its only entry. */
function readChoices({ choices }: ChoicesParameter, given: unknown, key: string): ReadParameter {
  const entries: readonly unknown[] = Array.isArray(given) ? given : [given];
  const isKnown = (entry: unknown): entry is string => typeof entry === 'string' && choices.includes(entry);
  const problems = entries.flatMap((entry, index) =>
    isKnown(entry)
      ? []
      : [
          mistake(
            'wrong-value',
            Array.isArray(given) ? `${key}[${index}]` : key,
            { shown: shown(entry), expected: { kind: 'choice', choices } },
            set(`${key}[${index}]`, choices[0]),
          ),
        ],
  );
  return { value: [...new Set(entries.filter(isKnown))], problems };
}

function readMap({ form, default: fallback }: MapParameter, given: unknown, key: string): ReadParameter {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    const facts = { shown: shown(given), expected: { kind: 'mapping' } } as const;
    return { value: fallback, problems: [mistake('wrong-value', key, facts, remove(key))] };
  }
  const read = Object.entries(given).map(([name, value]) => ({
    name,
    value: typeof value === 'number' ? String(value) : (value as unknown),
  }));
  const isRight = ({ name, value }: { name: string; value: unknown }): boolean =>
    form.name.test(name) && typeof value === 'string' && form.value.test(value);
  const problems = read
    .filter((entry) => !isRight(entry))
    .map(({ name, value }) =>
      mistake(
        'wrong-value',
        `${key}.${name}`,
        { shown: shown(value), of: shown(name), expected: { kind: 'form', wanted: form.wanted } },
        remove(`${key}.${name}`),
      ),
    );
  return { value: Object.fromEntries(read.filter(isRight).map(({ name, value }) => [name, String(value)])), problems };
}

/** @param given what is shown of it @default - nothing */
function wrong(
  value: ParameterValue,
  key: string,
  given: unknown,
  expected: Expected,
  example: ParameterValue,
): ReadParameter {
  const facts = { ...(given === undefined ? {} : { shown: shown(given) }), expected };
  return { value, problems: [mistake('wrong-value', key, facts, set(key, example))] };
}
