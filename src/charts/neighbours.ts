import { isWithin } from '../base/paths';
import { finding, type Finding, type Subject } from '../findings/finding';
import type { Graph, GraphNode } from '../objects/graph';
import { type JsonObject, objectAt, objectsAt, podTemplate, textAt } from '../objects/manifest';
import { selects } from './safety/bounds';

/** What charts that others made, below these components, would take from the rest of the tree. */
export function thirdPartyConflicts(graph: Graph, components: readonly string[]): Finding[] {
  return components.flatMap((component) => {
    const [own, others] = [true, false].map((wanted) =>
      graph.nodes.filter((node) => (node.component === component) === wanted),
    );
    const rest = new Others(others ?? []);
    return (own ?? []).flatMap((node) => rest.findings(node));
  });
}

/** Everything but one install. */
class Others {
  private readonly workloads: {
    readonly id: string;
    readonly namespace: string | undefined;
    readonly selector: JsonObject;
    readonly labels: JsonObject;
  }[];
  private readonly services: {
    readonly id: string;
    readonly namespace: string | undefined;
    readonly selector: JsonObject;
  }[];
  private readonly routes: { readonly id: string; readonly path: string }[];
  private readonly volumes: { readonly id: string; readonly path: string }[];

  constructor(nodes: readonly GraphNode[]) {
    this.workloads = nodes.flatMap(({ id, manifest }) => {
      const template = podTemplate(manifest);
      if (!template) return [];
      const labels = objectAt(objectAt(template.metadata).labels);
      const { matchLabels } = objectAt(objectAt(manifest.spec).selector);
      return [
        {
          id,
          namespace: manifest.metadata.namespace,
          labels,
          selector: matchLabels === undefined ? labels : objectAt(matchLabels),
        },
      ];
    });
    this.services = nodes
      .filter(({ manifest }) => manifest.kind === 'Service')
      .map(({ id, manifest }) => ({
        id,
        namespace: manifest.metadata.namespace,
        selector: objectAt(objectAt(manifest.spec).selector),
      }));
    this.routes = nodes.flatMap((node) => pathsOf(node).map((path) => ({ id: node.id, path })));
    this.volumes = nodes
      .filter(({ manifest }) => manifest.kind === 'PersistentVolume')
      .flatMap(({ id, manifest }) => {
        const path = textAt(objectAt(objectAt(manifest.spec).hostPath).path);
        return path === undefined ? [] : [{ id, path }];
      });
  }

  public findings(node: GraphNode): Finding[] {
    return [...this.disguises(node), ...this.grasps(node), ...this.takenRoutes(node), ...this.takenDirectories(node)];
  }

  /** Network policies and Services know pods by their labels. */
  private disguises({ id, manifest }: GraphNode): Finding[] {
    const template = podTemplate(manifest);
    if (!template) return [];
    const labels = objectAt(objectAt(template.metadata).labels);
    const service = this.services.find(
      ({ namespace, selector }) => namespace === manifest.metadata.namespace && selects(selector, labels),
    );
    const model = this.workloads.find(({ selector }) => selects(selector, labels));
    const taken = service?.id ?? model?.id;
    return taken === undefined ? [] : [finding('borrowed-labels', object(id), { of: taken })];
  }

  private grasps({ id, manifest }: GraphNode): Finding[] {
    const { selector, podSelector } = objectAt(manifest.spec);
    const wanted =
      manifest.kind === 'Service'
        ? objectAt(selector)
        : manifest.kind === 'NetworkPolicy'
          ? objectAt(objectAt(podSelector).matchLabels)
          : manifest.kind === 'PodDisruptionBudget'
            ? objectAt(objectAt(selector).matchLabels)
            : {};
    const prey = this.workloads.find(
      ({ namespace, labels }) => namespace === manifest.metadata.namespace && selects(wanted, labels),
    );
    return prey === undefined ? [] : [finding('selected-pods', object(id), { of: prey.id })];
  }

  private takenRoutes(node: GraphNode): Finding[] {
    return pathsOf(node).flatMap((path) => {
      const other = this.routes.find((route) => route.path !== '/' && isWithin(path, route.path));
      return other === undefined ? [] : [finding('taken-route', object(node.id), { of: other.id, path })];
    });
  }

  private takenDirectories({ id, manifest }: GraphNode): Finding[] {
    return objectsAt(objectAt(podTemplate(manifest)?.spec).volumes).flatMap(({ hostPath }) => {
      const path = textAt(objectAt(hostPath).path);
      const other =
        path === undefined
          ? undefined
          : this.volumes.find((volume) => isWithin(path, volume.path) || isWithin(volume.path, path));
      return other === undefined ? [] : [finding('taken-directory', object(id), { of: other.id, path: path ?? '' })];
    });
  }
}

function object(id: string): Subject {
  return { kind: 'object', id };
}

function pathsOf({ manifest }: GraphNode): string[] {
  if (manifest.kind !== 'Ingress') return [];
  return objectsAt(objectAt(manifest.spec).rules)
    .flatMap(({ http }) => objectsAt(objectAt(http).paths))
    .flatMap(({ path }) => textAt(path) ?? []);
}
