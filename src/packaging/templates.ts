import { type ExtensionDefinition, isMultiInstallable } from '../../constructs/extensions/contract/definition';
import type { ParameterValue } from '../../constructs/extensions/contract/parameter';
import type { Install } from '../../constructs/extensions/install';
import { holdsSecret } from '../../constructs/kube';
import { type JsonObject, type Manifest, objectAt } from '../objects/manifest';
import { toYaml } from '../render/yaml';
import { decided, type Decision, everyWay } from './cases';
import { isTrue, type OpenParameter, openParameters } from './open-parameters';
import { OPEN, openName, openValues } from './open-values';
import type { OpenPlatform, Site } from './platform';
import { refusals } from './refusals';
import { removalOf } from './removal';
import { call, globalValue, literal, OpenTexts } from './template';

/** A decision that a chart takes when it is installed, with what follows for the objects. */
interface Alternative extends Decision {
  readonly site?: readonly Partial<Site>[];
  readonly parameter?: { readonly name: string; readonly values: readonly ParameterValue[] };
}

/** The templates of an extension's chart, by file name: one for each object, and one for what is refused. */
export function templatesOf(definition: ExtensionDefinition, platform: OpenPlatform): Map<string, string> {
  const parameters = openParameters(definition);
  const texts = new OpenTexts(
    new Map([...openValues(definition), ...parameters.flatMap((parameter) => parameter.texts)]),
    (secret) => ownSecret(secret, openName(definition)),
    new Map(
      parameters.flatMap(({ entryName, expression }) => (entryName === undefined ? [] : [[entryName, expression]])),
    ),
  );
  const alternatives = alternativesOf(parameters);
  const ways = everyWay(alternatives).map((choices) => ({
    choices,
    ...outcomeOf(definition, alternatives, choices, platform, texts),
  }));
  const files = new Set(ways.flatMap(({ objects }) => [...objects.keys()]));
  const templates = [...files].sort().map((file): [string, string] => [
    file,
    decided(
      alternatives,
      ways.map(({ choices, objects, refusal }) => ({
        choices,
        text: refusal === '' ? (objects.get(file) ?? '') : undefined,
      })),
    ),
  ]);
  const refused =
    refusals(parameters) +
    decided(
      alternatives,
      ways.map(({ choices, refusal }) => ({ choices, text: refusal })),
    );
  return new Map([...templates, ...(refused === '' ? [] : [['refusals.yaml', refused] as [string, string]])]);
}

function alternativesOf(parameters: readonly OpenParameter[]): Alternative[] {
  const computes = parameters.some(({ parameter }) => parameter.type === 'bool' && parameter.gpu === true);
  const site = (key: keyof Site, when: string): Alternative => ({
    key,
    conditions: [when, 'true'],
    site: [{ [key]: true }, { [key]: false }],
  });
  return [
    site('directories', `hasPrefix "kaapana-hostpath" (toString ${globalValue('storage_class_fast')})`),
    site('namedNode', globalValue('main_node_name')),
    ...(computes ? [site('gpus', isTrue(globalValue('gpu_support')))] : []),
    // Choices first: they decide which objects there are, others what stands in them.
    ...[...parameters]
      .sort((a, b) => Number(a.parameter.type === 'string') - Number(b.parameter.type === 'string'))
      .map(({ name, cases }) => ({
        key: name,
        conditions: cases.map(({ when }) => when),
        parameter: { name, values: cases.map(({ value }) => value) },
      })),
  ];
}

function outcomeOf(
  definition: ExtensionDefinition,
  alternatives: readonly Alternative[],
  choices: readonly number[],
  platform: OpenPlatform,
  texts: OpenTexts,
) {
  let site: Site = { directories: true, namedNode: true, gpus: false };
  const parameters: Record<string, ParameterValue> = {};
  for (const [index, { site: sites, parameter }] of alternatives.entries()) {
    const choice = choices[index] ?? 0;
    site = { ...site, ...sites?.[choice] };
    const value = parameter?.values[choice];
    if (parameter && value !== undefined) parameters[parameter.name] = value;
  }
  const install = {
    name: definition.name,
    ...(isMultiInstallable(definition) ? { as: OPEN.release } : {}),
    parameters,
  } as Install;
  try {
    const nodes = platform.objectsOf(install, openName(definition), site);
    const objects = nodes.map(({ path, manifest }): [string, Manifest] => [fileOf(path), withPlainSecret(manifest)]);
    const all = [
      ...objects,
      ...removalOf(
        definition,
        objects.map(([, manifest]) => manifest),
      ),
    ];
    return { objects: new Map(all.map(([file, manifest]) => [file, templateOf(manifest, texts)])), refusal: '' };
  } catch (problem) {
    const { message } = problem as Error;
    return {
      objects: new Map<string, string>(),
      refusal: `{{- fail ${texts.expressionOf(message) ?? literal(message)} }}\n`,
    };
  }
}

/** `extensions/<name>/Server/Resource` is in `server-resource.yaml`. */
function fileOf(path: string): string {
  const [stack = '', ...below] = path.split('/');
  const name = (stack === 'site' ? below : below.slice(1)).join('-');
  return `${name
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .replace(/[^\w.-]+/g, '-')
    .toLowerCase()}.yaml`;
}

function templateOf(manifest: Manifest, texts: OpenTexts): string {
  const expressions: string[] = [];
  const marked = texts.mark(manifest, (text, as = 'value') => `open${expressions.push(text) - 1}${as}`) as Manifest;
  const expression = (index: string): string => expressions[Number(index)] ?? '';
  return toYaml([marked])
    .replace(/^---\n/, '')
    .replaceAll('{{', '{{ "{{" }}')
    .replace(/^ *- open(\d+)line$/gm, (_, index: string) => `{{${expression(index)} }}`)
    .replace(
      /^( *)open(\d+)entry: (.*)$/gm,
      (_, indent: string, index: string, value: string) =>
        `{{${expression(index)} }}\n${indent}{{ toString .name | toJson }}: ${value}\n{{- end }}{{ end }}`,
    )
    .replace(/\bopen(\d+)value\b/g, (_, index: string) => `{{ ${expression(index)} }}`);
}

/** The values of a Secret as they are, so that those that are open can be put in. */
function withPlainSecret(manifest: Manifest): Manifest {
  if (manifest.kind !== 'Secret') return manifest;
  const { data, ...rest } = manifest;
  const plain = Object.entries(objectAt(data)).map(([key, value]) => [key, plainText(String(value))]);
  return { ...rest, stringData: Object.fromEntries(plain) as JsonObject } as Manifest;
}

function plainText(value: string): string {
  return holdsSecret(value) ? value.slice(1, -1) : Buffer.from(value, 'base64').toString();
}

/** A credential that nobody sets. It follows from another one that stays as it is. */
function ownSecret(secret: string, install: string): string {
  const purpose = secret.replace(`extensions.${install}.`, '');
  const seed = call('printf', literal(`%s/%s/${purpose}`), '.Release.Name', globalValue('credentials_minio_password'));
  return call('trunc', '32', call('sha256sum', seed));
}
