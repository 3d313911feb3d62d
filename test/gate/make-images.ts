import * as path from 'node:path';
import { ImageStore } from '../../tools/images/store';
import type { Progress } from '../../tools/progress';
import { requireGo } from '../../tools/requirements';
import { buildImages, summary } from './images/build';
import { CATALOGUE } from './images/catalogue';
import { GATE_DIR, IMAGES_DIR, type Gate } from './support/gate';
import { worlds } from './support/worlds';
import { witnessImages } from './witness/image';
import { placesOf, programOf } from './witness/places';

/** Makes the images of all pods of both environments; says how many run a real program. */
export async function makeImages({ site }: Gate, progress: Progress): Promise<string> {
  const { second: world } = worlds(site);
  const references = placesOf(world).map(({ image }) => image);
  const goVersion = await requireGo(['test/gate/witness']);
  const built = await buildImages(
    references,
    new ImageStore(IMAGES_DIR),
    (others) =>
      witnessImages({
        world,
        isWitness: (image) => CATALOGUE[programOf(image)] === undefined,
        references: others,
        dir: path.join(GATE_DIR, 'witness'),
        goVersion,
      }),
    progress,
  );
  return summary(built);
}
