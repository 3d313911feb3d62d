import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Problem } from '../problem';
import { run, tail } from '../run';
import {
  CONTAINERD_NAME_ANNOTATION,
  type Descriptor,
  type Image,
  imageConfig,
  imageManifest,
  jsonBlob,
  MEDIA_TYPES,
  NAME_ANNOTATION,
  platform,
} from './oci';

interface Index {
  readonly schemaVersion: 2;
  readonly mediaType: string;
  readonly manifests: readonly Descriptor[];
}

/**
 * Images as an OCI image layout in a folder: each blob once, and an entry of the index for each name. One process
 * writes to it; a reader sees the images before or after an addition, never a part of one.
 */
export class ImageStore {
  private readonly blobs: string;
  private readonly layers = new Map<string, Promise<Descriptor>>();

  /** @param dir the folder of the layout; made if it is missing */
  constructor(public readonly dir: string) {
    this.blobs = path.join(dir, 'blobs', 'sha256');
    fs.mkdirSync(this.blobs, { recursive: true });
    this.write('oci-layout', JSON.stringify({ imageLayoutVersion: '1.0.0' }));
  }

  /** The full names of the images in it, sorted. */
  public names(): string[] {
    return this.index().manifests.map(nameOf).sort();
  }

  /** Whether an image of that full name is in it. */
  public has(name: string): boolean {
    return this.find(name) !== undefined;
  }

  /** The descriptor of the manifest of an image, if it is in it. */
  public find(name: string): Descriptor | undefined {
    return this.index().manifests.find((manifest) => nameOf(manifest) === name);
  }

  /** The size in bytes of all that an image consists of, layers that it shares included; 0 for an unknown one. */
  public size(name: string): number {
    const manifest = this.find(name);
    if (manifest === undefined) return 0;
    const { config, layers } = JSON.parse(fs.readFileSync(this.blob(manifest.digest), 'utf8')) as {
      config: Descriptor;
      layers: readonly Descriptor[];
    };
    return [manifest, config, ...layers].reduce((sum, { size }) => sum + size, 0);
  }

  /** Adds an image under full names such as `registry.example.org/kaapana/traefik:0.6.0`; replaces those of before. */
  public async add(image: Image, names: readonly string[]): Promise<Descriptor> {
    const layers: Descriptor[] = [];
    for (const source of image.layers) layers.push(await this.layer(source));
    const config = this.json(imageConfig(image, layers), MEDIA_TYPES.config);
    const manifest = { ...this.json(imageManifest(config, layers), MEDIA_TYPES.manifest), platform: platform() };
    const named = names.map((name) => ({
      ...manifest,
      annotations: { [NAME_ANNOTATION]: name, [CONTAINERD_NAME_ANNOTATION]: name },
    }));
    const others = this.index().manifests.filter((other) => !names.includes(nameOf(other)));
    this.write('index.json', JSON.stringify(indexOf([...others, ...named])));
    return manifest;
  }

  private blob(digest: string): string {
    return path.join(this.blobs, digest.replace(/^sha256:/, ''));
  }

  private index(): Index {
    const file = path.join(this.dir, 'index.json');
    return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as Index) : indexOf([]);
  }

  private json(value: object, mediaType: string): Descriptor {
    const { data, descriptor } = jsonBlob(value, mediaType);
    this.write(path.relative(this.dir, this.blob(descriptor.digest)), data);
    return descriptor;
  }

  /** A layer is read once by each store, however many images have it. */
  private layer(source: string): Promise<Descriptor> {
    const known = this.layers.get(source);
    if (known !== undefined) return known;
    const added = this.addLayer(source);
    this.layers.set(source, added);
    return added;
  }

  private async addLayer(source: string): Promise<Descriptor> {
    const temporary = this.temporary(`layer-${this.layers.size}`);
    try {
      if (fs.statSync(source).isDirectory()) await packLayer(source, temporary);
      else linkOrCopy(source, temporary);
      const digest = `sha256:${await sha256(temporary)}`;
      const { size } = fs.statSync(temporary);
      fs.renameSync(temporary, this.blob(digest));
      return { mediaType: MEDIA_TYPES.layer, digest, size };
    } finally {
      // Renaming a file to another hard link of the same does nothing.
      fs.rmSync(temporary, { force: true });
    }
  }

  private write(file: string, data: string | Buffer): void {
    const temporary = this.temporary(path.basename(file));
    fs.writeFileSync(temporary, data);
    fs.renameSync(temporary, path.join(this.dir, file));
  }

  private temporary(name: string): string {
    return path.join(this.dir, `.${name}.${process.pid}`);
  }
}

/**
 * Packs a folder as a layer: names sorted, no times, numbers as owners, so that the same content gives the same bytes.
 *
 * @throws Problem if GNU tar fails
 */
export async function packLayer(dir: string, file: string): Promise<void> {
  const args = ['--sort=name', '--mtime=@0', '--numeric-owner', '--format=gnu', '-C', dir, '-cf', file, '.'];
  const { code, output } = await run('tar', args, { env: { ...process.env, LC_ALL: 'C' } });
  if (code !== 0) throw new Problem(`The layer ${dir} could not be packed with GNU tar: ${tail(output, 3)}`);
}

function indexOf(manifests: readonly Descriptor[]): Index {
  const sorted = [...manifests].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  return { schemaVersion: 2, mediaType: MEDIA_TYPES.index, manifests: sorted };
}

function nameOf(manifest: Descriptor): string {
  return manifest.annotations?.[NAME_ANNOTATION] ?? '';
}

function linkOrCopy(source: string, target: string): void {
  try {
    fs.linkSync(source, target);
  } catch {
    fs.copyFileSync(source, target);
  }
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(fs.createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}
