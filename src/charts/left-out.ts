import type { ThirdPartyObject } from '../../constructs/extensions/third-party/third-party-object';
import type { ChartFiles } from './archive';
import type { ReadManifests } from './manifests';

/** What is left out on somebody's word. */
export interface LeaveOut {
  /** Objects as `Kind` or `Kind/name`. @default - none */
  readonly without?: readonly string[];

  /** Whether hooks that would run at removal or roll-back are left out. */
  readonly withoutRemovalHooks: boolean;
}

/** The objects of a chart that are deployed, and all that Helm would do with it and this program does not. */
export interface Kept {
  readonly objects: readonly ThirdPartyObject[];

  /** Short texts, each with the reason. */
  readonly leftOut: readonly string[];
  readonly problems: readonly string[];
}

const HOOK = 'helm.sh/hook';
const DELETE_POLICY = 'helm.sh/hook-delete-policy';

/** Takes out of a chart what is not deployed. */
export function leaveOut(
  { objects: all, templates }: Pick<ReadManifests, 'objects' | 'templates'>,
  files: ChartFiles,
  choices: LeaveOut,
): Kept {
  const { without = [] } = choices;
  const leftOut: string[] = [];
  const objects = all.flatMap((object): ThirdPartyObject[] => {
    if (without.some((wanted) => isNamed(object, wanted))) {
      leftOut.push(`${nameOf(object)} (--without)`);
      return [];
    }
    const { kept, texts } = withoutEvents(object, choices.withoutRemovalHooks);
    // Names of tests are often random, and their file says more.
    const { kind, metadata } = object;
    const source = kept ? undefined : templates[`${kind}/${metadata.namespace}/${metadata.name}`];
    const shown = source === undefined ? nameOf(object) : `${kind} of ${source}`;
    leftOut.push(...texts.map((text) => `${shown} (${text})`));
    return kept ? [kept] : [];
  });
  if (files.has('templates/NOTES.txt')) leftOut.push("templates/NOTES.txt (Helm's text after an installation)");
  const unmet = without.filter((wanted) => !all.some((object) => isNamed(object, wanted)));
  const problems = unmet.map((wanted) => `--without ${wanted}: the chart has no such object; write Kind or Kind/name`);
  return { objects, leftOut, problems };
}

/** Hooks of an installation are deployed in their order; nothing is run at any other time. */
function withoutEvents(
  object: ThirdPartyObject,
  withoutRemovalHooks: boolean,
): { readonly kept?: ThirdPartyObject; readonly texts: readonly string[] } {
  const { annotations = {} } = object.metadata;
  const events = String(annotations[HOOK] ?? '')
    .split(',')
    .map((event) => event.trim())
    .filter((event) => event !== '');
  if (events.length === 0) return { kept: object, texts: [] };
  const isLeft = (event: string): boolean =>
    /^test(-success|-failure)?$/.test(event) || (withoutRemovalHooks && /^(pre|post)-(delete|rollback)$/.test(event));
  const rest = events.filter((event) => !isLeft(event));
  const left = events.filter(isLeft).map((event) => `hook for ${event}`);
  if (rest.length === 0) return { texts: left };
  const updates = rest.filter((event) => /-upgrade$/.test(event));
  return {
    kept: { ...object, metadata: { ...object.metadata, annotations: { ...annotations, [HOOK]: rest.join(',') } } },
    texts: [
      ...left,
      ...(updates.length > 0 && updates.length < rest.length
        ? [`hook for ${updates.join(', ')}: it runs again only when it has changed`]
        : []),
      ...(/hook-(succeeded|failed)/.test(annotations[DELETE_POLICY] ?? '')
        ? [`${DELETE_POLICY}: it stays when it has run`]
        : []),
    ],
  };
}

function isNamed({ kind, metadata }: ThirdPartyObject, wanted: string): boolean {
  return [kind, `${kind}/${metadata.name}`, `${kind}/${metadata.namespace}/${metadata.name}`].includes(wanted);
}

function nameOf({ kind, metadata }: ThirdPartyObject): string {
  return `${kind} ${metadata.namespace}/${metadata.name}`;
}
