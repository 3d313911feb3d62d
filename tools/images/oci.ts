import { createHash } from 'node:crypto';
import { Problem } from '../problem';

/** A container image: what lies in it, and how its program is started. */
export interface Image {
  /** Folders or tars, the lowest first. An image without layers has an empty root. */
  readonly layers: readonly string[];

  /** The program with its first arguments; a pod's `command` replaces it. @default - none */
  readonly entrypoint?: readonly string[];

  /** Further arguments; a pod's `args` replaces them. @default - none */
  readonly cmd?: readonly string[];

  /** Variables. @default - PATH only */
  readonly env?: Readonly<Record<string, string>>;

  /** Name or number of the user, and of the group after a colon. @default - root */
  readonly user?: string;

  /** The folder in which the program starts. @default / */
  readonly workdir?: string;

  /** TCP ports on which the program listens; documentation only. @default - none */
  readonly ports?: readonly number[];

  /** The signal that asks the program to end. @default SIGTERM */
  readonly stopSignal?: string;
}

/** Where a blob is in a layout, and what it is. */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly platform?: Platform;
}

/** The machine that an image is for. */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
}

export const MEDIA_TYPES = {
  config: 'application/vnd.oci.image.config.v1+json',
  index: 'application/vnd.oci.image.index.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
} as const;

/** Annotations that hold an image's full name: the standard's, and the one that containerd imports by. */
export const NAME_ANNOTATION = 'org.opencontainers.image.ref.name';
export const CONTAINERD_NAME_ANNOTATION = 'io.containerd.image.name';

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The same image has the same digest whenever it is made. */
const CREATED = '1970-01-01T00:00:00Z';

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/** The platform of the images that are made here: Linux on this machine's processor. */
export function platform(arch: string = process.arch): Platform {
  const architecture = ARCHITECTURES[arch];
  if (architecture === undefined) {
    throw new Problem(`Images cannot be made for the processor ${arch}: use a machine with an x64 or arm64 processor.`);
  }
  return { os: 'linux', architecture };
}

/** A blob that holds JSON, and its descriptor. */
export function jsonBlob(value: unknown, mediaType: string): { readonly data: Buffer; readonly descriptor: Descriptor } {
  const data = Buffer.from(JSON.stringify(value));
  const digest = `sha256:${createHash('sha256').update(data).digest('hex')}`;
  return { data, descriptor: { mediaType, digest, size: data.length } };
}

/** The configuration of an image whose layers are uncompressed tars (OCI image specification 1.0). */
export function imageConfig(image: Image, layers: readonly Descriptor[]): object {
  const variables = Object.entries({ PATH, ...image.env });
  return {
    created: CREATED,
    ...platform(),
    config: {
      Env: variables.map(([name, value]) => `${name}=${value}`),
      ...(image.entrypoint && { Entrypoint: image.entrypoint }),
      ...(image.cmd && { Cmd: image.cmd }),
      ...(image.user !== undefined && { User: image.user }),
      ...(image.workdir !== undefined && { WorkingDir: image.workdir }),
      ...(image.ports && { ExposedPorts: Object.fromEntries(image.ports.map((port) => [`${port}/tcp`, {}])) }),
      ...(image.stopSignal !== undefined && { StopSignal: image.stopSignal }),
    },
    // Of an uncompressed layer, the digest of the blob is that of its content.
    rootfs: { type: 'layers', diff_ids: layers.map(({ digest }) => digest) },
    history: layers.map(() => ({ created: CREATED })),
  };
}

/** The manifest of an image. */
export function imageManifest(config: Descriptor, layers: readonly Descriptor[]): object {
  return { schemaVersion: 2, mediaType: MEDIA_TYPES.manifest, config, layers };
}
