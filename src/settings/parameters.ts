import type {
  ChoiceParameter,
  ChoicesParameter,
  MapParameter,
  Parameter,
  ParameterValue,
  SwitchParameter,
  TextParameter,
} from '../../constructs/extensions/contract/parameter';
import type { HowTo } from '../findings/how-to';
import { type Problem, shown } from './problems';

/** What a value stands for: itself, or the nearest that is right, and what is wrong with it. */
interface ReadParameter {
  readonly value: ParameterValue;
  readonly problems: readonly Problem[];
}

/** Reads the value that the setting `key` gives to a parameter. */
export function readParameter(parameter: Parameter, given: unknown, key: string, howTo: HowTo): ReadParameter {
  switch (parameter.type) {
    case 'string':
      return readText(parameter, given, key, howTo);
    case 'bool':
      return readSwitch(parameter, given, key, howTo);
    case 'list_single':
      return readChoice(parameter, given, key, howTo);
    case 'list_multi':
      return readChoices(parameter, given, key, howTo);
    case 'map':
      return readMap(parameter, given, key, howTo);
  }
}

/** YAML reads a text of digits as a number. The value of a secret is not here yet, but a token in its place. */
function readText(
  { form, secret, example, default: fallback }: TextParameter,
  given: unknown,
  key: string,
  howTo: HowTo,
): ReadParameter {
  const value = typeof given === 'number' ? String(given) : given;
  const good = fallback ?? example ?? '<value>';
  if (typeof value !== 'string')
    return wrong(good, key, secret ? 'is no text' : `${shown(given)} is no text`, howTo.set(key, good));
  if (secret || !form || form.pattern.test(value)) return { value, problems: [] };
  return wrong(value, key, `${shown(value)} is not ${form.wanted}`, howTo.set(key, good));
}

function readSwitch({ default: fallback }: SwitchParameter, given: unknown, key: string, howTo: HowTo): ReadParameter {
  if (given === true || given === 'true') return { value: true, problems: [] };
  if (given === false || given === 'false') return { value: false, problems: [] };
  return wrong(fallback, key, `${shown(given)} is neither true nor false`, howTo.set(key, fallback));
}

function readChoice(
  { choices, default: fallback }: ChoiceParameter,
  given: unknown,
  key: string,
  howTo: HowTo,
): ReadParameter {
  if (typeof given === 'string' && choices.includes(given)) return { value: given, problems: [] };
  return wrong(fallback, key, `${shown(given)} is not one of ${choices.join(', ')}`, howTo.set(key, fallback));
}

/** A text in place of a list is its only entry. */
function readChoices({ choices }: ChoicesParameter, given: unknown, key: string, howTo: HowTo): ReadParameter {
  const entries: readonly unknown[] = Array.isArray(given) ? given : [given];
  const isKnown = (entry: unknown): entry is string => typeof entry === 'string' && choices.includes(entry);
  const problems = entries.flatMap((entry, index) =>
    isKnown(entry)
      ? []
      : [
          {
            key: Array.isArray(given) ? `${key}[${index}]` : key,
            message: `${shown(entry)} is not one of ${choices.join(', ')}`,
            remedy: howTo.set(`${key}[${index}]`, choices[0]),
          },
        ],
  );
  return { value: [...new Set(entries.filter(isKnown))], problems };
}

function readMap({ form, default: fallback }: MapParameter, given: unknown, key: string, howTo: HowTo): ReadParameter {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return {
      value: fallback,
      problems: [{ key, message: `${shown(given)} is no mapping of names to texts`, remedy: howTo.remove(key) }],
    };
  }
  const read = Object.entries(given).map(([name, value]) => ({
    name,
    value: typeof value === 'number' ? String(value) : (value as unknown),
  }));
  const isRight = ({ name, value }: { name: string; value: unknown }): boolean =>
    form.name.test(name) && typeof value === 'string' && form.value.test(value);
  const problems = read
    .filter((entry) => !isRight(entry))
    .map(({ name, value }) => ({
      key: `${key}.${name}`,
      message: `${shown(value)} of ${shown(name)} is not ${form.wanted}`,
      remedy: howTo.remove(`${key}.${name}`),
    }));
  return { value: Object.fromEntries(read.filter(isRight).map(({ name, value }) => [name, String(value)])), problems };
}

function wrong(value: ParameterValue, key: string, message: string, remedy: string): ReadParameter {
  return { value, problems: [{ key, message, remedy }] };
}
