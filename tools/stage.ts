import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Staging } from './tools';

/** Folder of the trimmed module, in the copy of the tool's own. */
const TRIMMED = 'trimmed';

/**
 * Copies a tool's module to `dir`, with what it needs of other modules, so that a build writes nothing into the
 * checkout. `go` runs a go command in `dir`.
 */
export async function stage(
  { embedded, trimmed }: Staging,
  version: string,
  module: string,
  dir: string,
  go: (args: string[]) => Promise<string>,
): Promise<void> {
  const sourceOf = async (name: string): Promise<string> =>
    (JSON.parse(await go(['mod', 'download', '-json', name])) as { Dir: string }).Dir;
  fs.cpSync(module, dir, { recursive: true });
  if (embedded) embed(embedded, await sourceOf(embedded.module), version, dir);
  trim(trimmed, await sourceOf(trimmed.module), path.join(dir, TRIMMED));
  await go(['mod', 'edit', `-replace=${trimmed.module}=./${TRIMMED}`]);
}

function embed(
  { dir, files }: NonNullable<Staging['embedded']>,
  source: string,
  version: string,
  target: string,
): void {
  for (const file of files) {
    const content = JSON.parse(fs.readFileSync(path.join(source, dir, file), 'utf8')) as object;
    // The module's copy is indented and has no version; the provider reads it at every start.
    const stamped = file === 'schema.json' ? { ...content, version } : content;
    fs.writeFileSync(path.join(target, file), JSON.stringify(stamped));
  }
}

function trim({ dirs, replacements }: Staging['trimmed'], source: string, target: string): void {
  const edits = Object.entries(replacements).map(([pattern, text]) => [new RegExp(pattern, 'gm'), text] as const);
  for (const dir of dirs) {
    fs.mkdirSync(path.join(target, dir), { recursive: true });
    for (const file of fs.readdirSync(path.join(source, dir)).filter((name) => /^go\.mod$|\.go$/.test(name))) {
      const text = fs.readFileSync(path.join(source, dir, file), 'utf8');
      fs.writeFileSync(
        path.join(target, dir, file),
        edits.reduce((edited, [pattern, to]) => edited.replace(pattern, to), text),
      );
    }
  }
}
