import { type World } from '../world';
import { hostReferences } from './hosts';
import { offerReferences } from './offers';
import type { Reference } from './reference';
import { routeReferences } from './routes';

export type { Reference } from './reference';

/** Every connection that the objects of `world` tell, each once. */
export function references({ objects, connectivity: { cluster } }: World): Reference[] {
  const all = [
    ...hostReferences(cluster, objects),
    ...routeReferences(cluster, objects),
    ...offerReferences(cluster, objects),
  ];
  return [
    ...new Map(all.map((reference) => [`${reference.from} ${reference.to} ${reference.port}`, reference])).values(),
  ];
}
