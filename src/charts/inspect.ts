import type { ThirdPartyObject } from '../../constructs/extensions/third-party/third-party-object';
import { listed, OperatorError } from '../base/operator-error';
import { printable } from '../base/printable';
import type { Json } from '../objects/manifest';
import type { TextForm } from '../settings/derive';
import type { Settings } from '../settings/parse';
import { readArchive } from './archive';
import { describeChart, type ThirdPartyDescription } from './chart';
import { findCredentials } from './credentials';
import type { Renderer } from './helm';
import { boundsOf, projectOf } from './load';
import { readManifests } from './manifests';
import { type Rendered, sha256 } from './rendered';
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

  /** Names of chosen values that look like credentials and are none. @default - none */
  readonly plain?: readonly string[];

  /** What it made up at random when it was rendered before. @default - nothing */
  readonly generated?: Readonly<Record<string, TextForm>>;

  /** Whether hooks that would run at removal or roll-back are left out. */
  readonly withoutRemovalHooks: boolean;
}

/** What became of a chart. */
export interface Inspected {
  readonly name: string;
  readonly description: ThirdPartyDescription;
  readonly rendered: Rendered;

  /** Chosen values that look like credentials and are none. */
  readonly plain: readonly string[];

  /** What somebody should know, one sentence each. */
  readonly notes: readonly string[];
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
  const draw = (over: Readonly<Record<string, Json>>): readonly ThirdPartyObject[] => {
    const secret = choices.secret.filter((key) => !Object.hasOwn(over, key));
    const yaml = rendering(() =>
      render({
        files: archive.files,
        name,
        namespace: settings.servicesNamespace,
        values: chartValues(chart, globals, { ...values, ...over } as typeof values, secret),
      }),
    );
    const { objects: drawn, problems: broken } = readManifests(yaml, settings.servicesNamespace);
    refuseFor(broken);
    return drawn;
  };
  const { plain = [], secret } = choices;
  const found = findCredentials({
    chart,
    values,
    secret,
    plain,
    draw,
    before: choices.generated ?? {},
    salt: `${sha256(packed)} ${name}`,
  });
  const { objects: all, generated } = found;
  const leftOut = choices.withoutRemovalHooks ? all.filter(isRemovalHook) : [];
  const objects = all.filter((object) => !leftOut.includes(object));
  refuseFor(found.problems);
  refuseFor(safetyProblems(objects, boundsOf(settings, project, [...secret, ...Object.keys(generated)])));
  const { version, title, keywords } = chart;
  return {
    name,
    description: chart,
    rendered: {
      chart: { name: chart.name, version, title, keywords },
      platform: usedGlobals(globals, archive.files),
      values,
      secrets: choices.secret,
      ...(Object.keys(generated).length === 0 ? {} : { generated }),
      leftOut: leftOut.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`),
      objects,
    },
    plain: found.plain,
    notes: found.notes,
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
