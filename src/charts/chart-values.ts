import { isObject, type Json, type JsonObject, objectAt, objectsAt, textAt } from '../objects/manifest';
import type { ChartFiles } from './archive';
import { readYaml } from './yaml';

/** The values of a chart and of the charts in it, as the chart brings them. */
export interface DefaultValues {
  /** Those that somebody may choose: the values of a chart in it stand below its name or alias. */
  readonly values: JsonObject;

  /** Schemas below the same names. */
  readonly schema: JsonObject;
}

/** Reads values.yaml and values.schema.json of a chart and of the charts in it. What is no YAML is read as nothing. */
export function defaultValues(files: ChartFiles, folder = ''): DefaultValues {
  const { extension_params: _, ...own } = mappingIn(files, `${folder}values.yaml`);
  const schema = schemaIn(files, folder);
  let values: JsonObject = own;
  let properties = objectAt(schema.properties);
  let { global } = own;
  for (const { name, path } of chartsIn(files, folder)) {
    const inner = defaultValues(files, path);
    const { global: shared, ...rest } = inner.values;
    values = { ...values, [name]: merged(rest, values[name]) };
    properties = { ...properties, [name]: inner.schema, ...pick(properties, name) };
    global = merged(objectAt(shared), global);
  }
  return { values: global === undefined ? values : { ...values, global }, schema: { ...schema, properties } };
}

/** The charts in a chart, each by the names that its values stand below. */
function chartsIn(files: ChartFiles, folder: string): { readonly name: string; readonly path: string }[] {
  const dependencies = ['Chart.yaml', 'requirements.yaml'].flatMap((file) =>
    objectsAt(mappingIn(files, `${folder}${file}`).dependencies),
  );
  const found = new Set(
    [...files.keys()]
      .filter((path) => path.startsWith(`${folder}charts/`))
      .map((path) => path.slice(`${folder}charts/`.length).split('/'))
      .filter(([, file]) => file !== undefined)
      .map(([own = '']) => own)
      .filter((own) => !/^[_.]/.test(own)),
  );
  return [...found].flatMap((own) => {
    const path = `${folder}charts/${own}/`;
    const called = textAt(mappingIn(files, `${path}Chart.yaml`).name) ?? own;
    const aliases = dependencies
      .filter(({ name }) => name === called)
      .map(({ alias }) => (typeof alias === 'string' && alias !== '' ? alias : called));
    return [...new Set(aliases.length === 0 ? [called] : aliases)].map((name) => ({ name, path }));
  });
}

/** `over` merged over `under`, as Helm does: mappings by their keys, and everything else as a whole. */
function merged(under: JsonObject, over: Json | undefined): Json {
  if (over === undefined) return under;
  if (!isObject(over)) return over;
  return Object.entries(over).reduce<JsonObject>((result, [key, value]) => {
    const below = result[key];
    return { ...result, [key]: isObject(below) && isObject(value) ? merged(below, value) : value };
  }, under);
}

function pick(group: JsonObject, name: string): JsonObject {
  return Object.hasOwn(group, name) ? { [name]: group[name] } : {};
}

function mappingIn(files: ChartFiles, path: string): JsonObject {
  const content = files.get(path);
  return content === undefined ? {} : objectAt(readYaml(content.toString('utf8'))[0]?.value);
}

function schemaIn(files: ChartFiles, folder: string): JsonObject {
  try {
    return objectAt(JSON.parse(files.get(`${folder}values.schema.json`)?.toString('utf8') ?? '{}') as Json);
  } catch {
    // Helm says what is wrong with it.
    return {};
  }
}
