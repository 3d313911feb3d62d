import { platformOf } from '../platform';
import { howToMend, readEnvironment } from '../settings/file';
import type { HowTo } from '../settings/how-to';
import { unreadWarnings } from '../settings/keys';
import { parseEnvironment, type Settings } from '../settings/parse';
import type { Secrets } from '../settings/secrets';
import type { PlatformTree } from '../tree';
import { platformWarnings } from '../warnings';
import { type RenderedObject, renderManifests } from './manifests';

export type { RenderedObject } from './manifests';

/** A valid environment, read from its file. */
export interface Environment extends PlatformTree {
  readonly environment: string;
  readonly settings: Settings;
  readonly secrets: Secrets;

  /** Where its file is. */
  readonly directory: string;

  /** What is changed in it by. */
  readonly howTo: HowTo;

  /** What is allowed but worth a thought, one sentence each. */
  readonly warnings: readonly string[];
}

/**
 * Reads an environment by its name or path and builds its tree.
 *
 * @throws SettingsError or TreeError with everything that is wrong with it
 */
export function loadEnvironment(nameOrPath: string): Environment {
  const file = readEnvironment(nameOrPath, process.cwd());
  const { environment, unread, directory } = file;
  const howTo = howToMend(file);
  const { settings, secrets } = parseEnvironment(file);
  const platform = platformOf(environment, settings, directory, howTo);
  const plain = secrets.plainInFile();
  const warnings = [
    ...unreadWarnings(unread),
    ...(plain.length === 0 || environment === 'dev' ? []
      : [`these secrets stand in plain text, secure each of them, e.g. ${howTo.secretSetting(plain[0] ?? '')}: ${plain.join(', ')}`]),
    ...platformWarnings({ settings, secrets, graph: platform.graph, howTo }),
  ];
  return { ...platform, environment, settings, secrets, directory, howTo, warnings };
}

/** The objects of an environment, in the order in which they are deployed. */
export function renderEnvironment(nameOrPath: string, options: { readonly showSecrets: boolean }): RenderedObject[] {
  const { graph, owner, secrets } = loadEnvironment(nameOrPath);
  const secretOf = options.showSecrets ? (name: string) => secrets.resolve(name) : undefined;
  return renderManifests(graph, { owner, secretOf });
}
