import { same } from './equality';
import { isList, isObject, type Json, type JsonObject, lookup, type Maybe, object, type Path } from './json';
import { isScored, ITEM, leaves } from './leaves';
import { type FactObject } from './model';
import { pairContainers } from './pairing';
import { type Resolver } from './resolver';

/** How a fact compares. */
export type State = 'match' | 'different' | 'missing';

/** One compared fact. */
export interface Row {
  readonly path: Path;
  readonly reference: Json;
  readonly rendered: Json;
  readonly state: State;
}

/** Resolvers of the two sets of objects. */
export interface Resolvers {
  readonly reference: Resolver;
  readonly rendered: Resolver;
}

/** Every scored fact of an object of the reference, compared with the rendered object. */
export function compareObject(reference: FactObject, rendered: FactObject | undefined, resolvers: Resolvers): readonly Row[] {
  const facts = leaves(reference.facts).filter(({ path }) => isScored(path));
  if (rendered === undefined) {
    return facts.map(({ path, value }) => ({ path, reference: value, rendered: null, state: 'missing' }));
  }
  const paired = { ...rendered, facts: pairContainers(reference.facts, rendered.facts) };
  const pools = new Pools(paired.facts);
  return facts.map(({ path, value }) =>
    path.at(-1) === ITEM ? pools.take(path, value) : compareFact(reference, paired, path, value, resolvers),
  );
}

function compareFact(reference: FactObject, rendered: FactObject, path: Path, value: Json, resolvers: Resolvers): Row {
  const found = lookup(rendered.facts, path) ?? fromSources(rendered, path, resolvers.rendered) ?? null;
  if (found === null) return { path, reference: value, rendered: null, state: 'missing' };
  const equal =
    same(value, found, path) ||
    same(resolvers.reference.resolve(reference, path, value), resolvers.rendered.resolve(rendered, path, found), path);
  return { path, reference: value, rendered: found, state: equal ? 'match' : 'different' };
}

/** An env variable that is not listed may come from `envFrom`. */
function fromSources(owner: FactObject, path: Path, resolver: Resolver): Maybe {
  if (path.at(-2) !== 'env') return undefined;
  const container: JsonObject = object(lookup(owner.facts, path.slice(0, -2)));
  return resolver.fromSources(owner.namespace, container.envFrom, path.at(-1) ?? '');
}

/** Items of lists without order: each rendered item is the partner of one item of the reference. */
class Pools {
  private readonly pools = new Map<string, Json[]>();

  constructor(private readonly facts: JsonObject) {}

  public take(path: Path, value: Json): Row {
    const pool = this.pool(path);
    const index = pool.findIndex((item) => same(value, item, path));
    if (index < 0) return { path, reference: value, rendered: null, state: pool.length > 0 ? 'different' : 'missing' };
    const [rendered = null] = pool.splice(index, 1);
    return { path, reference: value, rendered, state: 'match' };
  }

  private pool(path: Path): Json[] {
    const key = path.join('\0');
    const pool = this.pools.get(key) ?? items(lookup(this.facts, path.slice(0, -1)));
    this.pools.set(key, pool);
    return pool;
  }
}

/** Something else in the place of a list makes its items different, not missing. */
function items(value: Maybe): Json[] {
  if (isList(value)) return [...value];
  if (isObject(value)) return Object.keys(value);
  return typeof value === 'string' ? [...value] : [];
}
