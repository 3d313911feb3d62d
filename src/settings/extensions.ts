import { DEFINITIONS, definitionOf } from '../../constructs/extensions/catalogue';
import { type ExtensionDefinition, isMultiInstallable } from '../../constructs/extensions/contract/definition';
import type { Install } from '../../constructs/extensions/install';
import type { Parameters, ParameterValue } from '../../constructs/extensions/contract/parameter';
import { NEWEST } from '../releases';
import type { GpuSettings } from './derived';
import { legacy } from './groups';
import type { HowTo } from '../findings/how-to';
import { didYouMean } from './nearest';
import { readParameter } from './parameters';
import { type Problem, shown } from './problems';

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

  readonly problems: readonly Problem[];
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
  return IS_SECRET.get(name) ?? /password|secret|token/i.test(name);
}

/** Reads the entry of `extensions` that stands at `key`. */
export function readExtension(entry: RawExtension, key: string, howTo: HowTo): ReadExtension {
  const definition = definitionOf(entry.name);
  if (!definition) return { values: {}, problems: [unknownExtension(entry.name, key, howTo)] };
  const { values, problems } = readParameters(definition, entry.parameters ?? {}, `${key}.parameters`, howTo);
  return {
    definition,
    values,
    problems: [
      ...nameProblems(definition, entry, key, howTo),
      ...versionProblems(definition, entry, key, howTo),
      ...problems,
    ],
  };
}

/** The install that an entry without mistakes stands for. */
export function installOf(entry: RawExtension, howTo: HowTo): Install {
  return { ...entry, parameters: readExtension(entry, '', howTo).values } as Install;
}

/** What is allowed but will not work as it is, one sentence each. */
export function extensionWarnings(
  {
    extensions,
    gpu,
  }: {
    readonly extensions: readonly Install[];
    readonly gpu?: Pick<GpuSettings, 'resource' | 'taint' | 'runtimeClass' | 'nodeSelector'>;
  },
  howTo: HowTo,
): string[] {
  const waiting = extensions
    .map(({ name }) => name)
    .filter((name) => definitionOf(name)?.hardware === 'gpu')
    .join(', ');
  if (waiting === '') return [];
  if (gpu === undefined)
    return [
      `gpuSupport is false, and the tasks of these extensions wait for a GPU: ${waiting}. ${howTo.set('gpuSupport', true)}`,
    ];
  const { resource, taint, runtimeClass, nodeSelector } = gpu;
  const labels = Object.entries(nodeSelector ?? {})
    .map((pair) => pair.join('='))
    .join(', ');
  return [
    ...(resource === TASK_GPU
      ? []
      : [
          `gpu.resource is ${resource}, and the tasks of these extensions ask for ${TASK_GPU} whatever it is: ${waiting}. Let the GPU operator offer that too, or remove gpu.resource`,
        ]),
    ...(taint === undefined
      ? []
      : [
          `gpu.taint is ${taint}, and the tasks of these extensions tolerate no taint whatever it is: ${waiting}. Leave a node with GPUs without it, or they wait${taint === TASK_GPU ? '; or let the API server tolerate it for them, by its admission plugin ExtendedResourceToleration' : ''}`,
        ]),
    ...(runtimeClass === undefined
      ? []
      : [
          `gpu.runtimeClass is ${runtimeClass}, and the tasks of these extensions run by the default runtime of their node whatever it is: ${waiting}. Let that hand out GPUs`,
        ]),
    ...(labels === ''
      ? []
      : [
          `gpu.nodeSelector is ${labels}, and the tasks of these extensions go to any node with ${TASK_GPU} whatever it is: ${waiting}. Let no other node offer that`,
        ]),
  ];
}

function unknownExtension(name: string, key: string, howTo: HowTo): Problem {
  const owner = ownerOf(name);
  return owner
    ? {
        key: `${key}.name`,
        message: `"${name}" is a workflow of the extension ${owner.name}`,
        remedy: howTo.set(`${key}.name`, owner.name),
      }
    : {
        key: `${key}.name`,
        message: `${shown(name)} is no extension`,
        remedy: `${meantExtension(name)} ${howTo.remove(key)}`,
      };
}

/** Workflows that Kaapana's documentation has other names for (user guide, Task API workflows). */
const DOCUMENTED: ReadonlyMap<string, string> = new Map([
  ['register-dicoms', 'registration-workflow'],
  ['test-task', 'dummy-workflow'],
  ['test-task-operator', 'dummy-workflow'],
]);

