import { readFileSync } from 'node:fs';
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
