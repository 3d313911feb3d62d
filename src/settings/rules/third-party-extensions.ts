import { isSecretParameter } from '../extensions';
import { type Mistake, mistake, remove } from '../problems';
import { rule, unknownProject } from './rule';

/** Charts that others made have names and projects as all extensions, and no credential in plain sight. */
export const thirdPartyExtensions = rule(
  ['thirdPartyExtensions'],
  ({ thirdPartyExtensions: entries, extensions = [], projects }) =>
    entries.flatMap((entry, index): Mistake[] => {
      const key = `thirdPartyExtensions[${index}]`;
      const twin = entries.findIndex(({ as }) => as === entry.as) !== index;
      const known = extensions.some(({ name, as }) => entry.as === name || entry.as === `${name}-${as ?? ''}`);
      const credentials = Object.entries(entry.values ?? {})
        .filter(([name, value]) => typeof value === 'string' && isSecretParameter(name))
        .map(([name]) => name);
      return [
        ...(twin || known ? [mistake('taken-install-name', `${key}.as`, { name: entry.as }, remove(key))] : []),
        ...unknownProject(`${key}.project`, entry.project, projects),
        ...credentials.map((name) =>
          mistake(
            'credential-in-values',
            `${key}.values`,
            { name, place: `${key}.secrets` },
            { kind: 'do', what: 'add-chart-again' },
          ),
        ),
      ];
    }),
);
