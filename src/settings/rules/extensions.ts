import { type ExtensionDefinition, isMultiInstallable } from '../../../constructs/extensions/contract/definition';
import { installName } from '../../../constructs/extensions/install';
import {
  type GivenValues,
  type Parameters,
  type ParameterValue,
  withDefaults,
} from '../../../constructs/extensions/contract/parameter';
import { type RawExtension, readExtension } from '../extensions';
import type { HowTo } from '../../findings/how-to';
import type { Problem } from '../problems';
import type { RawSettings } from '../schema';
import { rule } from './rule';

/** An extension of the catalogue, as it is wanted. */
interface Wanted extends RawExtension {
  readonly index: number;

  /** Project that it belongs to, also where none is named. */
  readonly owner: string;

  readonly definition: ExtensionDefinition;

  /** Values of all parameters. */
  readonly values: Readonly<Record<string, ParameterValue>>;
}

/** Extensions are what the catalogue knows, and do not get into each other's way. */
export const extensions = rule(['extensions'], (settings, { howTo }) => {
  const read = settings.extensions.map((entry, index) => ({
    entry,
    index,
    ...readExtension(entry, `extensions[${index}]`, howTo),
  }));
  const known = read.flatMap(({ entry, index, definition, values }): Wanted[] =>
    definition === undefined
      ? []
      : [
          {
            ...entry,
            index,
            definition,
            owner: entry.project ?? settings.projects?.[0]?.name ?? '',
            values: withDefaults(definition.parameters ?? {}, values as GivenValues<Parameters>),
          },
        ],
  );
  return [
    ...read.flatMap(({ problems }) => problems),
    ...known.flatMap((wanted) => [
      ...twins(wanted, known, howTo),
      ...collisions(wanted, known, howTo),
      ...thirdPartyProject(wanted, settings.projects, howTo),
      ...missingGpu(wanted, settings.gpuSupport, howTo),
      ...components(wanted, settings.components ?? [], howTo),
    ]),
  ];
});

/** Their objects are in one namespace, so their names differ whatever their project is. */
function twins(wanted: Wanted, all: readonly Wanted[], howTo: HowTo): Problem[] {
  const { name, as, index, definition } = wanted;
  const twin = all.find((other) => other.index < index && installName(other) === installName(wanted));
  if (!twin) return [];
  const key = `extensions[${index}]`;
  return isMultiInstallable(definition)
    ? [
        {
          key: `${key}.as`,
          message: `"${as}" is the name of extensions[${twin.index}] already`,
          remedy: howTo.set(`${key}.as`, 'demo2'),
        },
      ]
    : [
        {
          key: `${key}.name`,
          message: `"${name}" is extensions[${twin.index}] already, and is installed once`,
          remedy: howTo.remove(key),
        },
      ];
}

function collisions(wanted: Wanted, all: readonly Wanted[], howTo: HowTo): Problem[] {
  const {
    definition: { distinct = [] },
    index,
    name,
    owner,
    values,
  } = wanted;
  return distinct.flatMap(({ parameter, what, of }) => {
    const own = of(values, owner);
    const other = all.find(
      (candidate) =>
        own !== undefined &&
        candidate.index < index &&
        candidate.name === name &&
        of(candidate.values, candidate.owner) === own,
    );
    const key = `extensions[${index}].parameters.${parameter}`;
    const remedy =
      parameter === 'service_type'
        ? `Set service_type ClusterIP for one of them, e.g.: ${howTo.setting(key, 'ClusterIP')}`
        : `Choose another ${what}, or remove one of the two, e.g.: ${howTo.removal(`extensions[${index}]`)}`;
    return other === undefined
      ? []
      : [{ key, message: `is the same ${what} as that of extensions[${other.index}]`, remedy }];
  });
}

function thirdPartyProject(
  { project, index }: Wanted,
  projects: RawSettings['projects'] | undefined,
  howTo: HowTo,
): Problem[] {
  if (project === undefined || projects === undefined || projects.some(({ name }) => name === project)) return [];
  const key = `extensions[${index}].project`;
  return [
    {
      key,
      message: `"${project}" is none of the projects ${projects.map(({ name }) => name).join(', ')}`,
      remedy: howTo.set(key, projects[0]?.name ?? 'admin'),
    },
  ];
}

/** Some components of earlier releases are extensions too. */
function components({ name, index }: Wanted, switchedOn: RawSettings['components'], howTo: HowTo): Problem[] {
  const key = `extensions[${index}]`;
  return switchedOn.some((component) => `${component}-chart` === name)
    ? [{ key: `${key}.name`, message: `"${name}" is one of components already`, remedy: howTo.remove(key) }]
    : [];
}

function missingGpu({ definition, values, index }: Wanted, gpuSupport: boolean | undefined, howTo: HowTo): Problem[] {
  if (gpuSupport !== false) return [];
  const onGpu = Object.entries(definition.parameters ?? {}).find(
    ([name, parameter]) => parameter.type === 'bool' && parameter.gpu && values[name] === true,
  );
  if (!onGpu) return [];
  const key = `extensions[${index}].parameters.${onGpu[0]}`;
  return [
    {
      key,
      message: 'is true, but gpuSupport is false: there is no GPU to compute on',
      remedy: `${howTo.set('gpuSupport', true)}; or compute without one. ${howTo.remove(key)}`,
    },
  ];
}
