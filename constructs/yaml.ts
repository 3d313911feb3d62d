import { stringify } from 'yaml';

/** The text of a configuration file, a line for each value. */
export function yaml(configuration: object): string {
  return stringify(configuration, { lineWidth: 0, aliasDuplicateObjects: false });
}
