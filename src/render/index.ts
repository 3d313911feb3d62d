import { platformOf } from '../platform';
import { readEnvironment } from '../settings/file';
import { parseSettings, type Settings } from '../settings/parse';
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

  /** What is allowed but worth a thought, one sentence each. */
  readonly warnings: readonly string[];
}

/**
 * Reads an environment by its name or path and builds its tree.
 *
 * @throws SettingsError or TreeError with everything that is wrong with it
 */
export function loadEnvironment(nameOrPath: string): Environment {
  const { environment, raw, directory } = readEnvironment(nameOrPath, process.cwd());
  const { settings, secrets } = parseSettings(raw, environment);
  const platform = platformOf(environment, settings, directory);
  const plain = secrets.plainInFile();
  const warnings = [
    ...(plain.length === 0 || environment === 'dev' ? []
      : [`these secrets stand in plain text, secure them with pulumi config set --secret --path: ${plain.join(', ')}`]),
    ...platformWarnings({ settings, secrets, graph: platform.graph }),
  ];
  return { ...platform, environment, settings, secrets, directory, warnings };
}

/** The objects of an environment, in the order in which they are deployed. */
export function renderEnvironment(nameOrPath: string, options: { readonly showSecrets: boolean }): RenderedObject[] {
  const { graph, owner, secrets } = loadEnvironment(nameOrPath);
  const secretOf = options.showSecrets ? (name: string) => secrets.resolve(name) : undefined;
  return renderManifests(graph, { owner, secretOf });
}
