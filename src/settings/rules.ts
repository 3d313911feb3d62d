import type { Mistake } from './problems';
import { formats, mail, registry } from './rules/access';
import { directories, memory, storage } from './rules/data';
import { extensions } from './rules/extensions';
import { gpu } from './rules/gpu';
import { instance, namespaces, projectIds } from './rules/names';
import { egress, networks, offline, ports } from './rules/network';
import type { Context, Known, Rule } from './rules/rule';
import { thirdPartyExtensions } from './rules/third-party-extensions';

const RULES: readonly Rule[] = [
  registry,
  formats,
  offline,
  instance,
  namespaces,
  ports,
  networks,
  egress,
  directories,
  storage,
  memory,
  mail,
  projectIds,
  gpu,
  extensions,
  thirdPartyExtensions,
];

/**
 * Every mistake that shows in several settings together, in the order of the settings; keys in `broken` are unreadable.
 */
export function crossFieldProblems(settings: Known, broken: ReadonlySet<string>, context: Context): Mistake[] {
  return RULES.flatMap((rule) => rule(settings, broken, context));
}
