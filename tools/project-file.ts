import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse, stringify } from 'yaml';
import { PROJECT } from './paths';

/** Makes `directory` one that Pulumi runs the project's own program in, with the environment files that are there. */
export function writeProjectFile(directory: string): void {
  const project = parse(fs.readFileSync(path.join(PROJECT, 'Pulumi.yaml'), 'utf8')) as object;
  fs.writeFileSync(
    path.join(directory, 'Pulumi.yaml'),
    stringify({ ...project, main: path.join(PROJECT, 'bin', 'program.cjs') }),
  );
}
