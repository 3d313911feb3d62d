import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import type { ExtensionServices } from '../../constructs/extensions/contract/extension';
import type { Install } from '../../constructs/extensions/install';
import {
  type Address,
  DynamicStorage,
  Endpoint,
  HostPathStorage,
  NeighbourPods,
  type PullPolicy,
} from '../../constructs/kube';
import type { KaapanaPlatform } from '../../constructs/platform/kaapana-platform';
import { ExtensionsStack, type ExtensionsStackProps } from '../../stacks/extensions';
import { buildPlatform } from '../environment/tree';
import { buildGraph, type GraphNode } from '../objects/graph';
import { identityOf } from '../objects/manifest';
import { parseSettings } from '../settings/parse';
import { SECRET_PATHS } from '../settings/sealing';
import { OPEN } from './open-values';

/** What differs between the platforms that a chart is installed on. */
export interface Site {
  /** Whether volumes are directories of the node, or made by their storage class. */
  readonly directories: boolean;

  /** Whether the node with the data is known by its name, or by its label. */
  readonly namedNode: boolean;

  readonly gpus: boolean;
}

/** A platform whose values are open. */
export class OpenPlatform {
  private readonly offer: Omit<ExtensionsStackProps, 'installs'>;

  constructor() {
    const { settings } = parseSettings(
      {
        domain: OPEN.domain,
        httpsPort: OPEN.httpsPort,
        adminNamespace: OPEN.adminNamespace,
        servicesNamespace: OPEN.servicesNamespace,
        containerRegistryUrl: OPEN.registry,
        platformVersion: OPEN.version,
        storageNode: OPEN.storageNode,
        gpuSupport: true,
        totalMemory: '64Gi',
        projects: [{ name: OPEN.project, id: OPEN.projectId }],
        credentials: Object.fromEntries(
          [...SECRET_PATHS].flatMap((path) => {
            const [group, name = ''] = path.split('.');
            return group === 'credentials' ? [[name, { secure: 'v1:open' }]] : [];
          }),
        ),
      },
      'pack',
    );
    this.offer = buildPlatform(settings, 'pack').offer;
  }

  /** The objects of an extension on `site`. */
  public objectsOf(install: Install, name: string, site: Site): GraphNode[] {
    const app = new App();
    const chart = new Chart(app, 'site', { disableResourceNameHashes: true });
    const { platform, projects, services } = this.offer;
    const account = new kplus.Secret(chart, 'ObjectStoreAccount', {
      metadata: { name: `${name}-minio-account`, namespace: OPEN.servicesNamespace },
      stringData: { username: OPEN.minioUsername, password: OPEN.minioPassword },
    });
    new ExtensionsStack(app, 'extensions', {
      platform: {
        ...platform,
        images: platform.images.with({ pullPolicy: OPEN.pullPolicy as PullPolicy }),
        storage: storageOf(site, platform.storageNode),
      },
      projects,
      services: servicesOf(services, site, account, new Neighbours(chart, name)),
      installs: [install],
    });
    const graph = buildGraph(app);
    const used = new Set(graph.nodes.flatMap(({ references }) => references.map(({ to }) => to)));
    return graph.nodes.filter(
      ({ manifest }) => manifest.metadata.name !== account.name || used.has(identityOf(manifest)),
    );
  }
}

/** The pods of the platform: whoever wants to reach them brings a network policy of its own. */
class Neighbours {
  private readonly pods = new Map<string, NeighbourPods>();

  constructor(
    private readonly chart: Chart,
    private readonly guest: string,
  ) {}

  public at(address: Address): Address {
    if (!(address instanceof Endpoint)) return address;
    const { name, namespace, podLabels } = address.service.workload;
    const known =
      this.pods.get(name) ??
      new NeighbourPods(this.chart, `Neighbour ${name}`, { name, namespace, podLabels, guest: this.guest });
    this.pods.set(name, known);
    return known.endpoint(address);
  }
}

function servicesOf(
  offered: ExtensionServices,
  site: Site,
  account: kplus.ISecret,
  neighbours: Neighbours,
): ExtensionServices {
  return {
    ...offered,
    mainNode: site.namedNode ? { 'kubernetes.io/hostname': OPEN.mainNode } : offered.mainNode,
    directories: { fast: OPEN.fastDir, slow: OPEN.slowDir },
    kubeHelm: neighbours.at(offered.kubeHelm),
    minio: { api: neighbours.at(offered.minio.api), account },
    workflowApi: neighbours.at(offered.workflowApi),
    ctp: neighbours.at(offered.ctp),
    egress: offered.egress && { ...offered.egress, proxy: neighbours.at(offered.egress.proxy) },
    gpu: site.gpus ? offered.gpu : undefined,
  };
}

function storageOf({ directories }: Site, node: KaapanaPlatform['storageNode']): HostPathStorage | DynamicStorage {
  const classes = { fast: OPEN.fastClass, slow: OPEN.slowClass, workflow: OPEN.workflowClass };
  return directories
    ? new HostPathStorage({
        classes,
        directories: { fast: OPEN.fastDir, slow: OPEN.slowDir, workflow: OPEN.fastDir },
        node,
      })
    : new DynamicStorage(classes);
}
