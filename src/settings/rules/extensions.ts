import { type ExtensionDefinition, isMultiInstallable } from '../../../constructs/extensions/contract/definition';
import {
  type GivenValues,
  type Parameters,
  type ParameterValue,
  withDefaults,
} from '../../../constructs/extensions/contract/parameter';
import { installName } from '../../../constructs/extensions/install';
import { type RawExtension, readExtension } from '../extensions';
import { type Mistake, mistake, remove, set } from '../problems';
import type { RawSettings } from '../schema';
import { rule, unknownProject } from './rule';

/** An extension of the catalogue, as it is wanted. */
interface Wanted extends RawExtension {
  readonly index: number;

  /** Project of the extension, also where none is named. */
  readonly owner: string;

  readonly definition: ExtensionDefinition;

  /** Values of all parameters. */
  readonly values: Readonly<Record<string, ParameterValue>>;
}

/** Extensions are what the catalogue knows, and do not get into each other's way. */
export const extensions = rule(['extensions'], (settings) => {
  const read = settings.extensions.map((entry, index) => ({
    entry,
    index,
    ...readExtension(entry, `extensions[${index}]`),
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
      ...twins(wanted, known),
      ...collisions(wanted, known),
      ...unknownProject(`extensions[${wanted.index}].project`, wanted.project, settings.projects),
      ...missingGpu(wanted, settings.gpuSupport),
      ...components(wanted, settings.components ?? []),
    ]),
  ];
});

/** Their objects are in one namespace, so their names differ whatever their project is. */
function twins(wanted: Wanted, all: readonly Wanted[]): Mistake[] {
  const { name, as, index, definition } = wanted;
  const twin = all.find((other) => other.index < index && installName(other) === installName(wanted));
  if (!twin) return [];
  const [key, other] = [index, twin.index].map((at) => `extensions[${at}]`) as [string, string];
  return isMultiInstallable(definition)
    ? [mistake('taken-install-name', `${key}.as`, { name: as ?? '', other }, set(`${key}.as`, 'demo2'))]
    : [mistake('installed-twice', `${key}.name`, { name, other }, remove(key))];
}

function collisions(wanted: Wanted, all: readonly Wanted[]): Mistake[] {
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
    const remedy = parameter === 'service_type' ? set(key, 'ClusterIP') : remove(`extensions[${index}]`);
    return other === undefined
      ? []
      : [mistake('same-parameter', key, { what, other: `extensions[${other.index}]` }, remedy)];
  });
}

/** Some components of earlier releases are extensions too. */
function components({ name, index }: Wanted, switchedOn: RawSettings['components']): Mistake[] {
  const key = `extensions[${index}]`;
  return switchedOn.some((component) => `${component}-chart` === name)
    ? [mistake('component-as-extension', `${key}.name`, { name }, remove(key))]
    : [];
}

function missingGpu({ definition, values, index }: Wanted, gpuSupport: boolean | undefined): Mistake[] {
  if (gpuSupport !== false) return [];
  const onGpu = Object.entries(definition.parameters ?? {}).find(
    ([name, parameter]) => parameter.type === 'bool' && parameter.gpu && values[name] === true,
  );
  if (!onGpu) return [];
  const key = `extensions[${index}].parameters.${onGpu[0]}`;
  return [mistake('parameter-without-gpu', key, {}, set('gpuSupport', true), remove(key))];
}
