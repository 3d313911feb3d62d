import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderObjects } from '../conformance/render';
import type { Manifest } from '../support';

/** All values sets. */
export const SETS = readdirSync('test/conformance/settings').map((file) => file.replace(/\.yaml$/, ''));

/** The rows of a table of this directory, by the names of their columns. */
export function table<Column extends string>(file: string): Readonly<Record<Column, string>>[] {
  const [header = '', ...lines] = readFileSync(join(__dirname, file), 'utf8').trimEnd().split('\n');
  const columns = cells(header);
  return lines.map(
    (line) => Object.fromEntries(cells(line).map((cell, index) => [columns[index], cell])) as Record<Column, string>,
  );
}

/** Cells have quotes around them where they hold commas. */
function cells(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
}

/** What is rendered for a values set. */
export function rendered(set: string): readonly Manifest[] {
  return renderObjects(set, false) as readonly Manifest[];
}

/** A call of the Kubernetes API, as `api-calls.csv` has it. */
export type ApiCall = Readonly<
  Record<'account' | 'verb' | 'group' | 'resource' | 'namespace' | 'name' | 'answer' | 'evidence', string>
>;

/** What programs ask of the Kubernetes API, and what they are refused. */
export function apiCalls(): readonly ApiCall[] {
  return table('api-calls.csv');
}
