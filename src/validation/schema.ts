import { isObject, type Json, type JsonObject, type Manifest, objectAt, objectsAt, textAt } from '../objects/manifest';
import kubernetes from './schemas/kubernetes.json';

/** The Kubernetes whose API server described itself by these schemas. */
export const VERSION: string = kubernetes.version;

const PREFIX = '#/definitions/';

/** What references in schemas stand for. */
export type Definitions = Readonly<Record<string, JsonObject>>;

/** The schemas of Kubernetes' own kinds, and of those that definitions of custom resources describe. */
export class Schemas {
  /** By the text of a reference. */
  public readonly definitions: Definitions;

  private readonly names: ReadonlyMap<string, string>;

  /** @param custom CustomResourceDefinitions */
  constructor(custom: readonly JsonObject[]) {
    const resources = custom.flatMap(customSchemas);
    const own = Object.entries(kubernetes.definitions).concat(
      resources.map(({ kind, schema }) => [kind, schema] as never),
    ) as unknown as (readonly [string, JsonObject])[];
    this.definitions = Object.fromEntries(own.map(([name, schema]) => [`${PREFIX}${name}`, schema]));
    this.names = new Map([...Object.entries(kubernetes.kinds), ...resources.map(({ kind }) => [kind, kind] as const)]);
  }

  /** A reference to the schema of an object; nothing where nobody has described its kind. */
  public of({ apiVersion, kind }: Manifest): JsonObject | undefined {
    const name = this.names.get(`${apiVersion}/${kind}`);
    return name === undefined ? undefined : { $ref: `${PREFIX}${name}` };
  }

  /** The schema that a reference leads to, or that which is given. */
  public resolve(schema: Json | undefined): JsonObject {
    const given = objectAt(schema);
    return typeof given.$ref === 'string' ? this.resolve(this.definitions[given.$ref]) : given;
  }

  /** The schema of an item or a field of what `schema` describes; an empty one where that is open. */
  public below(schema: Json | undefined, key: string | number): JsonObject {
    const { items, properties, additionalProperties } = this.resolve(schema);
    const next = typeof key === 'number' ? items : (objectAt(properties)[key] ?? additionalProperties);
    return objectAt(next);
  }
}

/** The schemas of one CustomResourceDefinition, one for each version that is served. */
function customSchemas({ spec }: JsonObject): { readonly kind: string; readonly schema: JsonObject }[] {
  const { group, names, versions } = objectAt(spec);
  return objectsAt(versions).flatMap(({ name, schema }) => {
    const { openAPIV3Schema } = objectAt(schema);
    if (!isObject(openAPIV3Schema)) return [];
    const { properties, ...rest } = closed(openAPIV3Schema);
    return {
      kind: `${textAt(group) ?? ''}/${textAt(name) ?? ''}/${textAt(objectAt(names).kind) ?? ''}`,
      schema: {
        ...rest,
        properties: {
          ...objectAt(properties),
          apiVersion: { type: 'string' },
          kind: { type: 'string' },
          metadata: { $ref: `${PREFIX}meta.v1.ObjectMeta` },
        },
      },
    };
  });
}

/** Fields that a definition does not name are excluded where it does not say that they are kept. */
function closed(schema: JsonObject): JsonObject {
  const { properties, items, additionalProperties, ...rest } = schema;
  const isOpen = rest['x-kubernetes-preserve-unknown-fields'] === true;
  return {
    ...rest,
    ...(isObject(items) && { items: closed(items) }),
    ...(isObject(additionalProperties) && { additionalProperties: closed(additionalProperties) }),
    ...(isObject(properties) && {
      properties: Object.fromEntries(Object.entries(properties).map(([key, field]) => [key, closed(objectAt(field))])),
      ...(isOpen || additionalProperties !== undefined ? {} : { additionalProperties: false }),
    }),
  };
}
