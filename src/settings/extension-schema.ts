import { DEFINITIONS } from '../../constructs/extensions/catalogue';
import { type ExtensionDefinition, isMultiInstallable } from '../../constructs/extensions/contract/definition';
import type { Parameter, Parameters } from '../../constructs/extensions/contract/parameter';

/** JSON schema for editors: the names of all extensions, and what follows for an entry from its name. */
export function extensionSchema(secret: object): {
  readonly names: readonly string[];
  readonly conditions: readonly object[];
} {
  const names = DEFINITIONS.map(({ name }) => name);
  return { names, conditions: DEFINITIONS.map((definition) => conditionOf(definition, secret)) };
}

function conditionOf(definition: ExtensionDefinition, secret: object): object {
  const { name, title, purpose, versions, parameters = {} } = definition;
  const multiple = isMultiInstallable(definition);
  const required = requiredNames(parameters);
  const needed = [...(multiple ? ['as'] : []), ...(required.length > 0 ? ['parameters'] : [])];
  return {
    if: { properties: { name: { const: name } } },
    then: {
      title,
      description: purpose,
      properties: {
        ...(multiple ? {} : { as: false }),
        ...(versions ? { version: { enum: versions } } : {}),
        parameters: {
          type: 'object',
          properties: Object.fromEntries(
            Object.entries(parameters).flatMap(([own, parameter]) =>
              [own, ...(parameter.aliases ?? [])].map((each) => [each, valueSchema(parameter, secret)]),
            ),
          ),
          ...(required.length > 0
            ? { allOf: required.map((each) => ({ anyOf: each.map((alias) => ({ required: [alias] })) })) }
            : {}),
          additionalProperties: false,
        },
      },
      ...(needed.length > 0 ? { required: needed } : {}),
    },
  };
}

/** The names of each parameter that has no default. */
function requiredNames(parameters: Parameters): string[][] {
  return Object.entries(parameters)
    .filter(([, parameter]) => parameter.default === undefined)
    .map(([name, { aliases = [] }]) => [name, ...aliases]);
}

function valueSchema(parameter: Parameter, secret: object): object {
  const common = {
    description: parameter.definition,
    ...(parameter.default === undefined ? {} : { default: parameter.default }),
  };
  switch (parameter.type) {
    case 'string': {
      if (parameter.secret) return { ...common, ...secret };
      return {
        ...common,
        type: ['string', 'integer'],
        ...(parameter.form ? { pattern: parameter.form.pattern.source } : {}),
      };
    }
    case 'bool':
      return { ...common, type: 'boolean' };
    case 'list_single':
      return { ...common, enum: parameter.choices };
    case 'list_multi':
      return { ...common, type: 'array', items: { enum: parameter.choices }, uniqueItems: true };
    case 'map': {
      const { name, value } = parameter.form;
      return {
        ...common,
        type: 'object',
        propertyNames: { pattern: name.source },
        additionalProperties: { type: ['string', 'integer'], pattern: value.source },
      };
    }
  }
}
