import * as kubernetes from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { holdsSecret } from '../../constructs/kube';
import { isKept } from '../charts/data';
import { directDependencies } from '../objects/direct';
import type { Graph, GraphNode } from '../objects/graph';
import { type Manifest, podTemplate } from '../objects/manifest';
import { labelled, type Owner } from '../objects/owner';
import { rolledContent, shortHash, withConfigHash } from '../objects/roll';
import type { OutputTokens } from './tokens';

/** Properties of `deploy`. */
export interface DeployProps {
  readonly owner: Owner;
  readonly tokens: OutputTokens;
  readonly provider: pulumi.ProviderResource;

  /** Key of the hashes of secrets, which stand in public annotations. */
  readonly hashSalt: string;

  /**
   * Deployments whose strategy the server would refuse to try out in a preview, as {@link recreateThem} has not yet
   * been at work: the preview shows that the strategy changes, and asks no more.
   *
   * @default - none
   */
  readonly rolledYet?: ReadonlySet<string>;

  /** Wait for nothing; for measurements. @default false */
  readonly skipAwait?: boolean;
}

/** One type for all, so that moving an object to another component does not change its URN. */
const COMPONENT_TYPE = 'kaapana:platform:Component';

/** First pulls of images of several GB take their time. For all else, the provider's own ten minutes do. */
const POD_TIMEOUTS = { create: '60m', update: '60m' };

/** Registers every object of `graph` with Pulumi, each below its component. */
export function deploy(graph: Graph, props: DeployProps): Map<string, pulumi.CustomResource> {
  const components = new Map<string, pulumi.ComponentResource>();
  const resources = new Map<string, pulumi.CustomResource>();
  const dependencies = directDependencies(graph.nodes);
  for (const node of graph.nodes) {
    const parent =
      components.get(node.component) ??
      new pulumi.ComponentResource(COMPONENT_TYPE, node.component, {}, { provider: props.provider });
    components.set(node.component, parent);
    const options: pulumi.CustomResourceOptions = {
      parent,
      provider: props.provider,
      dependsOn: (dependencies.get(node.id) ?? []).flatMap((id) => resources.get(id) ?? []),
      // Names are fixed, so the old object has to go first; a Job has a name of its own each time.
      deleteBeforeReplace: node.manifest.kind !== 'Job',
      retainOnDelete: isKept(node.manifest) || undefined,
      customTimeouts: hasPods(node.manifest) ? POD_TIMEOUTS : undefined,
    };
    resources.set(node.id, create(node, finished(node, graph, props), props, options));
  }
  return resources;
}

function hasPods(manifest: Manifest): boolean {
  return manifest.kind === 'Pod' || podTemplate(manifest) !== undefined;
}

/** The object as it is sent, with what only deploying adds: owner, configuration hash, a Job's suffix. */
function finished(node: GraphNode, graph: Graph, props: DeployProps): Manifest {
  const content = rolledContent(node, graph);
  const hashed =
    content === undefined || !podTemplate(node.manifest)
      ? node.manifest
      : withConfigHash(node.manifest, hashOf(content, props));
  const awaited = !props.skipAwait && !NOT_AWAITED.has(node.manifest.kind);
  return annotated(labelled(hashed, props.owner), awaited ? APPLY : { ...APPLY, 'pulumi.com/skipAwait': 'true' });
}

function hashOf(content: string, { tokens, hashSalt }: DeployProps): pulumi.Input<string> {
  return holdsSecret(content)
    ? pulumi.unsecret(tokens.liftText(content).apply((text) => shortHash(text, hashSalt)))
    : shortHash(content, '');
}

/**
 * Kinds that never become ready by design, or are awaited with the pods behind or before them: an Ingress without a
 * load balancer gets no address; a Service is as ready as its workload; a claim is bound when its pod runs. The
 * provider would look at a Service for ten seconds, and now and then miss that a claim is bound, for five minutes.
 */
const NOT_AWAITED: ReadonlySet<string> = new Set(['Ingress', 'PersistentVolumeClaim', 'Service']);

/**
 * How the provider applies an object. Its own name for us would be a random one in the state: with a lost state, every
 * field would keep an owner that nobody speaks for any more, and no change would get past it. And where somebody has
 * edited a field of ours, our value holds; whose the object is, has been asked before.
 */
const APPLY = { 'pulumi.com/patchFieldManager': 'kaapana', 'pulumi.com/patchForce': 'true' };

function annotated(manifest: Manifest, annotations: Readonly<Record<string, string>>): Manifest {
  const { metadata } = manifest;
  return { ...manifest, metadata: { ...metadata, annotations: { ...metadata.annotations, ...annotations } } };
}

/** What a preview does not ask the server about. */
function untried({ spec, ...rest }: Record<string, unknown>): Record<string, unknown> {
  return { ...rest, spec: { ...(spec as object), strategy: { type: pulumi.unknown } } };
}

function create(
  { id }: GraphNode,
  manifest: Manifest,
  props: DeployProps,
  options: pulumi.CustomResourceOptions,
): pulumi.CustomResource {
  const { apiVersion, kind, ...rest } = manifest;
  const args = props.tokens.lift(rest) as Record<string, unknown>;
  const named =
    kind === 'Job' ? { ...args, metadata: jobMetadata(manifest) } : props.rolledYet?.has(id) ? untried(args) : args;
  const Resource = resourceClass(apiVersion, kind);
  return Resource
    ? new Resource(id, named, options)
    : new kubernetes.apiextensions.CustomResource(
        id,
        { ...named, apiVersion, kind } as kubernetes.apiextensions.CustomResourceArgs,
        options,
      );
}

/** A Job cannot be changed: one that is changed is a new one, and its name says so. */
function jobMetadata({ metadata, spec }: Manifest): pulumi.Input<unknown> {
  const name = pulumi.jsonStringify(spec).apply((content) => `${metadata.name}-${shortHash(content, '').slice(0, 8)}`);
  return { ...metadata, name };
}

type ResourceClass = new (
  name: string,
  args: Record<string, unknown>,
  options: pulumi.CustomResourceOptions,
) => pulumi.CustomResource;

/** The class of the SDK, e.g. `apps.v1.Deployment`; it loads itself when it is touched. */
function resourceClass(apiVersion: string, kind: string): ResourceClass | undefined {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['core', apiVersion];
  const name = (group ?? '').replace(/\.k8s\.io$/, '').split('.')[0] ?? '';
  const sdk = kubernetes as unknown as Record<string, Record<string, Record<string, ResourceClass>> | undefined>;
  return group?.endsWith('.io') && !group.endsWith('.k8s.io') ? undefined : sdk[name]?.[version ?? '']?.[kind];
}
