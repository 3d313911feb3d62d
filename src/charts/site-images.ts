import type { ThirdPartyInstall } from '../../constructs/extensions/third-party/third-party-chart';
import { isWorkload, type ThirdPartyObject } from '../../constructs/extensions/third-party/third-party-object';
import { replaceImages, siteReference } from '../objects/image-reference';
import { isObject, type Json, type JsonObject, objectAt, objectsAt } from '../objects/manifest';
import type { Settings } from '../settings/parse';

/** Gives another name for an image; `place` says where it stands: `container web`, or a path. */
export type Renaming = (image: string, place: string) => string;

/** Kaapana's own account at the registry, which each of its namespaces has. */
const PULL_SECRET = 'registry-secret';

/**
 * An install whose pods take their images from the registry of a site without internet, also those that they name in
 * variables, arguments and files for others to start.
 */
export function atSite(install: ThirdPartyInstall, { offlineMode, containerRegistryUrl }: Settings): ThirdPartyInstall {
  if (!offlineMode) return install;
  return {
    ...install,
    objects: install.objects.map((object) => {
      const moved = renameImages(object, (image) => siteReference(image, containerRegistryUrl));
      return isWorkload(object) && JSON.stringify(moved) !== JSON.stringify(object) ? withPullSecret(moved) : moved;
    }),
  };
}

/** An object of a chart with other names for its images. */
export function renameImages(object: ThirdPartyObject, rename: Renaming): ThirdPartyObject {
  return renamed(object as unknown as Json, '', { kind: object.kind, rename }) as unknown as ThirdPartyObject;
}

interface Walk {
  readonly kind: string;
  readonly rename: Renaming;

  /** The mapping that a text stands in. */
  readonly parent?: JsonObject;
}

const IMAGE = /(^|\.)(?<role>c|initC|ephemeralC)ontainers\[\d+\]\.image$/;
const VARIABLE = /\.env\[\d+\]\.value$/;
const TEXT = /\.(args|command)\[\d+\]$/;
const DATA = /^(data|stringData)\./;
const ROLES: Readonly<Record<string, string>> = { c: 'container', initC: 'init container', ephemeralC: 'container' };

/** A name without a registry, which is Docker's; in a variable whose name says that it is one. */
const SHORT = /^[a-z0-9][a-z0-9._-]*(\/[a-z0-9._-]+)*(:[\w.-]+(@sha256:[0-9a-f]{64})?|@sha256:[0-9a-f]{64})$/;

function renamed(value: Json | undefined, path: string, walk: Walk): Json {
  if (typeof value === 'string') return renamedText(value, path, walk);
  if (Array.isArray(value)) return value.map((item: Json, index) => renamed(item, `${path}[${index}]`, walk));
  if (!isObject(value)) return value ?? null;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, renamed(item, path === '' ? key : `${path}.${key}`, { ...walk, parent: value })]),
  );
}

function renamedText(text: string, path: string, { kind, rename, parent }: Walk): string {
  const name = typeof parent?.name === 'string' ? parent.name : '';
  const role = IMAGE.exec(path)?.groups?.role;
  if (role !== undefined) return rename(text, `${ROLES[role] ?? ''} ${name}`);
  const inText = (given: string): string => replaceImages(given, (image) => rename(image, path));
  if (VARIABLE.test(path)) return /image$/i.test(name) && SHORT.test(text) ? rename(text, path) : inText(text);
  if (TEXT.test(path)) return inText(text);
  if (!DATA.test(path) || (kind !== 'ConfigMap' && kind !== 'Secret')) return text;
  if (kind === 'ConfigMap' || path.startsWith('stringData.')) return inText(text);
  const decoded = Buffer.from(text, 'base64').toString('utf8');
  const moved = inText(decoded);
  return moved === decoded ? text : Buffer.from(moved, 'utf8').toString('base64');
}

function withPullSecret(object: ThirdPartyObject): ThirdPartyObject {
  const spec = objectAt(object.spec as Json);
  const template = objectAt(spec.template);
  const pod = objectAt(template.spec);
  const secrets = objectsAt(pod.imagePullSecrets);
  if (secrets.some(({ name }) => name === PULL_SECRET)) return object;
  const imagePullSecrets = [...secrets, { name: PULL_SECRET }];
  return { ...object, spec: { ...spec, template: { ...template, spec: { ...pod, imagePullSecrets } } } };
}
