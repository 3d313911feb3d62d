import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { rulesTable } from '../findings/rules';
import { editorSchema, pulumiConfig, settingsTable } from '../settings/generate';

const MARKS = ['<!-- settings -->', '<!-- /settings -->'] as const;

/** What stands above the table of findings. */
const FINDINGS = `# Findings

What \`npx kaapana check\`, previews and updates say has a rule. Errors stop a deployment; warnings are worth a thought.
A finding's id is its rule and its subject, e.g. \`weak-password/credentials.initPassword\`. An environment lets one through, or all
of a rule, by the setting \`acknowledged\`, with a reason:

\`\`\`sh
pulumi config set --plaintext --stack prod --path 'kaapana:acknowledged["weak-password"]' 'changed at the first login'
\`\`\`

It is listed as acknowledged from then on, and once it is not found any more, a warning asks to remove the entry.

Programs read findings with \`npx kaapana check --env prod --json\`, \`--live\` with what the server says. What is wrong with a
third-party chart has no rules yet, and is told as text alone.

This table is generated (\`npm run generate\`).
`;

/**
 * The files that are made from the schema of the settings and the table of findings, with the content that they should
 * have.
 */
export function generatedFiles(): Record<string, string> {
  const project = parseDocument(readFileSync('Pulumi.yaml', 'utf8'));
  project.set('config', project.createNode(pulumiConfig(), { aliasDuplicateObjects: false }));
  const readme = readFileSync('README.md', 'utf8');
  const [before = '', rest = ''] = readme.split(MARKS[0]);
  return {
    'Pulumi.yaml': project.toString({ lineWidth: 0 }),
    'kaapana.schema.json': `${JSON.stringify(editorSchema(), null, 1)}\n`,
    'docs/findings.md': `${FINDINGS}\n${rulesTable()}`,
    'README.md': `${before}${MARKS[0]}\n${settingsTable()}${MARKS[1]}${rest.split(MARKS[1])[1] ?? ''}`,
  };
}
