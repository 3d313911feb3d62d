import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { editorSchema, pulumiConfig, settingsTable } from '../settings/generate';

const MARKS = ['<!-- settings -->', '<!-- /settings -->'] as const;

/** The files that are made from the schema of the settings, with the content that they should have. */
export function generatedFiles(): Record<string, string> {
  const project = parseDocument(readFileSync('Pulumi.yaml', 'utf8'));
  project.set('config', project.createNode(pulumiConfig(), { aliasDuplicateObjects: false }));
  const readme = readFileSync('README.md', 'utf8');
  const [before = '', rest = ''] = readme.split(MARKS[0]);
  return {
    'Pulumi.yaml': project.toString({ lineWidth: 0 }),
    'kaapana.schema.json': `${JSON.stringify(editorSchema(), null, 1)}\n`,
    'README.md': `${before}${MARKS[0]}\n${settingsTable()}${MARKS[1]}${rest.split(MARKS[1])[1] ?? ''}`,
  };
}

/** `npm run generate`: writes these files; with `--check`, only says which are stale. */
export function main(args: readonly string[]): number {
  const stale = Object.entries(generatedFiles()).filter(
    ([file, content]) => !existsSync(file) || readFileSync(file, 'utf8') !== content,
  );
  for (const [file, content] of stale) {
    if (!args.includes('--check')) writeFileSync(file, content);
    process.stdout.write(`${file} ${args.includes('--check') ? 'is stale: run npm run generate' : 'written'}\n`);
  }
  return args.includes('--check') && stale.length > 0 ? 1 : 0;
}
