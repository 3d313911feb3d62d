import { isSecretParameter } from '../extensions';
import type { Problem } from '../problems';
import { rule } from './rule';

/** Charts that others made have names and projects as all extensions, and no credential in plain sight. */
export const thirdPartyExtensions = rule(
  ['thirdPartyExtensions'],
  ({ thirdPartyExtensions: entries, extensions = [], projects }, { howTo }) =>
    entries.flatMap((entry, index): Problem[] => {
      const key = `thirdPartyExtensions[${index}]`;
      const twin = entries.findIndex(({ as }) => as === entry.as) !== index;
      const known = extensions.some(({ name, as }) => entry.as === name || entry.as === `${name}-${as ?? ''}`);
      const isProject =
        entry.project === undefined || projects === undefined || projects.some(({ name }) => name === entry.project);
      const credentials = Object.keys(entry.values ?? {}).filter(isSecretParameter);
      return [
        ...(twin || known
          ? [
              {
                key: `${key}.as`,
                message: `"${entry.as}" is the name of another extension already`,
                remedy: howTo.remove(key),
              },
            ]
          : []),
        ...(isProject
          ? []
          : [
              {
                key: `${key}.project`,
                message: `"${entry.project ?? ''}" is none of the projects ${projects.map(({ name }) => name).join(', ')}`,
                remedy: howTo.set(`${key}.project`, projects[0]?.name ?? 'admin'),
              },
            ]),
        ...credentials.map((name) => ({
          key: `${key}.values`,
          message: `"${name}" is a credential; it belongs to ${key}.secrets`,
          remedy: 'Add the chart again with --secret',
        })),
      ];
    }),
);
