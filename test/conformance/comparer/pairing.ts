import { same } from './equality';
import { type Json, type JsonObject, lookup, object } from './json';

/**
 * The rendered facts with containers under the names of the reference.
 *
 * A container of another name with the same image is the same container; only its name is lost.
 */
export function pairContainers(reference: JsonObject, rendered: JsonObject): JsonObject {
  if (reference.pod === undefined || rendered.pod === undefined) return rendered;
  const [theirs, ours] = [object(reference.pod), object(rendered.pod)];
  return {
    ...rendered,
    pod: {
      ...ours,
      containers: pair(object(theirs.containers), object(ours.containers)),
      initContainers: pair(object(theirs.initContainers), object(ours.initContainers)),
    },
  };
}

function pair(reference: JsonObject, rendered: JsonObject): JsonObject {
  const entries = Object.entries(rendered);
  const view = Object.fromEntries(entries.filter(([name]) => Object.hasOwn(reference, name)));
  const spare = new Map(entries.filter(([name]) => !Object.hasOwn(reference, name)));
  for (const [name, spec] of Object.entries(reference)) {
    if (Object.hasOwn(view, name)) continue;
    const other = [...spare].find(([candidate, container]) => same(name, candidate) || image(container) === image(spec));
    if (other === undefined) continue;
    view[name] = other[1];
    spare.delete(other[0]);
  }
  return view;
}

function image(container: Json | undefined): Json | undefined {
  return lookup(container, ['image', 'name']);
}