/** The extension that somebody meant who wrote `name`, in a sentence. */
export function meantExtension(name: string): string {
  const owner = ownerOf(name);
  if (owner) return `It is a workflow of the extension ${owner.name}.`;
  const workflow = DOCUMENTED.get(name) ?? '';
  const documented = ownerOf(workflow);
  if (documented) return `It is ${workflow}, a workflow of the extension ${documented.name}.`;
  const component = legacy.safeParse(name);
  if (component.success)
    return `It is a component of earlier releases, which kaapana:components takes as ${component.data}.`;
  const names = DEFINITIONS.map((definition) => definition.name);
  const whole = names.find((known) => known.replace(/-(chart|workflow)$/, '') === name.toLowerCase());
  return whole === undefined ? didYouMean(name, names) : `Did you mean ${whole}?`;
}

/** The extension with the workflow `workflow`. */
function ownerOf(workflow: string): ExtensionDefinition | undefined {
  return DEFINITIONS.find((definition) => 'workflows' in definition && definition.workflows.includes(workflow));
}

function nameProblems(
  definition: ExtensionDefinition,
  { name, as }: RawExtension,
  parent: string,
  howTo: HowTo,
): Problem[] {
  const key = `${parent}.as`;
  if (!isMultiInstallable(definition)) {
    return as === undefined
      ? []
      : [
          {
            key,
            message: `"${as}" is of no use: ${name} is installed once, by its own name`,
            remedy: howTo.remove(key),
          },
        ];
  }
  if (as === undefined) {
    return [
      {
        key,
        message: `is missing: ${name} may be installed several times, each by a name of its own`,
        remedy: howTo.set(key, 'demo1'),
      },
    ];
  }
  return as.length <= LONGEST_NAME
    ? []
    : [{ key, message: `"${as}" is longer than ${LONGEST_NAME} characters`, remedy: howTo.set(key, 'demo1') }];
}

function versionProblems(
  { name, versions }: ExtensionDefinition,
  { version }: RawExtension,
  parent: string,
  howTo: HowTo,
): Problem[] {
  const key = `${parent}.version`;
  if (version === undefined || versions?.includes(version)) return [];
  if (versions) {
    return [
      {
        key,
        message: `"${version}" is not one of the versions of ${name}: ${versions.join(', ')}`,
        remedy: howTo.set(key, versions[0]),
      },
    ];
  }
  return /^\w[\w.-]{0,127}$/.test(version)
    ? []
    : [{ key, message: `${shown(version)} is no tag of an image`, remedy: howTo.set(key, NEWEST.version) }];
}

function readParameters(
  { name: extension, parameters = {} }: ExtensionDefinition,
  given: Readonly<Record<string, unknown>>,
  parent: string,
  howTo: HowTo,
) {
  const values: Record<string, ParameterValue> = {};
  const problems: Problem[] = [];
  for (const [name, value] of Object.entries(given)) {
    const key = `${parent}.${name}`;
    const own = ownName(parameters, name);
    const parameter = own === undefined ? undefined : parameters[own];
    if (own === undefined || !parameter) {
      const known = Object.keys(parameters);
      const meant = known.length === 0 ? 'It has none.' : didYouMean(name, known);
      problems.push({ key, message: `is no parameter of ${extension}`, remedy: `${meant} ${howTo.remove(key)}` });
    } else if (own in values) {
      problems.push({ key, message: `is ${own} by another name, which is set too`, remedy: howTo.remove(key) });
    } else {
      const read = readParameter(parameter, value, key, howTo);
      values[own] = read.value;
      problems.push(...read.problems);
    }
  }
  for (const [name, parameter] of Object.entries(parameters)) {
    if (parameter.default !== undefined || name in values || parameter.type !== 'string') continue;
    const key = `${parent}.${name}`;
    problems.push({
      key,
      message: 'is missing',
      remedy: parameter.secret ? howTo.setSecret(key) : howTo.set(key, parameter.example ?? '<value>'),
    });
  }
  return { values, problems };
}

function ownName(parameters: Parameters, name: string): string | undefined {
  if (Object.hasOwn(parameters, name)) return name;
  return Object.entries(parameters).find(([, { aliases = [] }]) => aliases.includes(name))?.[0];
}
