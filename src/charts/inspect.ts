import type { ThirdPartyObject } from '../../constructs/extensions/third-party/third-party-object';
import { listed, OperatorError } from '../base/operator-error';
import { printable } from '../base/printable';
import type { Json } from '../objects/manifest';
import type { TextForm } from '../settings/derive';
import type { Settings } from '../settings/parse';
import { readArchive } from './archive';
import { describeChart, type ThirdPartyDescription } from './chart';
import { chooseValues, type GivenValues } from './choose';
import { findCredentials } from './credentials';
import { type ChartServer, type Renderer, UnrenderedChart } from './helm';
import { type Kept, leaveOut, type LeaveOut } from './left-out';
import { boundsOf, projectOf } from './load';
import { type ReadManifests, readManifests } from './manifests';
import { type Rendered, sha256 } from './rendered';
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

  /** Names of chosen values that look like credentials and are none. @default - none */
  readonly plain?: readonly string[];

  /** What it made up at random when it was rendered before. @default - nothing */
  readonly generated?: Readonly<Record<string, TextForm>>;
}

/** What became of a chart. */
export interface Inspected {
  readonly name: string;
  readonly description: ThirdPartyDescription;
  readonly rendered: Rendered;

  /** Chosen values that look like credentials and are none. */
  readonly plain: readonly string[];

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

/** One rendering of a chart. */
type Drawn = Kept & Pick<ReadManifests, 'templates' | 'notes'>;

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
  const draw = (over: Readonly<Record<string, Json>>): Drawn => {
    const others = secret.filter((key) => !Object.hasOwn(over, key));
    const yaml = rendering(() =>
      render({
        files,
        name,
        namespace: settings.servicesNamespace,
        values: chartValues(chart, used, { ...values, ...over }, others),
        server,
      }),
    );
    const read = readManifests(yaml, settings.servicesNamespace);
    refuseFor(read.problems);
    return { ...leaveOut(read, archive.files, choices), templates: read.templates, notes: read.notes };
  };
  const drawn = draw({});
  const found = findCredentials({
    chart,
    values,
    secret,
    plain: choices.plain ?? [],
    first: drawn.objects,
    draw: (over) => draw(over).objects,
    before: choices.generated ?? {},
    salt: `${sha256(packed)} ${name}`,
  });
  refuseFor(found.problems);
  const { leftOut, problems: unmet } = drawn;
  const { objects, volumes, problems: homeless } = staticVolumes(found.objects, settings);
  const secrets = [...new Set([...choices.secret, ...ownCredentials(objects)])];
  refuseFor([
    ...unmet,
    ...homeless,
    ...safetyProblems(objects, boundsOf(settings, project, [...secrets, ...Object.keys(found.generated)], volumes)),
  ]);
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
      ...(Object.keys(found.generated).length === 0 ? {} : { generated: found.generated }),
      ...(choices.without === undefined || choices.without.length === 0 ? {} : { without: choices.without }),
      ...(choices.withoutRemovalHooks ? { withoutRemovalHooks: true } : {}),
      leftOut: [...leftOut, ...left, ...archive.ignored.map((path) => `${path} (no program reads it)`)],
      ...(volumes.length === 0 ? {} : { volumes }),
      objects,
      templates: templatesOf(objects, drawn.templates),
    },
    plain: found.plain,
    notes: [...own, ...chosen, ...drawn.notes, ...found.notes],
  };
}

/** Those of what is deployed: others may have random names. */
function templatesOf(
  objects: readonly ThirdPartyObject[],
  templates: Readonly<Record<string, string>>,
): Record<string, string> {
  const ids = objects.map(({ kind, metadata }) => `${kind}/${metadata.namespace}/${metadata.name}`);
  return Object.fromEntries(Object.entries(templates).filter(([id]) => ids.includes(id)));
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
