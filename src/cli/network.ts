import { join } from 'node:path';
import { Command } from 'commander';
import { OperatorError } from '../base/operator-error';
import { textTable } from '../base/table';
import { type Cluster, clusterOf, type Peer } from '../checks/network/cluster';
import { Connectivity } from '../checks/network/connectivity';
import { peerCalled } from '../checks/network/reference';
import { readEnvironment } from '../environment/file';
import { type Environment, loadEnvironment } from '../environment/load';
import type { Manifest } from '../objects/manifest';
import { answerRows, answers, destinationsOf, lines, reachMap, reachText, sourcesOf } from '../report/network';
import { DISTRIBUTIONS } from '../settings/distributions';

interface NetworkOptions {
  readonly env: string;
  readonly from?: string;
  readonly to?: string;
  readonly json: boolean;
}

/** `kaapana network`: who may connect to whom. */
export function networkCommand(): Command {
  return new Command('network')
    .description('print the connections that network policies allow: to each workload, and from it')
    .requiredOption('--env <name or path>', 'an environment (Pulumi.<name>.yaml) or any file in that format')
    .option(
      '--from <who>',
      "print where this one may connect to: namespace/workload, 'namespace{label=value}', an address, or internet",
    )
    .option('--to <who>', 'print who may connect to this one; with --from, by which policies')
    .option('--json', 'print JSON', false)
    .action((options: NetworkOptions) => {
      const connectivity = connectivityOf(options.env);
      const ends = [options.from, options.to].map((text) =>
        text === undefined ? undefined : peer(text, connectivity.cluster),
      );
      process.stdout.write(told(connectivity, ends[0], ends[1], options.json));
    });
}

function told(connectivity: Connectivity, source: Peer | undefined, target: Peer | undefined, json: boolean): string {
  if (source && target) {
    const found = answers(source, target, connectivity);
    return json
      ? jsonText(found)
      : textTable(['PORT', 'VERDICT', `OUT OF ${source.name}`, `INTO ${target.name}`], answerRows(found));
  }
  const one = source ?? target;
  if (one) {
    const found = source ? destinationsOf(one, connectivity) : sourcesOf(one, connectivity);
    return json ? jsonText(found) : `${[one.name, ...lines(source ? 'out' : 'in', found)].join('\n')}\n`;
  }
  const map = reachMap(connectivity);
  return json ? jsonText(map) : reachText(map);
}

/** The pods and policies of an environment, and those of its server where another one owns it. */
function connectivityOf(env: string): Connectivity {
  const own = loadEnvironment(env);
  const { serverStack, distribution, serverIp, apiServerIp } = own.settings;
  const { directory } = readEnvironment(env, process.cwd());
  const host = serverStack === undefined ? [] : [loadEnvironment(join(directory, `Pulumi.${serverStack}.yaml`))];
  const [services, pods] = DISTRIBUTIONS[distribution].cidrs;
  const addresses = { services, pods: pods.replace(/\/\d+$/, ''), nodes: serverIp ?? apiServerIp ?? '127.0.0.1' };
  return new Connectivity(clusterOf([...host, own].flatMap(objectsOf), addresses));
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function objectsOf({ graph }: Environment): Manifest[] {
  return graph.nodes.map(({ manifest }) => manifest);
}

/** @throws OperatorError when nothing is called so */
function peer(text: string, cluster: Cluster): Peer {
  const found = peerCalled(text, cluster);
  if (found) return found;
  const names = [...cluster.workloads.keys()];
  const alike = names.filter((name) => name.includes(text.replace(/^.*\//, '')));
  const meant = alike.length > 0 ? `Is it ${alike.join(' or ')}?` : `There are ${names.join(', ')}`;
  throw new OperatorError(`nothing is called ${JSON.stringify(text)}. ${meant}`);
}
