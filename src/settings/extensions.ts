import { DEFINITIONS, definitionOf } from '../../constructs/extensions/catalogue';
import { type ExtensionDefinition, isMultiInstallable } from '../../constructs/extensions/contract/definition';
import type { Parameters, ParameterValue } from '../../constructs/extensions/contract/parameter';
import type { Install } from '../../constructs/extensions/install';
import type { ExtensionHint } from '../findings/facts/settings';
import { finding, type Finding, type Subject } from '../findings/finding';
import { NEWEST } from '../releases';
import { nameSays } from './credential-names';
import type { GpuSettings } from './derived';
import { legacy } from './groups';
import { nearest } from './nearest';
import { readParameter } from './parameters';
import { type Mistake, mistake, remove, set, setSecret, shown } from './problems';

/** An extension as the settings have it, before the catalogue is asked. */
export interface RawExtension {
  readonly name: string;
  readonly as?: string;
  readonly project?: string;
  readonly version?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/** What the catalogue makes of an entry of `extensions`. */
export interface ReadExtension {
  /** The values that are right, by the parameters' own names. */
  readonly values: Readonly<Record<string, ParameterValue>>;

  /** @default - the catalogue has no such extension */
  readonly definition?: ExtensionDefinition;

  readonly problems: readonly Mistake[];
}

/** What tasks of workflows ask for; it is in their image (KaapanaBaseOperator, Kaapana 0.6.0). */
const TASK_GPU = 'nvidia.com/gpu';

/** Kaapana cuts longer names, and labels hold 63 characters. */
const LONGEST_NAME = 20;

const PARAMETERS: readonly Parameters[] = DEFINITIONS.map(({ parameters = {} }) => parameters);
const IS_SECRET: ReadonlyMap<string, boolean> = new Map(
  PARAMETERS.flatMap((parameters) => Object.entries(parameters)).flatMap(([name, parameter]) =>
    [name, ...(parameter.aliases ?? [])].map((each) => [
      each,
      parameter.type === 'string' && parameter.secret === true,
    ]),
  ),
);

/** Whether parameters of that name are credentials; for a name that no extension has, it is guessed. */
export function isSecretParameter(name: string): boolean {
  return IS_SECRET.get(name) ?? nameSays(name) === 'credential';
}

/** Reads the entry of `extensions` that stands at `key`. */
export function readExtension(entry: RawExtension, key: string): ReadExtension {
  const definition = definitionOf(entry.name);
  if (!definition) return { values: {}, problems: [unknownExtension(entry.name, key)] };
  const { values, problems } = readParameters(definition, entry.parameters ?? {}, `${key}.parameters`);
  return {
    definition,
    values,
    problems: [...nameProblems(definition, entry, key), ...versionProblems(definition, entry, key), ...problems],
  };
}

/** The install that an entry without mistakes stands for. */
export function installOf(entry: RawExtension): Install {
  return { ...entry, parameters: readExtension(entry, '').values } as Install;
}

/** What is allowed but will not work as it is. */
export function extensionWarnings({
  extensions: installs,
  gpu,
}: {
  readonly extensions: readonly Install[];
  readonly gpu?: Pick<GpuSettings, 'resource' | 'taint' | 'runtimeClass' | 'nodeSelector'>;
}): Finding[] {
  const extensions = installs.map(({ name }) => name).filter((name) => definitionOf(name)?.hardware === 'gpu');
  if (extensions.length === 0) return [];
  const of = (key: string): Subject => ({ kind: 'setting', key });
  if (gpu === undefined)
    return [finding('gpu-off', of('gpuSupport'), { extensions }, { kind: 'set', key: 'gpuSupport', example: true })];
  const { resource, taint, runtimeClass, nodeSelector } = gpu;
  const labels = Object.entries(nodeSelector ?? {})
    .map((pair) => pair.join('='))
    .join(', ');
  return [
    ...(resource === TASK_GPU
      ? []
      : [
          finding(
            'gpu-resource-unused',
            of('gpu.resource'),
            { extensions, resource, asked: TASK_GPU },
            { kind: 'remove', key: 'gpu.resource' },
          ),
        ]),
    ...(taint === undefined
      ? []
      : [finding('gpu-taint-untolerated', of('gpu.taint'), { extensions, taint, resource: TASK_GPU })]),
    ...(runtimeClass === undefined
      ? []
      : [finding('gpu-runtime-class-unused', of('gpu.runtimeClass'), { extensions, runtimeClass })]),
    ...(labels === ''
      ? []
      : [finding('gpu-node-selector-unused', of('gpu.nodeSelector'), { extensions, labels, resource: TASK_GPU })]),
  ];
}

function unknownExtension(name: string, key: string): Mistake {
  const owner = ownerOf(name);
  return owner
    ? mistake(
        'workflow-as-extension',
        `${key}.name`,
        { workflow: name, extension: owner.name },
        set(`${key}.name`, owner.name),
      )
    : mistake('unknown-extension', `${key}.name`, { shown: shown(name), hint: hintFor(name) }, remove(key));
}

/** Workflows that Kaapana's documentation has other names for (user guide, Task API workflows). */
const DOCUMENTED: ReadonlyMap<string, string> = new Map([
  ['register-dicoms', 'registration-workflow'],
  ['test-task', 'dummy-workflow'],
  ['test-task-operator', 'dummy-workflow'],
]);

/** The extension that somebody meant who wrote `name`. */
export function hintFor(name: string): ExtensionHint {
  const owner = ownerOf(name);
  if (owner) return { kind: 'workflow', extension: owner.name };
  const workflow = DOCUMENTED.get(name) ?? '';
  const documented = ownerOf(workflow);
  if (documented) return { kind: 'workflow', extension: documented.name, workflow };
  const component = legacy.safeParse(name);
  if (component.success) return { kind: 'component', component: component.data };
  const names = DEFINITIONS.map((definition) => definition.name);
  const whole = names.find((known) => known.replace(/-(chart|workflow)$/, '') === name.toLowerCase());
  return whole === undefined ? { kind: 'nearest', nearest: nearest(name, names) } : { kind: 'extension', name: whole };
}

/** The extension with the workflow `workflow`. */
function ownerOf(workflow: string): ExtensionDefinition | undefined {
  return DEFINITIONS.find((definition) => 'workflows' in definition && definition.workflows.includes(workflow));
}

function nameProblems(definition: ExtensionDefinition, { name, as }: RawExtension, parent: string): Mistake[] {
  const key = `${parent}.as`;
  if (!isMultiInstallable(definition))
    return as === undefined ? [] : [mistake('unused-install-name', key, { name: as, extension: name }, remove(key))];
  if (as === undefined) return [mistake('missing-install-name', key, { extension: name }, set(key, 'demo1'))];
  return as.length <= LONGEST_NAME
    ? []
    : [mistake('long-install-name', key, { name: as, limit: LONGEST_NAME }, set(key, 'demo1'))];
}

function versionProblems(
  { name, versions }: ExtensionDefinition,
  { version }: RawExtension,
  parent: string,
): Mistake[] {
  const key = `${parent}.version`;
  if (version === undefined || versions?.includes(version)) return [];
  if (versions) return [mistake('unknown-version', key, { version, extension: name, versions }, set(key, versions[0]))];
  return /^\w[\w.-]{0,127}$/.test(version)
    ? []
    : [mistake('wrong-tag', key, { shown: shown(version) }, set(key, NEWEST.version))];
}

function readParameters(
  { name: extension, parameters = {} }: ExtensionDefinition,
  given: Readonly<Record<string, unknown>>,
  parent: string,
) {
  const values: Record<string, ParameterValue> = {};
  const problems: Mistake[] = [];
  for (const [name, value] of Object.entries(given)) {
    const key = `${parent}.${name}`;
    const own = ownName(parameters, name);
    const parameter = own === undefined ? undefined : parameters[own];
    if (own === undefined || !parameter) {
      const known = Object.keys(parameters);
      const meant = known.length === 0 ? {} : { nearest: nearest(name, known) };
      problems.push(mistake('unknown-parameter', key, { extension, ...meant }, remove(key)));
    } else if (own in values) {
      problems.push(mistake('parameter-twice', key, { parameter: own }, remove(key)));
    } else {
      const read = readParameter(parameter, value, key);
      values[own] = read.value;
      problems.push(...read.problems);
    }
  }
  for (const [name, parameter] of Object.entries(parameters)) {
    if (parameter.default !== undefined || name in values || parameter.type !== 'string') continue;
    const key = `${parent}.${name}`;
    const remedy = parameter.secret ? setSecret(key) : set(key, parameter.example ?? '<value>');
    problems.push(mistake('missing-setting', key, {}, remedy));
  }
  return { values, problems };
}

function ownName(parameters: Parameters, name: string): string | undefined {
  if (Object.hasOwn(parameters, name)) return name;
  return Object.entries(parameters).find(([, { aliases = [] }]) => aliases.includes(name))?.[0];
}
