import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { OperatorError } from '../base/operator-error';
import { parseReference, referenceText } from '../objects/image-reference';
import type { Json, JsonObject } from '../objects/manifest';
import { objectsAt, textAt } from '../objects/manifest';
import { CHECKSUMS, checksumProblems, filesIn } from './checksums';
import { holdings } from './holdings';
import { LISTS } from './write';

/** What a look at a bundle gave. */
export interface Verification {
  /** What is missing or changed, one sentence each. */
  readonly problems: readonly string[];

  /** What is not there at all, and may be elsewhere: images, charts, tools. */
  readonly absent: readonly string[];

  /** Number of images that it lists. */
  readonly images: number;
}

/**
 * Compares a bundle with its checksums and its lists.
 *
 * @throws OperatorError when there is no bundle in `directory`
 */
export async function verifyBundle(directory: string): Promise<Verification> {
  const missing = [CHECKSUMS, LISTS.images].filter((file) => !existsSync(join(directory, file)));
  if (missing.length > 0)
    throw new OperatorError(
      `${directory} is not a bundle: ${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing. Write one: npx kaapana bundle --env <name> --out ${directory}`,
    );
  const [images, charts, tools] = [LISTS.images, LISTS.charts, LISTS.tools].map((file) => listIn(directory, file));
  const found = filesIn(join(directory, 'images')).length === 0 ? undefined : await holdings(join(directory, 'images'));
  const files = [...(charts ?? []), ...(tools ?? [])].flatMap(({ file }) => textAt(file) ?? []);
  const [here, elsewhere] = split(files, (file) => filesIn(join(directory, dirname(file))).length > 0);
  return {
    images: images?.length ?? 0,
    problems: [
      ...(await checksumProblems(directory)),
      ...here.filter((file) => !existsSync(join(directory, file))).map((file) => `${file} is missing`),
      ...(found?.problems.map((problem) => `images/${problem}`) ?? []),
      ...(found === undefined
        ? []
        : (images ?? [])
            .filter((image) => !isIn(image, found.images))
            .map(
              ({ source, archives }) =>
                `the image ${textAt(source) ?? ''} is in none of the archives and folders of images/${
                  Array.isArray(archives) ? `; it may come with the chart as ${archives.join(' or ')}` : ''
                }`,
            )),
    ],
    absent: [...new Set([...(found === undefined ? ['images'] : []), ...elsewhere.map(dirname)])],
  };
}

/** By its name outside or at the site. */
function isIn({ source, target }: JsonObject, images: ReadonlySet<string>): boolean {
  return [source, target].some((name) => typeof name === 'string' && images.has(referenceText(parseReference(name))));
}

function listIn(directory: string, file: string): readonly JsonObject[] {
  const path = join(directory, file);
  if (!existsSync(path)) return [];
  try {
    return objectsAt(JSON.parse(readFileSync(path, 'utf8')) as Json);
  } catch {
    throw new OperatorError(
      `${path} is not JSON; write the bundle again: npx kaapana bundle --env <name> --out ${directory}`,
    );
  }
}

function split<Item>(items: readonly Item[], isFirst: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}
