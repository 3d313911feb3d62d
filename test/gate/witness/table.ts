import { type JsonObject, objectAt, objectsAt, textAt } from '../../../src/objects/manifest';
import type { World } from '../../network/world';
import { callsOf, type Call } from './calls';
import { filesMadeBy } from './files';
import { isEnding, nameOf, type Place, placesOf, programOf, volumesOf } from './places';
import { portsOf, type WitnessPort } from './ports';

/** How a container of the witness is started where its pod gives no command. */
export const ENTRY_POINT = '/witness/program';

/** The program that waits for others, and does nothing else. */
const WAITER = 'service-checker';

/** Seconds after which what has not passed has failed. */
const DEADLINE = 600;

/** What the witness does in a container (table.go). */
export interface WitnessContainer {
  readonly name: string;
  readonly image: string;

  /** The arguments with which it is started. */
  readonly argv: readonly string[];

  /** Variables that tell it from another container of its pod with the same image and arguments. @default - none has */
  readonly told?: Readonly<Record<string, string>>;

  /** Whether it ends when its work is done. */
  readonly ends: boolean;

  readonly ports: readonly WitnessPort[];

  /** Paths that must be writable, or files that must be readable. */
  readonly mounts: readonly string[];

  /** Paths that others wait for or mount. */
  readonly makes: readonly string[];

  readonly calls: readonly Call[];
}

/** What the witness does in all containers, by `namespace/workload`. */
export interface WitnessTable {
  readonly deadline: number;
  readonly workloads: Readonly<Record<string, { readonly containers: readonly WitnessContainer[] }>>;
}

/** What a table is made from. */
export interface TableProps {
  /** The platform, with its server. */
  readonly world: World;

  /** Whether the witness runs an image, by its full name; others have a program of their own. */
  readonly isWitness: (image: string) => boolean;

  /**
   * Addresses of those outside of the cluster, such as `mail-server`, by their names in the table of connections.
   * @default - they are not called
   */
  readonly addresses?: Readonly<Record<string, string>>;

  /** Seconds after which what has not passed has failed. @default 600 */
  readonly deadline?: number;
}

/** What the witness does in each container whose image it runs. */
export function tableOf(props: TableProps): WitnessTable {
  const { world, isWitness, deadline = DEADLINE } = props;
  const all = placesOf(world);
  const calls = callsOf(props, all).made;
  const workloads: Record<string, { containers: WitnessContainer[] }> = {};
  for (const place of all.filter(({ image }) => isWitness(image))) {
    const { containers } = (workloads[place.pods.name] ??= { containers: [] });
    containers.push({
      name: nameOf(place),
      image: place.image,
      argv: argvOf(place),
      told: all.some((other) => isTwin(place, other)) ? variablesOf(place) : undefined,
      ends: isEnding(place),
      ports: portsOf(place),
      mounts: programOf(place.image) === WAITER ? [] : mountsOf(place),
      makes: filesMadeBy(place, all),
      calls: calls.get(place) ?? [],
    });
  }
  return { deadline, workloads };
}

function argvOf({ container }: Place): string[] {
  return [...(textsAt(container.command) ?? [ENTRY_POINT]), ...(textsAt(container.args) ?? [])];
}

function isTwin(place: Place, other: Place): boolean {
  return (
    other !== place &&
    other.pods === place.pods &&
    other.image === place.image &&
    JSON.stringify(argvOf(other)) === JSON.stringify(argvOf(place))
  );
}

/** The variables whose values its manifest has. */
function variablesOf({ container }: Place): Record<string, string> {
  return Object.fromEntries(
    objectsAt(container.env).flatMap(({ name, value }) =>
      typeof name === 'string' && typeof value === 'string' && !value.includes('$(') ? [[name, value]] : [],
    ),
  );
}

/** Where the container may write: claims, scratch space and directories of the node. */
function mountsOf(place: Place): string[] {
  return volumesOf(place)
    .filter(({ mount, volume }) => mount.readOnly !== true && isWritable(volume))
    .map(({ mount }) => textAt(mount.mountPath) ?? '');
}

function isWritable({ persistentVolumeClaim, emptyDir, hostPath }: JsonObject): boolean {
  if (hostPath !== undefined) return /^Directory/.test(textAt(objectAt(hostPath).type) ?? 'Directory');
  return persistentVolumeClaim !== undefined || emptyDir !== undefined;
}

function textsAt(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.map(String) : undefined;
}
