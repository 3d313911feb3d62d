import { OperatorError } from '../base/operator-error';
import { environmentsIn } from '../environment/file';
import { buildEnvironment } from '../environment/load';
import { type ParsedEnvironment, readSettings } from '../environment/parsed';
import { finding, type Finding } from '../findings/finding';
import { subjectOf, type Tenant } from './conflict';
import { conflicts } from './conflicts';
import { byServer, resolveHere } from './servers';
import { memoryWarnings } from './shares';

/**
 * Compares `own` with the other environments in `directory` that are on the same server. Of these the settings alone
 * are read, from which names, ports and directories follow, so that a preview stays as fast as it was. Extensions and
 * legacy components have ports of their own: who has some is built. `kaapana check` compares the objects of all.
 *
 * @param from where the commands are run that mend conflicts @default - the working directory
 */
export function neighbourhood(own: Tenant, directory: string, from?: string): Finding[] {
  const warnings: Finding[] = [];
  const known = <Value>(environment: string, read: () => Value): Value[] => {
    try {
      return [read()];
    } catch (problem) {
      if (!(problem instanceof OperatorError)) throw problem;
      warnings.push(
        finding(
          'uncompared-environment',
          subjectOf({ environment }),
          {},
          {
            kind: 'run',
            command: `npx kaapana check --env ${environment}`,
          },
        ),
      );
      return [];
    }
  };
  const others = environmentsIn(directory)
    .filter((environment) => environment !== own.environment)
    .flatMap((environment) => known(environment, () => readSettings(environment, directory, from)));
  const sharing = byServer<Tenant>([own, ...others]).find((group) => group.includes(own)) ?? [];
  const tenants = primaryFirst([
    own,
    ...others
      .filter((each) => sharing.includes(each))
      .flatMap((each) => known(each.environment, () => withOwnPorts(each))),
  ]);
  const found = conflicts(tenants, resolveHere(tenants));
  return [
    ...found.filter(
      ({ facts }) => 'owners' in facts && facts.owners.some((owner) => owner.environment === own.environment),
    ),
    ...warnings,
    ...memoryWarnings(tenants),
  ];
}

/** Of two who want the same, the later one changes: what owns the server has users of its own longest. */
function primaryFirst(tenants: readonly Tenant[]): Tenant[] {
  const rank = ({ settings: { serverStack } }: Tenant): number => (serverStack === undefined ? 0 : 1);
  return [...tenants].sort((one, other) => rank(one) - rank(other));
}

function withOwnPorts(parsed: ParsedEnvironment): Tenant {
  const { extensions, thirdPartyExtensions, components } = parsed.settings;
  return extensions.length + thirdPartyExtensions.length + components.length === 0 ? parsed : buildEnvironment(parsed);
}
