import { type Manifest, objectAt, objectsAt } from '../../../src/objects/manifest';
import { keyOf } from '../images/catalogue';

/** Names of the images that the pods of a workload run, without registry and tag. */
export function imagesOf({ spec }: Manifest): string[] {
  const { containers } = objectAt(objectAt(objectAt(spec).template).spec);
  return objectsAt(containers).map(({ image }) => keyOf(String(image)));
}
