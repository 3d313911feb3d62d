import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { list, type ReadEntry } from 'tar';
import { parseReference, referenceText } from '../objects/image-reference';
import { isObject, type Json, type JsonObject, objectAt, objectsAt, textAt } from '../objects/manifest';
import { filesIn } from './checksums';

/** The images that a folder holds. */
export interface Holdings {
  /** Their references. */
  readonly images: ReadonlySet<string>;

  /** What is wrong with the files, one sentence each. */
  readonly problems: readonly string[];
}

/** A folder or an archive with one or more images. */
interface Container {
  /** Path, for messages. */
  readonly name: string;

  /** Reference, if its path is one. */
  readonly reference: string;

  /** Content of a small file in it; undefined where there is none. */
  readonly json: (path: string) => Json | undefined;

  readonly has: (path: string) => boolean;
}

/**
 * The images in `directory`, in any form that programs write them in: folders of `skopeo sync` (`dir:`), OCI layouts,
 * and archives of `docker save`, `ctr images export` and `skopeo copy`, which may hold several each.
 */
export async function holdings(directory: string): Promise<Holdings> {
  const files = filesIn(directory);
  const folders = [...new Set(files.filter((file) => /(^|\/)(oci-layout|version)$/.test(file)).map(dirname))];
  const containers = folders.map((folder) => folderContainer(directory, folder));
  for (const file of files.filter(
    (name) => name.endsWith('.tar') && !folders.some((folder) => name.startsWith(`${folder}/`)),
  )) {
    containers.push(await archiveContainer(directory, file));
  }
  const read = containers.map(imagesIn);
  return {
    images: new Set(read.flatMap(({ images }) => [...images])),
    problems: read.flatMap(({ problems }) => problems),
  };
}

function folderContainer(directory: string, folder: string): Container {
  const inside = (path: string): string => join(directory, folder, path);
  return {
    name: folder,
    reference: folder,
    json: (path) => (existsSync(inside(path)) ? parsed(readFileSync(inside(path), 'utf8')) : undefined),
    has: (path) => existsSync(inside(path)) && statSync(inside(path)).isFile(),
  };
}

/** Manifests and configurations are small; layers are not kept. */
const SMALL = 2 ** 20;

async function archiveContainer(directory: string, file: string): Promise<Container> {
  const names = new Set<string>();
  const contents = new Map<string, Buffer[]>();
  await list({
    file: join(directory, file),
    onReadEntry: (entry: ReadEntry) => {
      const path = entry.path.replace(/^\.\//, '');
      names.add(path);
      const chunks: Buffer[] = [];
      if (entry.size > SMALL) return;
      contents.set(path, chunks);
      entry.on('data', (chunk: Buffer) => chunks.push(chunk));
    },
  });
  return {
    name: file,
    reference: file.replace(/\.tar$/, ''),
    json: (path) => parsed(Buffer.concat(contents.get(path) ?? []).toString('utf8')),
    has: (path) => names.has(path),
  };
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function imagesIn(container: Container): Holdings {
  const manifest = container.json('manifest.json');
  if (container.has('oci-layout')) return ociImages(container, objectAt(container.json('index.json')));
  if (Array.isArray(manifest)) return savedImages(container, objectsAt(manifest));
  if (isObject(manifest)) {
    const absent = digestsOf(manifest).filter((hex) => !container.has(hex));
    return checked(container, [container.reference], absent);
  }
  return {
    images: new Set(),
    problems: [`${container.name} holds no image: it has neither manifest.json nor oci-layout`],
  };
}

/** Of `docker save`. */
function savedImages(container: Container, entries: readonly JsonObject[]): Holdings {
  const tags = entries.flatMap(({ RepoTags }) => (Array.isArray(RepoTags) ? RepoTags.map(String) : []));
  const parts = entries
    .flatMap(({ Config, Layers }) => [Config, ...(Array.isArray(Layers) ? Layers : [])])
    .filter((part) => typeof part === 'string');
  return checked(
    container,
    tags,
    parts.filter((part) => !container.has(part)),
  );
}

const NAMES = ['io.containerd.image.name', 'org.opencontainers.image.ref.name'] as const;

function ociImages(container: Container, index: JsonObject): Holdings {
  const entries = objectsAt(index.manifests);
  const names = entries.flatMap(({ annotations }) => NAMES.flatMap((key) => textAt(objectAt(annotations)[key]) ?? []));
  const blob = (hex: string): string => `blobs/sha256/${hex}`;
  const roots = entries.flatMap(({ digest }) => hexOf(digest));
  const absent = roots
    .flatMap((hex) => [hex, ...digestsOf(objectAt(container.json(blob(hex))))])
    .filter((hex) => !container.has(blob(hex)));
  // A layout names its image by the tag alone, or not at all.
  const { reference } = container;
  return checked(container, [...names, reference, ...names.map((name) => `${reference}:${name}`)], absent);
}

function checked(container: Container, images: readonly string[], absent: readonly string[]): Holdings {
  return {
    images: absent.length > 0 ? new Set() : new Set(images.map((image) => referenceText(parseReference(image)))),
    problems:
      absent.length === 0
        ? []
        : [
            `${container.name} is not whole: ${absent.slice(0, 3).join(', ')}${absent.length > 3 ? ' and more are' : ' is'} missing`,
          ],
  };
}

/** Configuration and layers of an image. A list of images for several machines has none of its own. */
function digestsOf({ config, layers }: JsonObject): string[] {
  return [objectAt(config), ...objectsAt(layers)].flatMap(({ digest }) => hexOf(digest));
}

function hexOf(digest: Json | undefined): string[] {
  return typeof digest === 'string' ? [digest.replace(/^sha256:/, '')] : [];
}
