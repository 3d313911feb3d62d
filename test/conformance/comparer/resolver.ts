import { cut, given, type Json, type JsonObject, list, lookup, type Maybe, object, type Path, scalar } from './json';
import { type FactObject, WORKLOADS } from './model';

/** Labels of the pods of a workload, and its named ports. */
interface Pods {
  readonly namespace: string;
  readonly labels: JsonObject;
  readonly ports: ReadonlyMap<string, string>;
}

/** Follows references inside one set of objects: named ports, and values of Secrets and ConfigMaps. */
export class Resolver {
  private readonly values = new Map<string, Json>();
  private readonly services = new Map<string, JsonObject>();
  private readonly pods: Pods[] = [];

  constructor(objects: readonly FactObject[]) {
    objects.forEach((object) => this.add(object));
  }

  /** The value that the fact at `path` of an object stands for; the value itself when it is no reference. */
  public resolve(owner: FactObject, path: Path, value: Json): Json {
    const key = path.at(-1);
    const parent = path.at(-2) ?? '';
    const namespace = owner.namespace;
    if (parent === 'env') return this.env(namespace, value);
    if (key === 'port' && path[0] === 'rules') {
      return this.servicePort(namespace, lookup(owner.facts, [...path.slice(0, -1), 'service']), value);
    }
    if (key === 'targetPort') return this.targetPort(namespace, object(owner.facts.selector), value);
    if (key === 'port' && parent.endsWith('Probe')) {
      return portNumber(object(lookup(owner.facts, path.slice(0, -2))).ports, value);
    }
    return value;
  }

  /** An env variable of a container that comes from one of its `envFrom` sources. */
  public fromSources(namespace: string, sources: Maybe, name: string): Maybe {
    for (const source of list(sources).map(scalar)) {
      const [kind, reference] = cut(source, ':');
      const value = this.values.get(id(kind === 'secretRef' ? 'Secret' : 'ConfigMap', namespace, reference, name));
      if (value !== undefined) return value;
    }
    return undefined;
  }

  private add({ kind, namespace, name, facts }: FactObject): void {
    if (kind === 'Secret' || kind === 'ConfigMap') {
      const values = Object.entries(object(facts.data));
      values.forEach(([key, value]) => this.values.set(id(kind, namespace, name, key), value ?? null));
    } else if (kind === 'Service') {
      this.services.set(id(namespace, name), object(facts.ports));
    } else if (WORKLOADS.has(kind)) {
      this.pods.push({ namespace, labels: object(facts.podLabels), ports: namedPorts(facts) });
    }
  }

  private env(namespace: string, value: Json): Json {
    const [, source, name = '', key = ''] = /^(secret|configMap)KeyRef:(.*)\/([^/]*)$/s.exec(scalar(value)) ?? [];
    if (source === undefined) return value;
    return this.values.get(id(source === 'secret' ? 'Secret' : 'ConfigMap', namespace, name, key)) ?? value;
  }

  private servicePort(namespace: string, service: Maybe, port: Json): Json {
    return portNumber(this.services.get(id(namespace, scalar(service))), port);
  }

  private targetPort(namespace: string, selector: JsonObject, port: Json): Json {
    if (!given(selector)) return port;
    const owner = this.pods.find(
      (pods) =>
        pods.namespace === namespace &&
        pods.ports.has(scalar(port)) &&
        Object.entries(selector).every(([label, value]) => pods.labels[label] === value),
    );
    return owner?.ports.get(scalar(port)) ?? port;
  }
}

/** Number of a named port; keys of `ports` are `number/protocol`. */
function portNumber(ports: Maybe, port: Json): Json {
  const named = Object.entries(object(ports)).find(([, spec]) => object(spec).name === port);
  return named === undefined ? port : numberOf(named[0]);
}

function namedPorts(facts: JsonObject): ReadonlyMap<string, string> {
  const containers = Object.values(object(lookup(facts, ['pod', 'containers'])));
  const ports = containers.flatMap((container) => Object.entries(object(object(container).ports)));
  return new Map(
    ports.flatMap(([key, spec]) => {
      const { name } = object(spec);
      return given(name) ? [[scalar(name), numberOf(key)] as const] : [];
    }),
  );
}

function numberOf(port: string): string {
  return cut(port, '/')[0];
}

function id(...parts: readonly string[]): string {
  return parts.join('\0');
}
