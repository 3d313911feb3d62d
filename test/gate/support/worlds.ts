import { type World, worldOf } from '../../network/world';
import { first, second, type Site } from './environments';

/** Both platforms of the node as their files describe them, each with its own settings. */
export function worlds(site: Site): { readonly first: World; readonly second: World } {
  const both = worldOf(first(site), second(site));
  return { first: { ...both, settings: both.server }, second: both };
}
