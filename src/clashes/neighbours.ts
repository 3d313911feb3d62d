import { OperatorError } from '../operator-error';
import { platformOf } from '../platform';
import { environmentsIn, readEnvironment } from '../settings/file';
import { parseEnvironment } from '../settings/parse';
import type { Clash, Tenant } from './claim';
import { clashes } from './clashes';
import { byServer, resolveHere } from './servers';
import { memoryWarnings } from './shares';

/** What an environment and the others of its directory would do to each other. */
export interface Neighbourhood {
  readonly clashes: readonly Clash[];

  /** One sentence for each environment that cannot be read, so that nothing is known of it; and one where the only one promises more than there is. */
  readonly warnings: readonly string[];
}

/**
 * Compares `own` with the other environments in `directory` that are on the same server. Of these the settings alone are
 * read, from which names, ports and directories follow, so that a preview stays as fast as it was. Extensions and retired
 * components have ports of their own: who has some is built. `kaapana check` compares the objects of all.
 */
export function neighbourhood(own: Tenant, directory: string): Neighbourhood {
  const warnings: string[] = [];
  const known = <Value>(environment: string, read: () => Value): Value[] => {
    try {
      return [read()];
    } catch (problem) {
      if (!(problem instanceof OperatorError)) throw problem;
      warnings.push(`${environment} was not compared, it has mistakes: kaapana check --env ${environment} tells them`);
      return [];
    }
  };
  const others = environmentsIn(directory).filter((environment) => environment !== own.environment)
    .flatMap((environment) => known(environment, (): Tenant => ({ environment, ...parseEnvironment(readEnvironment(environment, directory)) })));
  const sharing = byServer([own, ...others]).find((group) => group.includes(own)) ?? [];
  const tenants = sharing.flatMap((each) => (each === own ? [own] : known(each.environment, () => withOwnPorts(each, directory))));
  const found = clashes(tenants, resolveHere(tenants));
  return { clashes: found.filter(({ owners }) => owners.some(({ environment }) => environment === own.environment)), warnings: [...warnings, ...memoryWarnings(tenants)] };
}

function withOwnPorts(tenant: Tenant, directory: string): Tenant {
  const { environment, settings } = tenant;
  if (settings.extensions.length + settings.foreignExtensions.length + settings.components.length === 0) return tenant;
  const { graph } = platformOf(environment, settings, directory);
  return { ...tenant, graph };
}
