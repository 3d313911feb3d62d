import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { build, toolDir } from '../../../tools/build';
import { toolCache } from '../../../tools/paths';
import type { Report } from '../../../tools/progress';
import type { Tool } from '../../../tools/tools';
import { programOf } from './places';
import { ENTRY_POINT, tableOf, type TableProps, type WitnessTable } from './table';
import { usersOfImages } from './users';

/** A container image, as far as the witness needs one; the store of images takes it. */
export interface WitnessImage {
  readonly layers: readonly string[];
  readonly entrypoint: readonly string[];
  readonly env: Readonly<Record<string, string>>;

  /** The number of the user of the program in its place. @default - root */
  readonly user?: string;
}

/** What the images are made from, and where. */
export interface WitnessImagesProps extends TableProps {
  /** Full names of images that the witness runs. */
  readonly references: readonly string[];

  /** A folder for the layers. */
  readonly dir: string;

  /** The version of Go, as `go version` says it. */
  readonly goVersion: string;

  /** Told what the build does. @default - nobody is */
  readonly report?: Report;
}

/** The witness; its module has no dependencies. */
const WITNESS: Tool = {
  name: 'witness',
  version: '1',
  module: '../test/gate/witness',
  package: '.',
  testsOnly: true,
};

/** Where the table is in the image (table.go). */
const TABLE = '/witness/config.json';

/** The variable that tells a container its image (table.go). */
const IMAGE_VARIABLE = 'WITNESS_IMAGE';

/**
 * An image of the witness under each of the references. All share two layers: the program under each name by which pods
 * start it, and the table.
 *
 * @throws Problem if Go is missing or cannot build it
 */
export async function witnessImages(props: WitnessImagesProps): Promise<ReadonlyMap<string, WitnessImage>> {
  const { references, dir, goVersion, report = () => undefined } = props;
  const built = toolDir(toolCache(), WITNESS, goVersion);
  if (!fs.existsSync(built)) await build(WITNESS, built, report);
  const table = tableOf(props);
  const layers = layersOf(table, path.join(built, WITNESS.name), dir);
  const users = usersOfImages();
  return new Map(
    references.map((reference) => [
      reference,
      {
        layers,
        entrypoint: [ENTRY_POINT],
        env: { [IMAGE_VARIABLE]: reference },
        user: users.get(programOf(reference)),
      },
    ]),
  );
}

/** The layers of the witness, as folders in `dir`: its program, and its table. */
export function layersOf(table: WitnessTable, program: string, dir: string): readonly string[] {
  return [programLayer(program, commandsOf(table), dir), layer(dir, 'table', { [TABLE]: JSON.stringify(table) }, {})];
}

/** The first words of all commands, and the shell, as which those who exec expect something. */
function commandsOf({ workloads }: WitnessTable): string[] {
  const first = Object.values(workloads).flatMap(({ containers }) => containers.map(({ argv }) => argv[0] ?? ''));
  return [...new Set([...first, 'sh'])].filter((name) => name !== '' && name !== ENTRY_POINT).sort();
}

function programLayer(program: string, commands: readonly string[], dir: string): string {
  const links = commands.map((name) => (name.startsWith('/') ? name : `/bin/${name}`));
  return layer(
    dir,
    'program',
    { [ENTRY_POINT]: fs.readFileSync(program) },
    Object.fromEntries(links.map((link) => [link, ENTRY_POINT])),
  );
}

/** A folder with these files and links, named after what is in it. */
function layer(
  dir: string,
  name: string,
  files: Readonly<Record<string, string | Buffer>>,
  links: Readonly<Record<string, string>>,
): string {
  const hash = createHash('sha256').update(JSON.stringify(links));
  for (const [file, content] of Object.entries(files)) hash.update(`\0${file}\0`).update(content);
  const root = path.join(dir, `witness-${name}-${hash.digest('hex').slice(0, 12)}`);
  if (fs.existsSync(root)) return root;
  const fresh = `${root}.${process.pid}`;
  for (const [file, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(fresh, file)), { recursive: true });
    fs.writeFileSync(path.join(fresh, file), content, { mode: name === 'program' ? 0o755 : 0o644 });
  }
  for (const [link, target] of Object.entries(links)) {
    fs.mkdirSync(path.dirname(path.join(fresh, link)), { recursive: true });
    fs.symlinkSync(target, path.join(fresh, link));
  }
  fs.renameSync(fresh, root);
  return root;
}
