import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ThirdPartyInstall } from '../../constructs/extensions/third-party/third-party-chart';
import { secretToken } from '../../constructs/kube';
import type { Project } from '../../constructs/platform/project';
import type { Settings } from '../settings/parse';
import { projectsOf } from '../settings/projects';
import { nameWithForm } from '../settings/secrets';
import { ChartsError } from './charts-error';
import { helmValues } from './platform-values';
import { FILES, fromFile, type Rendered, sha256 } from './rendered';
import { type Bounds, safetyProblems } from './safety';
import type { ThirdPartyVolume } from './static-volumes';
import { type ChosenValue, GRANTED, platformGlobals } from './values';

/** An entry of `thirdPartyExtensions`. */
export type ThirdPartyEntry = Settings['thirdPartyExtensions'][number];

/** What their credentials are derived for: the setting's first name, as another one would give other passwords. */
const DERIVED = 'foreignExtensions';

/** What of the platform extensions may name: claims of workflows, and what each namespace has. */
const OFFERED = [
  'PersistentVolumeClaim/dags-pv-claim',
  'PersistentVolumeClaim/af-plugins-pv-claim',
  'PersistentVolumeClaim/models-pv-claim',
  'PersistentVolumeClaim/workflow-data-pv-claim',
  'ConfigMap/kube-root-ca.crt',
  'Secret/project-user-credentials',
] as const;

/**
 * The charts that others made, of an environment whose file is in `directory`: read, compared with their checksums, and
 * checked again.
 *
 * @throws ChartsError with all that is wrong
 */
export function thirdPartyInstalls(settings: Settings, directory: string): ThirdPartyInstall[] {
  const read = settings.thirdPartyExtensions.map((entry) => readThirdParty(entry, settings, directory));
  const problems = read.flatMap((each) => each.problems);
  if (problems.length > 0) throw new ChartsError(problems);
  return read.flatMap(({ install }) => install ?? []);
}

/** One of them, and what is wrong with it. */
export function readThirdParty(
  entry: ThirdPartyEntry,
  settings: Settings,
  directory: string,
): { readonly install?: ThirdPartyInstall; readonly problems: readonly string[] } {
  const named = (problem: string): string => `the extension ${entry.as} of ${entry.chart}: ${problem}`;
  const folder = dirname(entry.chart);
  const broken = [
    ...fileProblems(directory, entry.chart, entry.sha256),
    ...fileProblems(directory, join(folder, FILES.rendered), entry.rendered),
  ];
  if (broken.length > 0) return { problems: broken.map(named) };
  const rendered = fromFile(readFileSync(join(directory, folder, FILES.rendered), 'utf8'));
  const project = projectOf(entry, settings);
  const stale = staleProblems(rendered, entry, settings, project);
  const unsafe = safetyProblems(rendered.objects, boundsOf(settings, project, namesIn(rendered), rendered.volumes));
  const install = {
    name: entry.as,
    objects: rendered.objects,
    templates: rendered.templates,
    volumes: rendered.volumes,
    credentials: credentialsOf(entry, settings, rendered),
  };
  return { install: unsafe.length === 0 ? install : undefined, problems: [...stale, ...unsafe].map(named) };
}

/** The project that an entry belongs to. */
export function projectOf({ project }: Pick<ThirdPartyEntry, 'project'>, settings: Settings): Project {
  const [first, ...others] = projectsOf(settings);
  return [first, ...others].find(({ name }) => name === project) ?? first;
}

/** What the objects of an install may do. */
export function boundsOf(
  settings: Settings,
  project: Project,
  secrets: readonly string[],
  volumes: readonly ThirdPartyVolume[] = [],
): Bounds {
  return {
    namespaces: [settings.servicesNamespace, project.namespace],
    directories: [...new Set([settings.fastDataDir, settings.slowDataDir])],
    domain: settings.domain,
    offered: new Set([...OFFERED, ...volumes.map(({ claim }) => `PersistentVolumeClaim/${claim}`)]),
    credentials: new Set([...GRANTED, ...secrets]),
  };
}

/** Tokens of the credentials of an install; those that the settings leave out are derived, as all of the platform's. */
export function credentialsOf(
  { as, secrets }: Pick<ThirdPartyEntry, 'as' | 'secrets'>,
  settings: Settings,
  { secrets: names, generated = {} }: Pick<Rendered, 'secrets' | 'generated'>,
): Record<string, string> {
  const { global } = helmValues(settings);
  return {
    ...Object.fromEntries(GRANTED.map((name) => [name, String(global[name])])),
    ...Object.fromEntries(names.map((name) => [name, secrets?.[name] ?? secretToken(`${DERIVED}.${as}.${name}`)])),
    ...Object.fromEntries(
      Object.entries(generated).map(([name, form]) => [
        name,
        secrets?.[name] ?? secretToken(nameWithForm(`${DERIVED}.${as}.${name}`, form)),
      ]),
    ),
  };
}

/** Names of its credentials: those that somebody chose, and those that the chart would make up. */
function namesIn({ secrets, generated = {} }: Rendered): string[] {
  return [...secrets, ...Object.keys(generated)];
}

function fileProblems(directory: string, file: string, checksum: string): string[] {
  if (!existsSync(join(directory, file)))
    return [`there is no file ${file} beside the environment; keep it in version control, or add the chart again`];
  return sha256(readFileSync(join(directory, file))) === checksum
    ? []
    : [`${file} is not what the settings have the checksum of; bring it back, or add the chart again`];
}

/** What it was rendered with still holds. */
function staleProblems(rendered: Rendered, entry: ThirdPartyEntry, settings: Settings, project: Project): string[] {
  const now = platformGlobals(settings, project);
  const environment = entry.chart.split('/').at(-3) ?? '';
  const remedy = `Render it again: npx kaapana extension add ${entry.chart} --env ${environment} --as ${entry.as} --replace`;
  const { kubernetesVersion: version = rendered.kubernetes } = settings;
  const changed = Object.entries(rendered.platform)
    .filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(now[key]))
    .map(([key]) => key);
  const given = [sorted(entry.values as Rendered['values'] | undefined), sorted(rendered.values)].map((values) =>
    JSON.stringify(values),
  );
  const unknown = Object.keys(entry.secrets ?? {}).filter((name) => !namesIn(rendered).includes(name));
  return [
    ...(changed.length === 0
      ? []
      : [`the settings have changed since it was rendered (${changed.join(', ')}). ${remedy}`]),
    ...(rendered.kubernetes === undefined || version === rendered.kubernetes
      ? []
      : [
          `it was rendered for Kubernetes ${rendered.kubernetes}, and kubernetesVersion is ${String(version)}. ${remedy}`,
        ]),
    ...(given[0] === given[1] ? [] : [`its values in the settings are not those that it was rendered with. ${remedy}`]),
    ...unknown.map((name) => `its secret ${name} is none that it was rendered with. ${remedy} --secret ${name}`),
  ];
}

/** An empty value stands for a missing one in the settings. */
function sorted(values: Readonly<Record<string, ChosenValue>> = {}): [string, ChosenValue][] {
  return Object.entries(values)
    .filter(([, value]) => value !== '' && !(Array.isArray(value) && value.length === 0))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
