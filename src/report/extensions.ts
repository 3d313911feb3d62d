import { definitionOf } from '../../constructs/extensions/catalogue';
import {
  type ExtensionDefinition,
  imagesOf,
  isMultiInstallable,
} from '../../constructs/extensions/contract/definition';
import type { Parameter, ParameterValue } from '../../constructs/extensions/contract/parameter';
import { type Install, installName } from '../../constructs/extensions/install';
import { yaml } from '../../constructs/kube/yaml';
import { PREFIX } from '../base/keys';
import { OperatorError } from '../base/operator-error';
import { HowTo } from '../findings/how-to';
import { hintText } from '../findings/texts/settings';
import { hintFor } from '../settings/extensions';
import { setSecret } from '../settings/problems';

const DOCUMENTATION = 'https://kaapana.readthedocs.io/en/stable/';

/** Stands for a credential in an example. */
const CREDENTIAL = 'change-me';

/** Columns of `extensionRows`, without the one about an environment. */
export const EXTENSION_HEADING = ['NAME', 'KIND', 'MATURITY', 'HARDWARE', 'VERSIONS', 'SEVERAL'] as const;

/** One row for each extension; with `installs`, a column says by which names it is installed. */
export function extensionRows(definitions: readonly ExtensionDefinition[], installs?: readonly Install[]): string[][] {
  return definitions.map((definition) => {
    const { name, kind, maturity, hardware } = definition;
    const row = [name, kind, maturity, hardware, versionsOf(definition), isMultiInstallable(definition) ? 'yes' : 'no'];
    return installs ? [...row, installedAs(name, installs)] : row;
  });
}

/**
 * Everything about the extension `name`, with an entry for the settings that is valid as it is.
 *
 * @param howTo what it is set by @default - Pulumi's commands for the stack of an environment that nobody named
 * @throws OperatorError when there is no such extension
 */
export function explainExtension(
  name: string,
  installs?: readonly Install[],
  howTo = new HowTo('<environment>'),
): string {
  const definition = definitionOf(name);
  if (!definition) throw unknownExtension(name);
  const { title, purpose, documentation, kind, maturity, hardware, parameters = {}, taskImages = [] } = definition;
  const facts: [string, string][] = [
    ['Kind', `${kind}, ${maturity}, ${hardware}`],
    ['Versions', versionsOf(definition)],
    ['Installed', installed(definition)],
    ...(installs ? [['Installed as', installedAs(name, installs)] as [string, string]] : []),
    ...('workflows' in definition ? [['Workflows', definition.workflows.join(', ')] as [string, string]] : []),
    ['Images', [...new Set([...imagesOf(definition), ...taskImages])].join(', ') || 'those of the platform'],
    ['Documentation', documentation === undefined ? 'none' : `${DOCUMENTATION}${documentation}`],
  ];
  return [
    `${title} (${name})`,
    `${purpose}.`,
    '',
    ...facts.map(([label, value]) => `${`${label}:`.padEnd(15)}${value}`),
    '',
    ...parameterLines(parameters),
    'Example for Pulumi.<environment>.yaml:',
    '',
    exampleOf(definition),
    ...secretLines(parameters, howTo),
  ].join('\n');
}

function installed(definition: ExtensionDefinition): string {
  if (definition.kind === 'internal')
    return 'by workflows, which start it while they run, each time by the name of the run; a user ends it';
  return isMultiInstallable(definition) ? 'as often as wanted, each time by a name of its own' : 'once';
}

/** That there is no extension `name`, and which may be meant. */
export function unknownExtension(name: string): OperatorError {
  return new OperatorError(`there is no extension ${JSON.stringify(name)}. ${hintText(hintFor(name))}`);
}

/** An entry for the settings, with a value for every parameter. */
function exampleOf(definition: ExtensionDefinition): string {
  const { name, parameters = {} } = definition;
  const values = Object.entries(parameters).map(([key, parameter]) => [key, exampleValue(parameter)] as const);
  const entry = {
    name,
    ...(isMultiInstallable(definition) ? { as: 'demo1' } : {}),
    ...(values.length === 0 ? {} : { parameters: Object.fromEntries(values) }),
  };
  return yaml({ config: { [`${PREFIX}extensions`]: [entry] } });
}

function exampleValue(parameter: Parameter): ParameterValue {
  if (parameter.type === 'map') return parameter.example;
  return (
    parameter.default ?? (parameter.type === 'string' && !parameter.secret ? (parameter.example ?? '') : CREDENTIAL)
  );
}

function parameterLines(parameters: Readonly<Record<string, Parameter>>): string[] {
  const lines = Object.entries(parameters).flatMap(([name, parameter]) => [
    `  ${name} (${parameter.type}, ${parameter.default === undefined ? 'required' : `default ${shown(parameter.default)}`})`,
    `    ${parameter.definition}`,
    ...('choices' in parameter ? [`    Choices: ${parameter.choices.join(', ')}`] : []),
    ...(parameter.type === 'string' && parameter.form ? [`    It has to be ${parameter.form.wanted}`] : []),
    ...(parameter.type === 'map' ? [`    Each entry has to be ${parameter.form.wanted}`] : []),
  ]);
  return lines.length === 0 ? ['It has no parameters.', ''] : ['Parameters:', ...lines, ''];
}

function secretLines(parameters: Readonly<Record<string, Parameter>>, howTo: HowTo): string[] {
  const secrets = Object.entries(parameters).filter(([, parameter]) => parameter.type === 'string' && parameter.secret);
  return secrets.map(
    ([name]) => `${name} is a credential. ${howTo.remedies([setSecret(`extensions[0].parameters.${name}`)])}\n`,
  );
}

function shown(value: ParameterValue): string {
  return Array.isArray(value) ? value.join(', ') : JSON.stringify(value);
}

function versionsOf({ versions }: ExtensionDefinition): string {
  return versions?.join(', ') ?? "the platform's";
}

function installedAs(name: string, installs: readonly Install[]): string {
  return (
    installs
      .filter((install) => install.name === name)
      .map(installName)
      .join(', ') || '-'
  );
}
