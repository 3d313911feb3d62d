import { OperatorError } from '../base/operator-error';
import { buildEnvironment } from '../environment/load';
import { environmentsIn } from '../environment/file';
import { type ParsedEnvironment, readSettings } from '../environment/parsed';
import type { Conflict, Tenant } from './conflict';
import { conflicts } from './conflicts';
import { byServer, resolveHere } from './servers';
import { memoryWarnings } from './shares';

/** What an environment and the others of its directory would do to each other. */
export interface Neighbourhood {
  readonly conflicts: readonly Conflict[];

  /** One sentence for each environment that cannot be read, so that nothing is known of it; and one where the only one promises more than there is. */
  readonly warnings: readonly string[];
}

/**
 * Compares `own` with the other environments in `directory` that are on the same server. Of these the settings alone are
 * read, from which names, ports and directories follow, so that a preview stays as fast as it was. Extensions and legacy
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
  const others = environmentsIn(directory)
    .filter((environment) => environment !== own.environment)
    .flatMap((environment) => known(environment, () => readSettings(environment, directory)));
  const sharing = byServer<Tenant>([own, ...others]).find((group) => group.includes(own)) ?? [];
  const tenants = [
    own,
    ...others
      .filter((each) => sharing.includes(each))
      .flatMap((each) => known(each.environment, () => withOwnPorts(each))),
  ];
  const found = conflicts(tenants, resolveHere(tenants));
  return {
    conflicts: found.filter(({ owners }) => owners.some(({ environment }) => environment === own.environment)),
    warnings: [...warnings, ...memoryWarnings(tenants)],
  };
}

function withOwnPorts(parsed: ParsedEnvironment): Tenant {
  const { extensions, thirdPartyExtensions, components } = parsed.settings;
  return extensions.length + thirdPartyExtensions.length + components.length === 0 ? parsed : buildEnvironment(parsed);
}
