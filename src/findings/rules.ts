import type { Facts } from './facts';

/** Errors stop a deployment; warnings are worth a thought. */
export type Severity = 'error' | 'warning';

/** Who has to be asked before it can be known: nobody, the other environments of the directory, or the server. */
export type Source = 'environment' | 'neighbours' | 'server';

/** What is known of all findings of a rule. */
export interface RuleInfo {
  readonly severity: Severity;
  readonly source: Source;

  /** What is wrong, in one line. */
  readonly meaning: string;

  /** Whether the settings may let it through, with a reason (`acknowledged`). */
  readonly acknowledgeable: boolean;
}

/** Everything that can be found, by the names that findings have in settings, documentation and JSON. */
export const RULES: { readonly [R in keyof Facts]: RuleInfo } = {
  'object-of-others': error('server', 'An object of this name exists, and is not of this environment'),
  'adopted-object': warning('server', 'An object of others is taken over, as the setting adopt says'),
  'frozen-field': error('server', 'A field would change that Kubernetes refuses to change'),
  'shrunk-claim': error('server', 'A claim would get smaller, which Kubernetes refuses'),
  'set-when-created': {
    ...error('server', 'A password differs from the one that data was made with'),
    acknowledgeable: true,
  },
  'uncompared-credential': warning('server', 'Whether a password is still that of its data, Pulumi alone can tell'),
  'unused-acknowledgement': {
    ...warning('server', 'An entry of the setting acknowledged lets nothing through'),
    acknowledgeable: false,
  },
};

function error(source: Source, meaning: string): RuleInfo {
  return { severity: 'error', source, meaning, acknowledgeable: false };
}

function warning(source: Source, meaning: string): RuleInfo {
  return { severity: 'warning', source, meaning, acknowledgeable: true };
}

/** The table of all rules, in Markdown. */
export function rulesTable(): string {
  const rows = Object.entries(RULES).map(
    ([rule, { severity, source, meaning, acknowledgeable }]) =>
      `| \`${rule}\` | ${severity} | ${SOURCES[source]} | ${acknowledgeable ? 'yes' : ''} | ${meaning} |\n`,
  );
  return `| Rule | Severity | Found by | Acknowledged | Meaning |\n| --- | --- | --- | --- | --- |\n${rows.join('')}`;
}

const SOURCES: Readonly<Record<Source, string>> = {
  environment: '`check`',
  neighbours: '`check`, with the other environments',
  server: '`check --live`, previews',
};
