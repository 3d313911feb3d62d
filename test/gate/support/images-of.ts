import { type Manifest, objectAt, objectsAt } from '../../../src/objects/manifest';
import { programOf } from '../witness/places';

/** Names of the images that the pods of a workload run, without registry and tag. */
export function imagesOf({ spec }: Manifest): string[] {
  const { containers } = objectAt(objectAt(objectAt(spec).template).spec);
  return objectsAt(containers).map(({ image }) => programOf(String(image)));
}
