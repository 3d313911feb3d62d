import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdk8s';
import { DEFINITIONS } from '../../constructs/extensions/catalogue';
import { type ExtensionDefinition, isMultiInstallable } from '../../constructs/extensions/contract/definition';
import type { Parameter, ParameterValue } from '../../constructs/extensions/contract/parameter';
import { type Install, installName } from '../../constructs/extensions/install';
import { reveal } from '../../constructs/kube';
import { helmValues } from '../../src/charts/platform-values';
import { buildPlatform } from '../../src/environment/tree';
import { buildGraph, type Graph } from '../../src/objects/graph';
import { identityOf, type Manifest, objectAt } from '../../src/objects/manifest';
import { packChart } from '../../src/packaging/chart';
import { OpenPlatform } from '../../src/packaging/platform';
import { parseSettings } from '../../src/settings/parse';
import { ExtensionsStack, type ExtensionsStackProps } from '../../stacks/extensions';
import { REQUIRED } from '../settings/support';

/** Values of parameters that have no default. */
const GIVEN = 'given-by-the-test';

/**
 * Values that are not global, and the keys of an entry in the lists that stand for maps (KaapanaBaseOperator, Kaapana
 * 0.6.0).
 */
const OF_CHART = ['workflow_dir', 'batch_name', 'operator_in_dir', 'operator_out_dir'];
const ENTRIES: Readonly<Record<string, readonly string[]>> = {
  dynamicVolumes: ['mount_path'],
  envVars: ['value'],
  envVarsFromSecretRef: ['secretName', 'secretKey'],
  labels: ['value'],
};

/** A platform, as this program deploys it and as charts see it. */
export interface SiteOfTest {
  readonly offer: Omit<ExtensionsStackProps, 'installs'>;

  /** Its objects. */
  readonly graph: Graph;

