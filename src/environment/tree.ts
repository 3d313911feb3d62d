import { ApiObject, App } from 'cdk8s';
import type { ForeignInstall } from '../../constructs/extensions/third-party/third-party-chart';
import { originUrl } from '../../constructs/platform/origin';
import { ExtensionsStack, type ExtensionsStackProps } from '../../stacks/extensions';
import { GuestStack } from '../../stacks/secondary-server';
import { InstanceStack } from '../../stacks/instance';
import { ServerStack } from '../../stacks/server';
import { refuse } from '../findings/tree-error';
import { treeProblems } from '../checks/tree';
import { buildGraph, type Graph } from '../objects/graph';
import { identity } from '../objects/manifest';
import type { Owner } from '../objects/owner';
import { distributionProblems } from '../checks/distribution';
import { foreignClashes } from '../charts/neighbours';
import { InstanceScope } from '../settings/instance-scope';
import { HowTo } from '../findings/how-to';
import type { Settings } from '../settings/parse';
import { projectsOf } from '../settings/projects';
import { guestProps, instanceProps, serverProps, sharedByAll } from './stack-props';

/** The platform of one environment, ready to be deployed or rendered. */
export interface PlatformTree {
  readonly app: App;
  readonly graph: Graph;
  readonly owner: Owner;

  /** What extensions are offered. */
  readonly offer: Omit<ExtensionsStackProps, 'installs'>;

  /** What Pulumi shows at the end of an update. */
  readonly outputs: Readonly<Record<string, string | number>>;
}

/**
 * Builds the platform that `settings` describe. A further instance on a server needs the settings of the environment
 * that owns it: `host`; and charts that others made are read before: `foreign`.
 *
 * @param howTo what is mended by @default - Pulumi's commands for the stack of that name
 * @throws TreeError when its objects do not fit together
 */
export function buildPlatform(
  settings: Settings,
  environment: string,
  host?: Settings,
  foreign: readonly ForeignInstall[] = [],
  howTo = new HowTo(environment),
): PlatformTree {
  if (settings.serverStack !== undefined && !host)
    throw new Error(`the settings of ${settings.serverStack} are missing`);
  if (settings.foreignExtensions.length !== foreign.length)
    throw new Error('the foreign extensions of the settings have not been read');
  const app = new App();
  const platform = sharedByAll(settings);
  // What a host deploys is looked up in a tree of its own.
  const owner = new ServerStack(host ? new App() : app, 'server', {
    ...serverProps(host ?? settings),
    platform: host ? sharedByAll(host) : platform,
  });
  const server = host
    ? new GuestStack(app, 'server', { ...guestProps(settings, host), platform, server: owner })
    : owner;
  const projects = projectsOf(settings);
  const instance = new InstanceStack(app, 'instance', { ...instanceProps(settings, host), platform, server, projects });
  const offer = { platform, projects, services: instance.extensionServices };
  new ExtensionsStack(app, 'extensions', { ...offer, installs: settings.extensions, foreign });

  const graph = buildGraph(app);
  refuse([
    ...treeProblems(graph, host ? identitiesIn(owner) : undefined),
    ...foreignClashes(
      graph,
      foreign.map(({ name }) => `extensions/${name}`),
    ),
    ...distributionProblems(graph, settings, howTo),
  ]);
  return {
    app,
    graph,
    owner: { environment, instance: new InstanceScope(settings).instance },
    offer,
    outputs: { url: originUrl(settings), objects: graph.nodes.length },
  };
}

/** Identities of the objects of a stack that is not deployed by this tree. */
function identitiesIn(stack: ServerStack): Set<string> {
  const objects = stack.node.findAll().filter((construct) => ApiObject.isApiObject(construct));
  return new Set(objects.map(({ kind, name, metadata }) => identity(kind, metadata.namespace, name)));
}
