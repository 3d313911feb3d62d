import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import ts from 'typescript';
import { LAYERS } from './layers.cjs';

/** The page about the folders of the program: drawn from the imports in the sources, described by tools/layers.cjs. */

const TOPS = ['src', 'constructs', 'stacks'];

/** For each folder of the program, the folders that its files import. */
export type Imports = ReadonlyMap<string, ReadonlySet<string>>;

/** The layer folder that a path lies in; src/index.ts, the entry of Pulumi, lies in none. */
function folderOf(path: string): string | undefined {
  return LAYERS.flatMap(({ folders }) => folders).find((folder) => path.startsWith(`${folder}/`));
}

function sources(): string[] {
  return TOPS.flatMap((top) =>
    readdirSync(top, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => join(top, file).split(sep).join(posix.sep)),
  ).sort();
}

/** Reads the imports of all sources, those of types included. */
export function importsOf(files: readonly string[] = sources()): Imports {
  const imports = new Map(LAYERS.flatMap(({ folders }) => folders).map((folder) => [folder, new Set<string>()]));
  for (const file of files) {
    const from = folderOf(file);
    for (const { fileName } of ts.preProcessFile(readFileSync(file, 'utf8')).importedFiles) {
      const to = fileName.startsWith('.') ? folderOf(`${posix.join(posix.dirname(file), fileName)}/`) : undefined;
      if (from !== undefined && to !== undefined && from !== to) imports.get(from)?.add(to);
    }
  }
  return imports;
}

/** All that can be reached from `folder` by one import or more. */
function reached(imports: Imports, folder: string, found = new Set<string>()): Set<string> {
  for (const next of imports.get(folder) ?? []) {
    if (!found.has(next)) reached(imports, next, found.add(next));
  }
  return found;
}

/** Without the imports that a chain of others stands for: of a -> b, b -> c and a -> c, the last one goes. */
export function reduced(imports: Imports): Imports {
  return new Map(
    [...imports].map(([from, targets]) => {
      const further = [...targets].map((via) => reached(imports, via));
      return [from, new Set([...targets].filter((to) => !further.some((folders) => folders.has(to))))];
    }),
  );
}

function arrowsOf(imports: Imports): [string, string][] {
  return [...imports].flatMap(([from, targets]) => [...targets].sort().map((to): [string, string] => [from, to]));
}

/** A name of a box that Mermaid cannot take for a word of its own. */
function idOf(folder: string): string {
  return folder.replace('/', '_');
}

function table(): string {
  const rows = LAYERS.map(({ folders, duty }) => `| ${folders.map((name) => `\`${name}\``).join(', ')} | ${duty} |`);
  return ['| folder | what it is for |', '|---|---|', ...rows].join('\n');
}

function drawing(imports: Imports): string {
  const box = (folder: string) => `${idOf(folder)}["${folder}"]`;
  const boxes = LAYERS.flatMap(({ folders, duty }, index) =>
    folders.length === 1
      ? folders.map(box)
      : [`subgraph layer${index} ["${duty}"]`, ...folders.map((folder) => `  ${box(folder)}`), 'end'],
  );
  const arrows = arrowsOf(reduced(imports)).map(([from, to]) => `${idOf(from)} --> ${idOf(to)}`);
  return ['```mermaid', 'flowchart TD', ...[...boxes, ...arrows].map((line) => `  ${line}`), '```'].join('\n');
}

/** The content that docs/architecture.md should have. */
export function architecturePage(): string {
  const imports = importsOf();
  const count = arrowsOf(imports).length;
  return `<!-- Written by npm run generate, from tools/layers.cjs and the imports in the sources. -->

# Architecture

The program has ${imports.size} folders. They stand in layers: a folder may import the folders above it in this table, and
none below. Folders in the same row know nothing of each other. \`npm run lint\` checks this.

${table()}

\`src/index.ts\` is the entry for Pulumi: it hands over to \`src/pulumi\`. \`bin/kaapana.cjs\` is the entry for the command
line: it hands over to \`src/cli\`.

## What imports what

Each arrow is an import that exists: the folder at its start uses the folder at its end. There are ${count} such pairs of
folders. An arrow is left out where a chain of other arrows leads to the same folder.

${drawing(imports)}
`;
}
