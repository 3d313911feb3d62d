import { listed, OperatorError } from '../base/operator-error';
import { printable } from '../base/printable';
import { isSecretParameter } from '../settings/extensions';
import type { Settings } from '../settings/parse';
import { readArchive } from './archive';
import { describeChart, type ThirdPartyDescription } from './chart';
import type { Renderer } from './helm';
import { boundsOf, projectOf } from './load';
import { readManifests } from './manifests';
import { type Rendered, templatesOf } from './rendered';
import { isRemovalHook, safetyProblems } from './safety';
import { chartValues, type ChosenValue, platformGlobals, readValue, unknownKey, usedGlobals } from './values';

/** What somebody chose for a chart. */
export interface Choices {
  /** Name of the install. @default - the chart's */
  readonly as?: string;

  /** @default - the first one */
  readonly project?: string;

  /** Values as `key=value`. */
  readonly set: readonly string[];

  /** Names of those that are credentials. */
  readonly secret: readonly string[];

  /** Whether hooks that would run at removal or roll-back are left out. */
  readonly withoutRemovalHooks: boolean;
}

/** What became of a chart. */
export interface Inspected {
  readonly name: string;
  readonly description: ThirdPartyDescription;
  readonly rendered: Rendered;
}

/** A chart is not taken; the message has all reasons that could be found. */
export class RefusedChart extends OperatorError {
  constructor(public readonly reasons: readonly string[]) {
    super(
      listed(
        `The chart is rejected for ${reasons.length} ${reasons.length === 1 ? 'reason' : 'reasons'}:`,
        reasons.map(printable),
      ),
    );
  }
}

const NAME = /^[a-z0-9]([a-z0-9-]{0,51}[a-z0-9])?$/;

/**
 * Reads a chart, renders it for an environment and checks it. Nothing is written, and no cluster is asked.
 *
 * @throws RefusedChart with all reasons of the first step that finds some
 */
export function inspectChart(packed: Buffer, choices: Choices, settings: Settings, render: Renderer): Inspected {
  const archive = readArchive(packed);
  refuseFor(archive.problems);
  const { chart, problems } = describeChart(archive);
  refuseFor(problems);
  const name = choices.as ?? chart.name;
  const { values, problems: mistakes } = chosenValues(chart, choices);
  refuseFor([...mistakes, ...nameProblems(name), ...projectProblems(choices.project, settings)]);

  const project = projectOf(choices, settings);
  const globals = platformGlobals(settings, project);
  const yaml = rendering(() =>
    render({
      files: archive.files,
      name,
      namespace: settings.servicesNamespace,
      values: chartValues(chart, globals, values, choices.secret),
    }),
  );
  const { objects: all, sources, problems: broken } = readManifests(yaml, settings.servicesNamespace);
  refuseFor(broken);
  const leftOut = choices.withoutRemovalHooks ? all.filter(isRemovalHook) : [];
  const objects = all.filter((object) => !leftOut.includes(object));
  refuseFor(safetyProblems(objects, boundsOf(settings, project, choices.secret)));
  const { version, title, keywords } = chart;
  return {
    name,
    description: chart,
    rendered: {
      chart: { name: chart.name, version, title, keywords },
      platform: usedGlobals(globals, archive.files),
      values,
      secrets: choices.secret,
      leftOut: leftOut.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`),
      objects,
      templates: templatesOf(sources),
    },
  };
}

/** The name that a chart has by itself; none where it cannot be read, which {@link inspectChart} refuses. */
export function chartName(packed: Buffer): string | undefined {
  const archive = readArchive(packed);
  return archive.problems.length > 0 ? undefined : describeChart(archive).chart.name;
}

function chosenValues(
  chart: ThirdPartyDescription,
  { set, secret }: Choices,
): { values: Record<string, ChosenValue>; problems: string[] } {
  const values: Record<string, ChosenValue> = {};
  const problems: string[] = [];
  for (const pair of set) {
    const [key = '', ...rest] = pair.split('=');
    if (rest.length === 0 || key === '') {
      problems.push(`--set ${JSON.stringify(pair)} is not of the form key=value`);
    } else if (isSecretParameter(key.split('.').at(-1) ?? '')) {
      problems.push(
        `--set ${key}: a credential does not belong on a command line, which everybody on the machine can read. Pass it with --secret ${key}`,
      );
    } else {
      const read = readValue(chart, key, rest.join('='));
      values[key] = read.value;
      problems.push(...read.problems);
    }
  }
  for (const key of secret) {
    const unknown = unknownKey(chart, key);
    if (unknown !== undefined) problems.push(`--secret ${unknown}`);
    if (Object.hasOwn(values, key)) problems.push(`--secret ${key} is set by --set, too`);
  }
  return { values, problems };
}

function nameProblems(name: string): string[] {
  return NAME.test(name)
    ? []
    : [
        `${JSON.stringify(name)} is not a name: lower-case letters, digits and dashes, at most 53. Choose one with --as`,
      ];
}

function projectProblems(project: string | undefined, { projects }: Settings): string[] {
  const names = projects.map(({ name }) => name);
  return project === undefined || names.includes(project)
    ? []
    : [`${JSON.stringify(project)} is not one of the projects ${names.join(', ')}`];
}

function rendering(render: () => string): string {
  try {
    return render();
  } catch (problem) {
    if (!(problem instanceof OperatorError)) throw problem;
    throw new RefusedChart([problem.message]);
  }
}

function refuseFor(reasons: readonly string[]): void {
  if (reasons.length > 0) throw new RefusedChart(reasons);
}
