import { DEFINITIONS, definitionOf } from '../../constructs/extensions/catalogue';
import { type ExtensionDefinition, imagesOf } from '../../constructs/extensions/contract/definition';
import type { ThirdPartyInstall } from '../../constructs/extensions/third-party/third-party-chart';
import { CURRENT_IMAGES } from '../../constructs/platform/images';
import { manifestsOf } from '../charts/safety/bounds';
import { renameImages } from '../charts/site-images';
import type { Graph } from '../objects/graph';
import { canonicalReference, isAtSite, siteReference } from '../objects/image-reference';
import { isObject, type Json, type Manifest, textAt, textsIn } from '../objects/manifest';
import { nearestRelease } from '../releases';
import type { Settings } from '../settings/parse';

/** An image that a site needs. */
export interface BundledImage {
  /** Where it is taken from. */
  readonly source: string;

  /** Where it is at the site. */
  readonly target: string;

  /** What runs it. */
  readonly users: readonly string[];

  /**
   * Archives of the bundle that it may come in, beside the charts of others that alone run it.
   * @default - it is the platform's
   */
  readonly archives?: readonly string[];
}

/** How images are found and named. */
export interface ImageOptions {
  /** Registry and path that the platform's images are taken from. @default - the environment's */
  readonly source?: string;

  /** Registry and path of the site. @default - the environment's */
  readonly mirror?: string;

  /** Take what users may install later, too. @default false */
  readonly allExtensions?: boolean;
}

/** What a bundle is made of: a platform, and the charts of others with the images that they name themselves. */
export interface Bundled {
  readonly graph: Graph;
  readonly settings: Settings;
  readonly thirdParty: readonly ThirdPartyInstall[];
}

/** A name, who has it, and the archive that comes with the chart of whoever has it. */
type Use = readonly [image: string, user: string, archive?: string];

/** Where a bundle has the images of a chart that others made, if no registry has them: an archive of `docker save`. */
export function archiveOf(install: string): string {
  return `images/${install}.tar`;
}

/**
 * Every image of the platform of `settings`, in order: those of its objects, and those that its workflows' tasks run.
 */
export function bundledImages(platform: Bundled, options: ImageOptions = {}): BundledImage[] {
  const { containerRegistryUrl: registry } = platform.settings;
  const { source = registry, mirror = registry } = options;
  return usedImages(platform, options)
    .filter(([image]) => !isPresent(image, platform.settings, options))
    .map(([image, uses]) => ({
      source: moved(image, registry, source) ?? image,
      target: moved(image, registry, mirror) ?? siteReference(image, mirror),
      users: inOrder(uses.map(([, user]) => user)),
      ...archives(uses),
    }));
}

/** Images that a bundle leaves out, as the site has them already: in its own registry, or in another of its network. */
export function presentImages(platform: Bundled, options: ImageOptions = {}): string[] {
  return usedImages(platform, options)
    .map(([image]) => image)
    .filter((image) => isPresent(image, platform.settings, options));
}

/** Each image by one name, in order. */
function usedImages({ graph, settings, thirdParty }: Bundled, options: ImageOptions): [string, Use[]][] {
  const known = new Map<string, Use[]>();
  for (const use of [...graphUses(graph, settings, thirdParty), ...extensionUses(settings, options)]) {
    const image = canonicalReference(use[0]);
    known.set(image, [...(known.get(image) ?? []), use]);
  }
  return [...known].sort(([a], [b]) => (a < b ? -1 : 1));
}

function archives(uses: readonly Use[]): Pick<BundledImage, 'archives'> {
  const named = uses.flatMap(([, , archive]) => archive ?? []);
  return named.length < uses.length ? {} : { archives: inOrder(named) };
}

function inOrder(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}

/** The graph may have other names for the images of charts already: those at the site. */
function graphUses(graph: Graph, { containerRegistryUrl }: Settings, thirdParty: readonly ThirdPartyInstall[]): Use[] {
  const components = new Set(thirdParty.map(({ name }) => `extensions/${name}`));
  return [
    ...graph.nodes
      .filter(({ component }) => !components.has(component))
      .flatMap(({ manifest }) => objectUses(manifest, containerRegistryUrl)),
    ...thirdParty.flatMap(installUses),
  ];
}

