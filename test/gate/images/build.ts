import type { Image } from '../../../tools/images/oci';
import type { ImageStore } from '../../../tools/images/store';
import { Progress } from '../../../tools/progress';
import { programOf } from '../witness/places';
import { CATALOGUE, WITNESSES } from './catalogue';
import { Maker } from './maker';

/** Makes images of the witness under these full names. */
export type Witnesses = (references: readonly string[]) => Promise<ReadonlyMap<string, Image>>;

/** What became of one image of the render. */
export interface Built {
  readonly reference: string;

  /** The program and its version, or `witness`. */
  readonly program: string;

  /** Why a program that could be real is a witness. @default - nothing is known to be had */
  readonly reason?: string;

  /** Bytes, shared layers included. */
  readonly size: number;
}

/**
 * Puts all images of a render into the store: real programs where the catalogue has one, else the witness.
 *
 * @param references full names, as the rendered pods have them
 * @throws Problem if a program cannot be built or had
 */
export async function buildImages(
  references: readonly string[],
  store: ImageStore,
  witnesses: Witnesses,
  progress = new Progress(process.stderr),
): Promise<readonly Built[]> {
  const unique = [...new Set(references)].sort();
  const maker = new Maker(progress);
  const real = new Map<string, string[]>();
  for (const reference of unique) {
    const key = programOf(reference);
    if (CATALOGUE[key]) real.set(key, [...(real.get(key) ?? []), reference]);
  }
  for (const [key, names] of real) {
    const image = await CATALOGUE[key]?.make(maker);
    if (image) await store.add(image, names);
  }
  const others = unique.filter((reference) => CATALOGUE[programOf(reference)] === undefined);
  for (const [reference, image] of await witnesses(others)) await store.add(image, [reference]);
  return unique.map((reference) => ({
    reference,
    program: CATALOGUE[programOf(reference)]?.program ?? 'witness',
    reason: WITNESSES[programOf(reference)],
    size: store.size(reference),
  }));
}

/** How many of the images run a real program, in a sentence. */
export function summary(built: readonly Built[]): string {
  const real = built.filter(({ program }) => program !== 'witness').length;
  return `${real} of ${built.length} images run a real program, the others the witness`;
}
