import type { ExtensionDefinition } from '../../constructs/extensions/contract/definition';
import type { MapParameter, Parameter, ParameterValue } from '../../constructs/extensions/contract/parameter';
import { registryFingerprint } from '../../constructs/extensions/contract/registry-secret';
import { secretToken } from '../../constructs/kube';
import { call, globalValue, literal } from './template';

/** A parameter whose value is open until a chart is installed. */
export interface OpenParameter {
  readonly name: string;

  readonly parameter: Parameter;

  /** Values that lead to different objects, each with its condition; a single one stands for all. */
  readonly cases: readonly OpenCase[];

  /** The value in a template. */
  readonly expression: string;

  /** What stands in a template for each text that the open value leads to. */
  readonly texts: readonly (readonly [text: string, expression: string])[];

  /** Of a map, the text that stands for the name of each entry. @default - it is no map */
  readonly entryName?: string;
}

/** A value, and when it is the one. */
export interface OpenCase {
  readonly value: ParameterValue;
  readonly when: string;
}

type SimpleParameter = Exclude<Parameter, MapParameter>;

/** The parameters of `definition`, in order. */
export function openParameters({ parameters = {} }: ExtensionDefinition): OpenParameter[] {
  return Object.entries(parameters).map(([name, parameter], index) => {
    const expression = expressionOf(name, parameter);
    if (parameter.type === 'map') return openMap(name, parameter, expression);
    const value = openValue(name, parameter, index);
    return {
      name,
      parameter,
      expression,
      cases: casesOf(parameter, value, expression),
      texts: textsOf(name, value, expression),
    };
  });
}

/** Whether `parameter` is a value of its chart alone (KaapanaApplicationOperator, Kaapana 0.6.0). */
export function isOfChart(parameter: Parameter | undefined): boolean {
  return parameter?.type === 'string' && parameter.ofChart === true;
}

/** Whether `value`, which is true or false or a text that says so, is true. */
export function isTrue(value: string): string {
  return `eq (lower (toString ${value})) "true"`;
}

/** A map with one entry, which stands for all. */
function openMap(name: string, parameter: MapParameter, expression: string): OpenParameter {
  const text = (key: string): string => `open-parameter-${name.toLowerCase()}-${key.toLowerCase()}`;
  const { keys } = parameter;
  return {
    name,
    parameter,
    expression,
    cases: [{ value: { [text('name')]: keys.map(text).join('/') }, when: 'true' }],
    texts: ['name', ...keys].map((key) => [text(key), `.${key}`]),
    entryName: text('name'),
  };
}

function entriesOf({ keys, default: entries }: MapParameter): string {
  return call(
    'list',
    ...Object.entries(entries).map(([entry, value]) => {
      const values = keys.length === 1 ? [value] : value.split('/');
      return call(
        'dict',
        '"name"',
        literal(entry),
        ...keys.flatMap((key, index) => [literal(key), literal(values[index] ?? '')]),
      );
    }),
  );
}

function expressionOf(name: string, parameter: Parameter): string {
  const given = isOfChart(parameter) ? `.Values.${name}` : globalValue(name);
  if (parameter.default === undefined) return call('required', literal(`the parameter ${name} is missing`), given);
  switch (parameter.type) {
    case 'bool':
      return given;
    // Forms send lists as a text with commas.
    case 'list_multi':
      return call('join', '","', call('default', call('list', ...parameter.default.map(literal)), given));
    case 'map':
      return call('default', entriesOf(parameter), given);
    default:
      return call('default', literal(parameter.default), given);
  }
}

function openValue(name: string, parameter: SimpleParameter, index: number): string {
  const text = `open-parameter-${name.replaceAll('_', '-')}`;
  if (parameter.type !== 'string') return text;
  if (parameter.secret) return secretToken(`parameter.${name}`);
  const number = String(970_000_000 + index);
  const { pattern = /^/ } = parameter.form ?? {};
  return !pattern.test(text) && pattern.test(number) ? number : text;
}

function casesOf(parameter: SimpleParameter, open: string, expression: string): OpenCase[] {
  switch (parameter.type) {
    case 'bool':
      return [
        { value: true, when: isTrue(expression) },
        { value: false, when: 'true' },
      ];
    case 'list_single':
      return parameter.choices.map((value) => ({ value, when: `eq ${expression} ${literal(value)}` }));
    case 'list_multi':
      return [{ value: [open], when: 'true' }];
    // By convention, "-" stands for nothing.
    case 'string':
      return [
        ...(parameter.default === '-' ? [{ value: '-', when: `eq ${expression} "-"` }] : []),
        { value: open, when: 'true' },
      ];
  }
}

/** Extensions use the values of these parameters not as they are, or not only. */
function textsOf(name: string, open: string, expression: string): [string, string][] {
  if (name === 'host_directory') return [[open, call('trimPrefix', '"/"', expression)]];
  if (name !== 'custom_registry_url') return [[open, expression]];
  const url = call('regexReplaceAll', '"^[a-z]+://|/+$"', expression, '""');
  const fingerprint = call('trunc', '4', call('sha256sum', url));
  return [
    [open, url],
    ...['registry-secret', 'registry-test'].map((prefix): [string, string] => [
      `${prefix}-${registryFingerprint(open)}`,
      call('printf', literal(`${prefix}-%s`), fingerprint),
    ]),
  ];
}
