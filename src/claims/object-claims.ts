import { definitionOf } from '../../constructs/extensions/catalogue';
import { installName } from '../../constructs/extensions/install';
import { isWithin } from '../base/paths';
import type { Change } from '../findings/facts/conflicts';
import type { Graph, GraphNode } from '../objects/graph';
import { containersOf, objectAt, objectsAt, podTemplate, textAt, type JsonObject } from '../objects/manifest';
import type { Settings } from '../settings/parse';
import { type Claim, hostOf } from './claim';

/**
 * What an environment takes by its objects: their names, node ports, directories, and addresses at the identity
 * provider.
 */
export function objectClaims(graph: Graph, settings: Settings): Claim[] {
  return graph.nodes.flatMap((node) => [
    of(node, 'object', node.id, nameSetting(node, graph, settings)),
    ...(node.manifest.kind === 'Namespace'
      ? [of(node, 'namespace', node.manifest.metadata.name, setting('instanceUid'))]
      : []),
    ...ports(node, settings),
    ...directories(node, settings),
    ...redirects(node),
  ]);
}

function of({ id, component }: GraphNode, kind: Claim['kind'], value: string, change: Change): Claim {
  return { kind, value, by: { object: { id, component } }, change };
}

function setting(key: string): Change {
  return { kind: 'value', key };
}

function ports(node: GraphNode, settings: Settings): Claim[] {
  const { kind, spec } = node.manifest;
  const services =
    kind === 'Service'
      ? objectsAt(objectAt(spec).ports).map(({ nodePort, protocol }) => ({ port: nodePort, protocol }))
      : [];
  const containers = containersOf(podTemplate(node.manifest) ?? {}).flatMap((container) => objectsAt(container.ports));
  return [...services, ...containers.map(({ hostPort, protocol }) => ({ port: hostPort, protocol }))]
    .filter((taken) => typeof taken.port === 'number')
    .map(({ port, protocol }) =>
      of(node, 'port', `${port}/${textAt(protocol) ?? 'TCP'}`, portSetting(Number(port), node, settings)),
    );
}

/**
 * Objects are called by their instance, or are in a namespace that is; what an extension has elsewhere has a name of
 * its own.
 */
function nameSetting(node: GraphNode, { byId }: Graph, settings: Settings): Change {
  const { namespace } = node.manifest.metadata;
  const isElsewhere = namespace !== undefined && !byId.has(`Namespace//${namespace}`);
  return (isElsewhere ? extensionOf(node, settings)?.entry : undefined) ?? setting('instanceUid');
}

/** The platform's own ports are settings; those of extensions are fixed, and some extensions can do without. */
function portSetting(port: number, node: GraphNode, settings: Settings): Change {
  const extension = extensionOf(node, settings);
  if (extension) return extension.choice ?? extension.entry;
  const { httpPort, httpsPort, dicomPort } = settings;
  const key = Object.entries({ httpPort, httpsPort, dicomPort }).find(([, value]) => value === port)?.[0];
  return key === undefined ? { kind: 'entry', key: 'components', what: 'component' } : setting(key);
}

/**
 * Where the extension of an object stands in the settings, and the parameter by which it does without node ports, if
 * any.
 */
function extensionOf(
  { component }: GraphNode,
  { extensions, thirdPartyExtensions }: Settings,
): { readonly entry: Change; readonly choice?: Change } | undefined {
  const index = extensions.findIndex((install) => component === `extensions/${installName(install)}`);
  const thirdParty = thirdPartyExtensions.findIndex(({ as }) => component === `extensions/${as}`);
  const entry = (key: string): Change => ({ kind: 'entry', key, what: 'extension' });
  if (index < 0) return thirdParty < 0 ? undefined : { entry: entry(`thirdPartyExtensions[${thirdParty}]`) };
  const { parameters = {} } = definitionOf(extensions[index]?.name ?? '') ?? {};
  const key = `extensions[${index}]`;
  return {
    entry: entry(key),
    choice:
      'service_type' in parameters
        ? { kind: 'switch', key: `${key}.parameters.service_type`, parameter: 'service_type', off: 'ClusterIP' }
        : undefined,
  };
}

/**
 * Volumes with a directory of their own. What pods read of the node besides (logs, devices, sockets) belongs to nobody.
 */
function directories(node: GraphNode, { fastDataDir, slowDataDir }: Settings): Claim[] {
  const place = (path: string): Change =>
    setting(isWithin(path, slowDataDir) && !isWithin(path, fastDataDir) ? 'slowDataDir' : 'fastDataDir');
  const { hostPath, nfs } = objectAt(node.manifest.kind === 'PersistentVolume' ? node.manifest.spec : undefined);
  const exported = objectAt(nfs);
  const volumes = objectsAt(objectAt(podTemplate(node.manifest)?.spec).volumes).map((volume) => pathOf(volume));
  const mounted = volumes.filter(
    (path) => path !== undefined && (isWithin(path, fastDataDir) || isWithin(path, slowDataDir)),
  );
  const paths = [textAt(objectAt(hostPath).path), ...mounted].filter((path) => path !== undefined);
  return [
    ...paths.map((path) => of(node, 'directory', path, place(path))),
    ...(nfs === undefined
      ? []
      : [
          of(
            node,
            'export',
            `${hostOf(textAt(exported.server) ?? '')}:${textAt(exported.path) ?? ''}`,
            setting('nfs.path'),
          ),
        ]),
  ];
}

function pathOf({ hostPath }: JsonObject): string | undefined {
  return textAt(objectAt(hostPath).path);
}

/**
 * Where the identity provider may send users back to: the jobs that tell it have the addresses in their environment.
 */
function redirects(node: GraphNode): Claim[] {
  return containersOf(podTemplate(node.manifest) ?? {}).flatMap((container) => {
    const env = new Map(objectsAt(container.env).map(({ name, value }) => [textAt(name), textAt(value)]));
    const addresses = env.get('REDIRECT_ADDRESSES')?.split(',') ?? [];
    return addresses.map((address) => of(node, 'address', address, setting('domain')));
  });
}
