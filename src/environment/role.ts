import type { PrimarySettings, SecondarySettings, Settings } from '../settings/parse';

/**
 * What an environment deploys of its server: all that it has once, or one more instance beside that of another
 * environment.
 */
export type Role =
  | { readonly kind: 'primary'; readonly settings: PrimarySettings }
  | { readonly kind: 'secondary'; readonly settings: SecondarySettings; readonly primary: PrimarySettings };

/**
 * The role of the environment with `settings`.
 *
 * @param primary settings of the environment that owns the server, where that is another one
 */
export function roleOf(settings: Settings, primary?: Settings): Role {
  if (settings.serverStack === undefined) return { kind: 'primary', settings };
  if (primary === undefined || primary.serverStack !== undefined)
    throw new Error(`the settings of ${settings.serverStack} are missing`);
  return { kind: 'secondary', settings, primary };
}