function installUses({ name, objects }: ThirdPartyInstall): Use[] {
  const uses: Use[] = [];
  for (const object of objects)
    renameImages(object, (image, place) => {
      uses.push([image, `${nameOf(manifestsOf([object])[0])} (${place})`, archiveOf(name)]);
      return image;
    });
  return uses;
}

function nameOf(manifest: Manifest | undefined): string {
  return manifest ? `${manifest.kind} ${manifest.metadata.namespace ?? ''}/${manifest.metadata.name}` : '';
}

/** Where nothing is copied elsewhere, this is only what a registry on the server itself holds: it was made there. */
function isPresent(image: string, { containerRegistryUrl, offlineMode }: Settings, options: ImageOptions): boolean {
  if (image.startsWith(`${containerRegistryUrl}/`)) return false;
  const { source, mirror } = options;
  return offlineMode || source !== undefined || mirror !== undefined
    ? isAtSite(image, mirror ?? containerRegistryUrl)
    : /^(localhost|127\.0\.0\.1)[:/]/.test(image);
}

/** Images of containers of any kind of object, and those that other texts name: templates of pods, variables. */
function objectUses(manifest: Manifest, registry: string): Use[] {
  if (manifest.kind === 'Secret') return [];
  const name = nameOf(manifest);
  const named = new RegExp(
    `${registry.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}/[a-z0-9][a-z0-9._/-]*:\\w[\\w.-]{0,127}`,
    'g',
  );
  const inTexts = [...textsIn(manifest)]
    .filter(({ path }) => !path.endsWith('.image'))
    .flatMap(({ path, text }) => [...text.matchAll(named)].map(([image]): Use => [image, `${name} (${path})`]));
  return [...containerUses(manifest, name), ...inTexts];
}

const CONTAINERS: Readonly<Record<string, string>> = { containers: 'container', initContainers: 'init container' };

function containerUses(value: Json | undefined, owner: string, role?: string): Use[] {
  if (Array.isArray(value)) return value.flatMap((item: Json) => containerUses(item, owner, role));
  if (!isObject(value)) return [];
  const image = role === undefined ? undefined : textAt(value.image);
  const own: Use[] = image === undefined ? [] : [[image, `${owner} (${role} ${textAt(value.name) ?? ''})`]];
  return [...own, ...Object.entries(value).flatMap(([key, inner]) => containerUses(inner, owner, CONTAINERS[key]))];
}

/** What workflows' tasks run, and what kube-helm installs out of the collections: nothing of it is in the tree. */
function extensionUses(
  { extensions, platformVersion, containerRegistryUrl, serverStack }: Settings,
  { allExtensions = false }: ImageOptions,
): Use[] {
  const installed = extensions.flatMap(({ name, version }) => wanted(name, version));
  const preinstalled =
    serverStack === undefined ? nearestRelease(platformVersion).preinstalled.flatMap((name) => wanted(name)) : [];
  const later = allExtensions ? DEFINITIONS.map((definition): Wanted => ({ definition })) : [];
  const uses = (
    { definition, version = definition.versions?.[0] ?? platformVersion }: Wanted,
    images: readonly string[],
    user: string,
  ): Use[] => {
    const registry = (definition.kind === 'workflow' ? definition.registry : undefined) ?? containerRegistryUrl;
    return images.map((image) => [`${registry}/${image}:${version}`, `${user} ${definition.name}`]);
  };
  return [
    ...[...installed, ...preinstalled, ...later].flatMap((each) =>
      uses(each, each.definition.taskImages ?? [], 'tasks of'),
    ),
    ...[...preinstalled, ...later].flatMap((each) => uses(each, imagesOf(each.definition), 'chart')),
    // Charts share images of the platform, also some that nothing of this instance runs.
    ...(allExtensions
      ? CURRENT_IMAGES.map(
          (image): Use => [`${containerRegistryUrl}/${image}:${platformVersion}`, 'charts of extensions'],
        )
      : []),
  ];
}

/** An extension, and the tag of its images where one is chosen. */
interface Wanted {
  readonly definition: ExtensionDefinition;
  readonly version?: string;
}

function wanted(name: string, version?: string): Wanted[] {
  const definition = definitionOf(name);
  return definition === undefined ? [] : [{ definition, version }];
}

/** `image` in the registry `to`, if it is in `from`. */
function moved(image: string, from: string, to: string): string | undefined {
  return image.startsWith(`${from}/`) ? `${to}${image.slice(from.length)}` : undefined;
}