  /** What kube-helm passes to every chart, and Airflow's operators to those that they start. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** The platform of these settings, and `installs` on it. */
export function siteOf(given: Readonly<Record<string, unknown>> = {}, installs: readonly Install[] = []): SiteOfTest {
  const { settings, secrets } = parseSettings(
    { ...REQUIRED, ...given, credentials: { ...REQUIRED.credentials, rootSecret: 'Root2020' } },
    'test',
  );
  const { offer, graph } = buildPlatform({ ...settings, extensions: installs }, 'test');
  const [project] = offer.projects;
  const values = Object.entries(helmValues(settings).global).map(([name, value]) => [
    name,
    typeof value === 'string' ? reveal(value, (secret) => secrets.resolve(secret) ?? '') : value,
  ]);
  const launch = {
    namespace: project.namespace,
    ingress_path: `applications/project/${project.id}/release/{{ .Release.Name }}`,
  };
  return {
    offer,
    graph,
    values: { ...Object.fromEntries(values), ...launch, project_id: project.id, project_name: project.name },
  };
}

/** Packs all charts for the tests of a file, and gives the path of each. */
export function packedCharts(): (extension: { readonly name: string }) => string {
  const directory = mkdtempSync(join(tmpdir(), 'kaapana-charts-'));
  const paths = new Map<string, string>();
  beforeAll(() => {
    const platform = new OpenPlatform();
    for (const definition of DEFINITIONS) {
      const { file, content } = packChart(definition, platform);
      paths.set(definition.name, join(directory, file));
      writeFileSync(join(directory, file), content);
    }
  });
  afterAll(() => rmSync(directory, { recursive: true }));
  return ({ name }) => paths.get(name) ?? '';
}

/**
 * What helm writes.
 *
 * @throws what it complains about
 */
export function helm(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('helm', args, { encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status !== 0) throw new Error(stderr + stdout);
  return stdout;
}

/**
 * Installs of an extension: by its defaults, and for each parameter one with every other choice and one with another
 * text.
 */
export function installsOf(definition: ExtensionDefinition, { gpus }: { gpus: boolean }): Install[] {
  const parameters = Object.entries(definition.parameters ?? {});
  const required = Object.fromEntries(
    parameters.flatMap(([name, parameter]) => (parameter.default === undefined ? [[name, exampleOf(parameter)]] : [])),
  );
  const others = parameters.flatMap(([name, parameter]) =>
    otherValues(parameter, gpus).map((value) => ({ [name]: value })),
  );
  // A run starts one internal extension alone.
  const as = isMultiInstallable(definition) ? { as: definition.kind === 'internal' ? definition.name : 'demo1' } : {};
  return [{}, ...others].map(
    (other) => ({ name: definition.name, ...as, parameters: { ...required, ...other } }) as Install,
  );
}

/** What kube-helm adds to the command line for the values of a platform and of a form. */
export function helmFlags(
  site: SiteOfTest,
  { parameters = {} }: { readonly parameters?: Readonly<Record<string, ParameterValue>> },
): string[] {
  // Forms send lists as texts, and Python writes truth with a capital.
  const form = Object.entries(parameters).flatMap(([name, value]) =>
    isMap(value) ? entries(name, value) : [[name, Array.isArray(value) ? value.join(',') : value] as const],
  );
  return [...Object.entries(site.values), ...form].flatMap(([name, value]) => {
    const key = OF_CHART.includes(name) ? name : `global.${name}`;
    if (Array.isArray(value)) return ['--set', `${key}={${value.join(',')}}`];
    if (typeof value === 'boolean') return ['--set', `${key}=${value ? 'True' : 'False'}`];
    return ['--set-string', `${key}=${String(value).replace(/[,{}]/g, '\\$&')}`];
  });
}

function isMap(value: ParameterValue): value is Readonly<Record<string, string>> {
  return typeof value === 'object' && !Array.isArray(value);
}

function entries(name: string, map: Readonly<Record<string, string>>): (readonly [string, string])[] {
  const [first = '', ...others] = ENTRIES[name] ?? [];
  return Object.entries(map).flatMap(([entry, value], index) => {
    const parts = others.length === 0 ? [value] : value.split('/');
    return [['name', entry] as const, ...[first, ...others].map((key, part) => [key, parts[part] ?? ''] as const)].map(
      ([key, text]) => [`${name}[${index}].${key}`, text] as const,
    );
  });
}

/** The objects that this program deploys for `install`, by identity, as a chart has to give them. */
export function bridged({ offer, values }: SiteOfTest, install: Install): Map<string, Manifest> {
  const app = new App();
  new ExtensionsStack(app, 'extensions', { ...offer, installs: [install] });
  const name = installName(install);
  const account = `${name}-minio-account`;
  const nodes = buildGraph(app).nodes.map(({ manifest }) => {
    const text = JSON.stringify(manifest).replaceAll(
      `"name":"${offer.services.minio.account.name}"`,
      `"name":"${account}"`,
    );
    return withSecrets(JSON.parse(text) as Manifest, (secret) =>
      derived(secret, name, String(values['credentials_minio_password'])),
    );
  });
  return new Map(nodes.map((manifest) => [identityOf(manifest), manifest]));
}

function withSecrets(manifest: Manifest, secretOf: (name: string) => string): Manifest {
  if (manifest.kind !== 'Secret') return manifest;
  const data = Object.entries(objectAt(manifest.data)).map(([key, value]) => [key, reveal(String(value), secretOf)]);
  return { ...manifest, data: Object.fromEntries(data) as Record<string, string> };
}

function derived(secret: string, install: string, seed: string): string {
  const purpose = secret.replace(`extensions.${install}.`, '');
  return createHash('sha256').update(`${install}/${seed}/${purpose}`).digest('hex').slice(0, 32);
}

function exampleOf(parameter: Parameter): ParameterValue {
  return parameter.type === 'string' && !parameter.secret ? (parameter.example ?? GIVEN) : GIVEN;
}

function otherValues(parameter: Parameter, gpus: boolean): ParameterValue[] {
  switch (parameter.type) {
    case 'bool':
      return parameter.gpu && !gpus ? [] : [!parameter.default];
    case 'list_single':
      return parameter.choices.filter((choice) => choice !== parameter.default);
    case 'list_multi':
      return [parameter.choices.slice(1, 3), parameter.choices.slice(0, 1)];
    case 'map':
      return [parameter.example];
    case 'string': {
      const { pattern = /^/ } = parameter.form ?? {};
      return [
        '10-20',
        'other/path',
        '1234',
        'registry.example.org/group/image:1',
        `it's "{{ odd }}" %s`,
        'https://registry.example.com/x/',
      ]
        .filter((text) => pattern.test(text))
        .slice(0, 3);
    }
  }
}
