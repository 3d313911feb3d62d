import { listed, OperatorError } from '../base/operator-error';
import { printable } from '../base/printable';
import type { Settings } from '../settings/parse';
import { readArchive } from './archive';
import { describeChart, type ThirdPartyDescription } from './chart';
import { chooseValues, type GivenValues } from './choose';
import { type ChartServer, type Renderer, UnrenderedChart } from './helm';
import { leaveOut, type LeaveOut } from './left-out';
import { boundsOf, projectOf } from './load';
import { readManifests } from './manifests';
import type { Rendered } from './rendered';
import { safetyProblems } from './safety';
import { serverOf } from './server';
import { staticVolumes } from './static-volumes';
import { chartValues, isPlatformCredential, ownCredentials, platformGlobals, usedGlobals } from './values';
import { withLocalSchemas } from './values-schema';

/** What somebody chose for a chart. */
export interface Choices extends GivenValues, LeaveOut {
  /** Name of the install. @default - the chart's */
  readonly as?: string;

  /** @default - the first one */
  readonly project?: string;
}

/** What became of a chart. */
export interface Inspected {
  readonly name: string;
  readonly description: ThirdPartyDescription;
  readonly rendered: Rendered;

  /** What is worth a look. */
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
 * Reads a chart, renders it for an environment and checks it. Nothing is written, and no cluster is asked: the chart is
 * told of `server`, by default of that of the settings.
 *
 * @throws RefusedChart with all reasons of the first step that finds some
 */
export function inspectChart(
  packed: Buffer,
  choices: Choices,
  settings: Settings,
  render: Renderer,
  server: ChartServer = serverOf(settings),
): Inspected {
  const archive = readArchive(packed);
  refuseFor(archive.problems);
  const { chart, problems, notes: own } = describeChart(archive);
  refuseFor(problems);
  const name = choices.as ?? chart.name;
  const project = projectOf(choices, settings);
  const globals = platformGlobals(settings, project);
  const secret = choices.secret.filter((each) => !isPlatformCredential(globals, each));
  const { values, problems: mistakes, notes: chosen } = chooseValues(chart, { ...choices, secret });
  refuseFor([...mistakes, ...nameProblems(name), ...projectProblems(choices.project, settings)]);

  const used = usedGlobals(globals, archive.files);
  const { files, left } = withLocalSchemas(archive.files);
  const yaml = rendering(() =>
    render({
      files,
      name,
      namespace: settings.servicesNamespace,
      values: chartValues(chart, used, values, secret),
      server,
    }),
  );
  const read = readManifests(yaml, settings.servicesNamespace);
  refuseFor(read.problems);
  const { objects: kept, leftOut, problems: unmet } = leaveOut(read, archive.files, choices);
  const { objects, volumes, problems: homeless } = staticVolumes(kept, settings);
  const secrets = [...new Set([...choices.secret, ...ownCredentials(objects)])];
  refuseFor([...unmet, ...homeless, ...safetyProblems(objects, boundsOf(settings, project, secrets, volumes))]);
  const { version, title, keywords } = chart;
  return {
    name,
    description: chart,
    rendered: {
      chart: { name: chart.name, version, title, keywords },
      platform: used,
      ...(chart.asksServer ? { kubernetes: server.version } : {}),
      values,
      secrets,
      ...(choices.without === undefined || choices.without.length === 0 ? {} : { without: choices.without }),
      ...(choices.withoutRemovalHooks ? { withoutRemovalHooks: true } : {}),
      leftOut: [...leftOut, ...left, ...archive.ignored.map((path) => `${path} (no program reads it)`)],
      ...(volumes.length === 0 ? {} : { volumes }),
      objects,
      templates: read.templates,
    },
    notes: [...own, ...chosen, ...read.notes],
  };
}

/** The name that a chart has by itself; none where it cannot be read, which {@link inspectChart} refuses. */
export function chartName(packed: Buffer): string | undefined {
  const archive = readArchive(packed);
  return archive.problems.length > 0 ? undefined : describeChart(archive).chart.name;
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
    if (problem instanceof UnrenderedChart) throw new RefusedChart(problem.reasons);
    throw problem;
  }
}

function refuseFor(reasons: readonly string[]): void {
  if (reasons.length > 0) throw new RefusedChart(reasons);
}
