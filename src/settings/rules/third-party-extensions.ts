import { isCredentialByForm, nameSays } from '../credential-names';
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
        .filter(([name, value]) => !entry.plain?.includes(name) && isCredential(name, value))
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

/** What its name or its form says; an empty text, a switch or a number is none. */
function isCredential(name: string, value: unknown): boolean {
  const texts = [value].flat().filter((item): item is string => typeof item === 'string' && item !== '');
  return texts.some(
    (text) => isCredentialByForm(text) || (nameSays(name) === 'credential' && !/^(true|false|\d+)$/.test(text)),
  );
}
