import { ApiObject, App } from 'cdk8s';
import type { ThirdPartyInstall } from '../../constructs/extensions/third-party/third-party-chart';
import type { KaapanaPlatform } from '../../constructs/platform/kaapana-platform';
import { originUrl } from '../../constructs/platform/origin';
import { ExtensionsStack, type ExtensionsStackProps } from '../../stacks/extensions';
import { InstanceStack } from '../../stacks/instance';
import type { ServerServices } from '../../stacks/instance/server-services';
import { platformOf } from '../../stacks/platform';
import { SecondaryServerStack } from '../../stacks/secondary-server';
import { ServerStack } from '../../stacks/server';
import { thirdPartyConflicts } from '../charts/neighbours';
import { helmValues } from '../charts/platform-values';
import { atSite } from '../charts/site-images';
import { distributionFindings } from '../checks/distribution';
import { treeFindings } from '../checks/tree';
import { letThrough } from '../findings/acknowledge';
import { throwFindings } from '../findings/error';
import type { Finding } from '../findings/finding';
import { HowTo } from '../findings/how-to';
import { buildGraph, type Graph } from '../objects/graph';
import { identity } from '../objects/manifest';
import type { Owner } from '../objects/owner';
import { InstanceScope } from '../settings/instance-scope';
import type { Settings } from '../settings/parse';
import { projectsOf } from '../settings/projects';
import { validationFindings } from '../validation';
import { originsOf } from '../validation/origins';
import { type Role, roleOf } from './role';

/** The platform of one environment, ready to be deployed or rendered. */
export interface PlatformTree {
  readonly app: App;
  readonly graph: Graph;
  readonly owner: Owner;

  /** What is worth a thought of its objects. */
  readonly findings: readonly Finding[];

  /** Charts that others made, as they were read: with the images that they name themselves. */
  readonly thirdParty: readonly ThirdPartyInstall[];

  /** What extensions are offered. */
  readonly offer: Omit<ExtensionsStackProps, 'installs'>;

  /** What Pulumi shows at the end of an update. */
  readonly outputs: Readonly<Record<string, string | number>>;
}

/**
 * Builds the platform that `settings` describe. A further instance on a server needs the settings of the environment
 * that owns it: `primary`; and charts that others made are read before: `thirdParty`.
 *
 * @param howTo what is mended by @default - Pulumi's commands for the stack of that name
 * @throws FindingsError when its objects do not fit together
 */
export function buildPlatform(
  settings: Settings,
  environment: string,
  primary?: Settings,
  thirdParty: readonly ThirdPartyInstall[] = [],
  howTo = new HowTo(environment),
): PlatformTree {
  if (settings.thirdPartyExtensions.length !== thirdParty.length)
    throw new Error('the third-party charts of the settings have not been read');
  const app = new App();
  const platform = platformOf(settings);
  const projects = projectsOf(settings);
  const { server, elsewhere, adminNamespace } = serverOf(roleOf(settings, primary), platform, app);
  const instance = new InstanceStack(app, 'instance', { platform, settings, server, adminNamespace, projects });
  const offer = { platform, projects, services: instance.extensionServices };
  new ExtensionsStack(app, 'extensions', {
    ...offer,
    installs: settings.extensions,
    thirdParty: thirdParty.map((install) => atSite(install, settings)),
  });

  const graph = buildGraph(app);
  const findings = [
    ...treeFindings(graph, elsewhere && identitiesIn(elsewhere)),
    ...thirdPartyConflicts(
      graph,
      thirdParty.map(({ name }) => `extensions/${name}`),
    ),
    ...distributionFindings(graph, settings),
    ...validationFindings(graph, originsOf(thirdParty)).map((each) => letThrough(each, settings.acknowledged)),
  ];
  throwFindings(findings, howTo);
  return {
    app,
    graph,
    findings,
    thirdParty,
    owner: { environment, instance: new InstanceScope(settings).instance },
    offer,
    outputs: { url: originUrl(settings), objects: graph.nodes.length },
  };
}

/** What a server has once: deployed by `app`, or referred to where another environment deploys it. */
interface Server {
  readonly server: ServerServices;
  readonly adminNamespace: string;

  /** What is referred to, in a tree of its own. @default - it is deployed here */
  readonly elsewhere?: ServerStack;
}

function serverOf(role: Role, platform: KaapanaPlatform, app: App): Server {
  const owner = role.kind === 'primary' ? role.settings : role.primary;
  const { adminNamespace } = owner;
  const values = helmValues(owner);
  if (role.kind === 'primary')
    return { server: new ServerStack(app, 'server', { platform, settings: owner, values }), adminNamespace };
  const { settings, primary } = role;
  const elsewhere = new ServerStack(new App(), 'server', { platform: platformOf(primary), settings: primary, values });
  const server = new SecondaryServerStack(app, 'server', { platform, settings, primary, server: elsewhere });
  return { server, adminNamespace, elsewhere };
}

/** Identities of the objects of a stack that is not deployed by this tree. */
function identitiesIn(stack: ServerStack): Set<string> {
  const objects = stack.node.findAll().filter((construct) => ApiObject.isApiObject(construct));
  return new Set(objects.map(({ kind, name, metadata }) => identity(kind, metadata.namespace, name)));
}
