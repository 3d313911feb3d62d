import {
  firstGiven,
  given,
  type Json,
  type JsonObject,
  isList,
  list,
  mapValues,
  type Maybe,
  object,
  objects,
  pickGiven,
  scalar,
} from '../json';
import { probe } from './probe';
import { type Texts } from './texts';

const RAW = ['imagePullPolicy', 'workingDir', 'tty', 'stdin', 'terminationMessagePolicy', 'restartPolicy'];

/** Facts of a container; `volumes` says what each volume name of the pod stands for. */
export function container(item: JsonObject, volumes: ReadonlyMap<string, string>, texts: Texts): JsonObject {
  return {
    image: texts.image(item.image),
    ...pickGiven(item, RAW),
    command: isList(item.command) ? texts.texts(item.command) : undefined,
    args: isList(item.args) ? texts.texts(item.args) : undefined,
    ...env(objects(item.env), texts),
    envFrom: envFrom(objects(item.envFrom)),
    ports: ports(objects(item.ports)),
    ...mounts(objects(item.volumeMounts), volumes, texts),
    resources: resources(object(item.resources)),
    ...pickGiven(item, ['livenessProbe', 'readinessProbe', 'startupProbe'], (value) => probe(object(value), texts)),
    ...pickGiven(item, ['securityContext'], (value) => texts.plain(value)),
    lifecycle: given(item.lifecycle) ? mapValues(item.lifecycle, (hook) => lifecycle(object(hook), texts)) : undefined,
  };
}

function env(items: readonly JsonObject[], texts: Texts): JsonObject {
  const names = items.map((item) => scalar(item.name));
  return {
    env: items.length > 0 ? Object.fromEntries(items.map((item) => [scalar(item.name), source(item, texts)])) : undefined,
    envDuplicates: repeated(names),
  };
}

function source(item: JsonObject, texts: Texts): Json {
  if (!given(item.valueFrom)) return texts.text(item.value);
  const from = object(item.valueFrom);
  for (const kind of ['secretKeyRef', 'configMapKeyRef']) {
    if (kind in from) return `${kind}:${scalar(object(from[kind]).name)}/${scalar(object(from[kind]).key)}`;
  }
  if ('fieldRef' in from) return `fieldRef:${scalar(object(from.fieldRef).fieldPath)}`;
  return 'resourceFieldRef' in from ? `resourceFieldRef:${scalar(object(from.resourceFieldRef).resource)}` : 'other';
}

function envFrom(items: readonly JsonObject[]): Maybe {
  const sources = items.flatMap((item) =>
    ['secretRef', 'configMapRef']
      .filter((kind) => kind in item)
      .map((kind) => `${kind}:${scalar(item.prefix)}${scalar(object(item[kind]).name)}`),
  );
  return sources.length > 0 ? sources : undefined;
}

function ports(items: readonly JsonObject[]): Maybe {
  if (items.length === 0) return undefined;
  return Object.fromEntries(
    items.map((item) => [
      `${scalar(item.containerPort)}/${scalar(item.protocol ?? 'TCP')}`,
      pickGiven(item, ['name', 'hostPort', 'hostIP'], scalar),
    ]),
  );
}

function mounts(items: readonly JsonObject[], volumes: ReadonlyMap<string, string>, texts: Texts): JsonObject {
  const entries = items.map((item) => {
    const path = scalar(item.mountPath).replace(/\/+$/, '') || '/';
    const mount = {
      name: item.name,
      from: volumes.get(scalar(item.name)) ?? 'missing',
      ...pickGiven(item, ['subPath', 'subPathExpr', 'mountPropagation'], (value) => texts.text(value)),
      readOnly: given(item.readOnly) ? true : undefined,
    };
    return [path, mount] as const;
  });
  return {
    mounts: entries.length > 0 ? Object.fromEntries(entries) : undefined,
    mountDuplicates: repeated(entries.map(([path]) => path)),
  };
}

function resources(spec: JsonObject): Maybe {
  const kinds = ['requests', 'limits'].filter((kind) => kind in spec);
  if (kinds.length === 0) return undefined;
  return Object.fromEntries(kinds.map((kind) => [kind, mapValues(spec[kind], scalar)]));
}

function lifecycle(hook: JsonObject, texts: Texts): Json {
  const command = firstGiven(object(hook.exec).command);
  return command === undefined ? Object.keys(hook).sort() : texts.texts(list(command));
}

function repeated(names: readonly string[]): Maybe {
  const twice = names.filter((name, index) => names.indexOf(name) < index);
  return twice.length > 0 ? twice.sort() : undefined;
}
