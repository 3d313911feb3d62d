import type { Tenant } from '../../src/conflicts/conflict';
import type { Graph } from '../../src/objects/graph';

/** What two environments have in common, by comparing everything of one with everything of the other. */
export interface Common {
  readonly objects: readonly string[];
  readonly ports: readonly string[];

  /** Whether a directory of one (of data, of a volume, of an export) is one of the other, or lies in it. */
  readonly directories: boolean;

  /** Whether a namespace of one has a name that users of the other may give to one of a project. */
  readonly projects: boolean;
}

/** @see Common */
export function inCommon(one: Tenant, other: Tenant): Common {
  const [first, second] = [graphOf(one), graphOf(other)];
  return {
    objects: both(
      first.nodes.map(({ id }) => id),
      second.nodes.map(({ id }) => id),
    ),
    ports: both(ports(first), ports(second)),
    directories: directories(one).some((a) => directories(other).some((b) => nested(a, b) || nested(b, a))),
    projects:
      namespaces(first).some((name) => name.startsWith(projectsOf(other))) ||
      namespaces(second).some((name) => name.startsWith(projectsOf(one))),
  };
}

/** Whether they have anything in common. */
export function meet({ objects, ports, directories: nestedOnes, projects }: Common): boolean {
  return objects.length > 0 || ports.length > 0 || nestedOnes || projects;
}

function namespaces({ nodes }: Graph): string[] {
  return nodes
    .map(({ manifest }) => manifest)
    .filter(({ kind }) => kind === 'Namespace')
    .map(({ metadata }) => metadata.name);
}

function projectsOf({ settings: { instanceUid } }: Tenant): string {
  return instanceUid === '' ? 'project-' : `${instanceUid}-`;
}

function graphOf({ graph }: Tenant): Graph {
  if (!graph) throw new Error('it is built');
  return graph;
}

function both(first: readonly string[], second: readonly string[]): string[] {
  return [...new Set(first.filter((each) => second.includes(each)))].sort();
}

/* eslint-disable @typescript-eslint/no-explicit-any -- any object is looked into */
function ports(graph: Graph): string[] {
  const services = graph.nodes.map(({ manifest }) => manifest as any).filter(({ kind }) => kind === 'Service');
  return services.flatMap(({ spec }) =>
    (spec.ports ?? []).filter((port: any) => port.nodePort).map((port: any) => `${port.nodePort}/${port.protocol}`),
  );
}

function directories(tenant: Tenant): string[][] {
  const { fastDataDir, slowDataDir, storageProvider, nfs, instanceUid } = tenant.settings;
  // What an instance has of an export, besides the volumes that are in it by now.
  const shares =
    storageProvider === 'nfs' && nfs
      ? ['fast', 'slow'].map((role) => [nfs.server, ...parts(nfs.path), ...parts(instanceUid), role])
      : [];
  const volumes = graphOf(tenant)
    .nodes.map(({ manifest }) => manifest as any)
    .filter(({ kind }) => kind === 'PersistentVolume');
  const local = volumes.flatMap(({ spec }) => (spec.hostPath ? [spec.hostPath.path as string] : []));
  const exported = volumes.flatMap(({ spec }) =>
    spec.nfs ? [[spec.nfs.server as string, ...parts(spec.nfs.path)]] : [],
  );
  return [...[...local, fastDataDir, slowDataDir].map((path) => ['', ...parts(path)]), ...exported, ...shares];
}
/* eslint-enable @typescript-eslint/no-explicit-any */

function parts(path: string): string[] {
  return path.split('/').filter((part) => part !== '');
}

function nested(inner: readonly string[], outer: readonly string[]): boolean {
  return outer.every((part, index) => inner[index] === part);
}
