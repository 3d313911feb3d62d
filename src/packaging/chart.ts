import { type ExtensionDefinition, isMultiInstallable } from '../../constructs/extensions/contract/definition';
import type { Parameter } from '../../constructs/extensions/contract/parameter';
import { yaml } from '../../constructs/kube/yaml';
import { NEWEST } from '../releases';
import { archive } from './archive';
import { isOfChart } from './open-parameters';
import type { OpenPlatform } from './platform';
import { templatesOf } from './templates';

/** A Helm chart in one file. */
export interface PackedChart {
  /** Name of the file that kube-helm looks for. */
  readonly file: string;

  readonly content: Buffer;
}

const KINDS = {
  workflow: 'kaapanaworkflow',
  'workflow-v2': 'kaapanaworkflow-v2',
  application: 'kaapanaapplication',
  internal: 'kaapanaint',
} as const;

/** The extension as a chart for kube-helm, Kaapana's app store. */
export function packChart(definition: ExtensionDefinition, platform: OpenPlatform): PackedChart {
  const { name } = definition;
  const version = chartVersion(definition);
  const templates = templatesOf(definition, platform);
  const files = new Map([
    ['Chart.yaml', yaml(chartOf(definition, version))],
    ['values.yaml', yaml(valuesOf(definition, [...templates.values()].join('')))],
    ...[...templates].map(([file, text]): [string, string] => [`templates/${file}`, text]),
  ]);
  return {
    file: `${name}-${version}.tgz`,
    content: archive(new Map([...files].map(([path, text]) => [`${name}/${path}`, text]))),
  };
}

/** The keywords that kube-helm reads. */
function keywordsOf(definition: ExtensionDefinition): string[] {
  return [
    KINDS[definition.kind],
    ...(definition.maturity === 'experimental' ? ['kaapanaexperimental'] : []),
    ...(definition.kind === 'application' && definition.listedInUse ? ['kaapanaint'] : []),
    // Whoever starts an internal one names it.
    ...(definition.kind !== 'internal' && isMultiInstallable(definition) ? ['kaapanamultiinstallable'] : []),
    ...(definition.hardware === 'gpu' ? ['gpurequired'] : []),
  ];
}

/** The version that its images have; that of the newest release where they follow the platform. */
function chartVersion({ versions }: ExtensionDefinition): string {
  return versions?.[0] ?? NEWEST.version;
}

function chartOf(definition: ExtensionDefinition, version: string): object {
  const { name, title, purpose, documentation } = definition;
  return {
    apiVersion: 'v2',
    name,
    version,
    appVersion: version,
    type: 'application',
    description: purpose,
    keywords: keywordsOf(definition),
    annotations: { ...(documentation === undefined ? {} : { documentation }), 'ui-visible-name': title },
  };
}

/**
 * What stands in `global` and is a text wins over the form of the app store, so it is left empty: defaults are in the
 * templates.
 */
function valuesOf(definition: ExtensionDefinition, templates: string): object {
  const { kind, parameters = {} } = definition;
  const used = [...new Set([...templates.matchAll(/\.Values\.global\.(\w+)/g)].map(([, value = '']) => value))].sort();
  const ofChart = Object.keys(parameters).filter((key) => isOfChart(parameters[key]));
  const global = Object.keys(parameters).filter((key) => !ofChart.includes(key));
  const namedBy = definition.kind === 'application' ? definition.namedBy : undefined;
  const params =
    kind === 'internal' ? [] : Object.entries(parameters).map(([key, parameter]) => [key, formOf(parameter)] as const);
  return {
    global: {
      ...Object.fromEntries([...used, ...global].map((key) => [key, emptyOf(parameters[key])])),
      ...(namedBy === undefined ? {} : { suffix_param_key: namedBy }),
    },
    ...Object.fromEntries(ofChart.map((key) => [key, emptyOf(parameters[key])])),
    ...(params.length === 0 ? {} : { extension_params: Object.fromEntries(params) }),
  };
}

function emptyOf(parameter: Parameter | undefined): unknown {
  return parameter?.type === 'bool'
    ? parameter.default
    : parameter?.type === 'list_multi' || parameter?.type === 'map'
      ? []
      : '';
}

/** A parameter as the app store asks for it. */
function formOf(parameter: Parameter): object {
  const { type, title, definition, help } = parameter;
  return {
    ...(title === undefined ? {} : { title }),
    definition,
    ...(help === undefined ? {} : { help }),
    type,
    value: 'choices' in parameter ? parameter.choices : (parameter.default ?? ''),
    default: parameter.default ?? '',
  };
}
