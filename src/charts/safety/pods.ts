import {
  isObject,
  type Json,
  type JsonObject,
  type Manifest,
  objectAt,
  objectsAt,
  podTemplate,
  textAt,
} from '../../objects/manifest';
import { type Check, type Inspection, isOwn, textsAt } from './bounds';

/** What container runtimes give to everybody, without those that this platform takes from its pods. */
const USUAL_CAPABILITIES: ReadonlySet<string> = new Set([
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
]);

const VOLUME_TYPES: ReadonlySet<string> = new Set([
  'configMap',
  'downwardAPI',
  'emptyDir',
  'hostPath',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);
/** The kubelet alone uses them: accounts at the platform's registry and at those that users have added. */
const REGISTRY_SECRET = /^registry-secret(-[0-9a-f]{4})?$/;

const HOST_NAMESPACES = ['hostNetwork', 'hostPID', 'hostIPC'] as const;

/** Pods may do what those of the platform's own extensions do. */
export const podProblems: Check = (object, inspection) => {
  const template = podTemplate(object);
  if (!template) return [];
  const spec = objectAt(template.spec);
  return [
    ...(isObject(template.spec) && objectsAt(spec.containers).length > 0 ? [] : ['its pods have no containers']),
    ...HOST_NAMESPACES.filter((key) => isOn(spec[key])).map(
      (key) => `its pods ask for ${key}, the network or processes of the node itself`,
    ),
    ...securityProblems('its pods', objectAt(spec.securityContext)),
    ...(spec.nodeName === undefined ? [] : ['its pods choose their node by nodeName, past the scheduler']),
    ...(textAt(spec.priorityClassName)?.startsWith('system-')
      ? [`its pods have the priority ${textAt(spec.priorityClassName) ?? ''}, which is Kubernetes' own`]
      : []),
    ...accountProblems(object, spec, inspection),
    ...objectsAt(spec.volumes).flatMap((volume) => volumeProblems(object, volume, inspection)),
    ...objectsAt(spec.imagePullSecrets)
      .filter(({ name }) => !REGISTRY_SECRET.test(textAt(name) ?? ''))
      .flatMap(({ name }) => thirdPartyReference(object, 'Secret', name, inspection)),
    ...['initContainers', 'containers', 'ephemeralContainers']
      .flatMap((key) => objectsAt(spec[key]))
      .flatMap((container) => containerProblems(object, container, inspection)),
  ];
};

function accountProblems(object: Manifest, spec: JsonObject, inspection: Inspection): string[] {
  const names = [spec.serviceAccountName, spec.serviceAccount].flatMap((name) => textAt(name) ?? []);
  return [...new Set(names)]
    .filter((name) => name !== 'default' && !isOwn(inspection, object, 'ServiceAccount', name))
    .map((name) => `its pods act by the service account ${name}, which is not the chart's`);
}

function volumeProblems(object: Manifest, { name, ...source }: JsonObject, inspection: Inspection): string[] {
  const volume = `its volume ${textAt(name) ?? ''}`;
  const types = Object.keys(source);
  const projected = objectsAt(objectAt(source.projected).sources);
  return [
    ...types
      .filter((type) => !VOLUME_TYPES.has(type))
      .map((type) => `${volume} is of the type ${type}, which is not allowed`),
    ...(source.hostPath === undefined ? [] : hostPathProblems(volume, objectAt(source.hostPath), inspection)),
    ...thirdPartyReference(
      object,
      'PersistentVolumeClaim',
      objectAt(source.persistentVolumeClaim).claimName,
      inspection,
    ),
    ...[source, ...projected].flatMap(({ secret, configMap }) => [
      ...thirdPartyReference(object, 'Secret', objectAt(secret).secretName ?? objectAt(secret).name, inspection),
      ...thirdPartyReference(object, 'ConfigMap', objectAt(configMap).name, inspection),
    ]),
  ];
}

function hostPathProblems(volume: string, { path, type }: JsonObject, { bounds }: Inspection): string[] {
  const shown = JSON.stringify(path ?? null);
  if (
    typeof path !== 'string' ||
    !path.startsWith('/') ||
    path.split('/').some((part) => part === '..' || part === '.')
  )
    return [`${volume} is the path ${shown} of the node, which is not a plain absolute path`];
  if (!bounds.directories.some((directory) => path.replace(/\/+/g, '/').startsWith(`${directory}/`))) {
    return [
      `${volume} is the path ${shown} of the node, which lies outside of the data directories ${bounds.directories.join(', ')}`,
    ];
  }
  return type === undefined || type === '' || type === 'Directory' || type === 'DirectoryOrCreate'
    ? []
    : [`${volume} is a ${JSON.stringify(type)} of the node and no directory`];
}

/** Whatever else the platform keeps in the namespace is none of the chart's business. */
function thirdPartyReference(object: Manifest, kind: string, name: Json | undefined, inspection: Inspection): string[] {
  if (
    typeof name !== 'string' ||
    isOwn(inspection, object, kind, name) ||
    inspection.bounds.offered.has(`${kind}/${name}`)
  )
    return [];
  const offered = [...inspection.bounds.offered].filter((each) => each.startsWith(`${kind}/`));
  const names = offered.map((each) => each.slice(kind.length + 1)).join(', ');
  return [
    `it uses the ${kind} ${name}, which is neither the chart's nor offered to extensions; ${names === '' ? 'none is' : `these are: ${names}`}`,
  ];
}

function containerProblems(object: Manifest, container: JsonObject, inspection: Inspection): string[] {
  const own = `its container ${textAt(container.name) ?? ''}`;
  const environment = objectsAt(container.env);
  const sources = [...environment.map(({ valueFrom }) => objectAt(valueFrom)), ...objectsAt(container.envFrom)];
  return [
    ...imageProblems(own, container.image),
    ...securityProblems(own, objectAt(container.securityContext)),
    ...objectsAt(container.ports)
      .filter(({ hostPort }) => hostPort !== undefined && hostPort !== 0)
      .map(({ hostPort }) => `${own} listens at the port ${String(hostPort)} of the node`),
    ...environment
      .filter(({ value }) => value !== undefined && value !== null && typeof value !== 'string')
      .map(({ name }) => `${own}: the environment variable ${String(name)} must be a string; put it in quotes`),
    ...(container.volumeDevices === undefined ? [] : [`${own} uses devices of the node`]),
    ...sources.flatMap(({ secretKeyRef, secretRef, configMapKeyRef, configMapRef }) => [
      ...[secretKeyRef, secretRef].flatMap((source) =>
        thirdPartyReference(object, 'Secret', objectAt(source).name, inspection),
      ),
      ...[configMapKeyRef, configMapRef].flatMap((source) =>
        thirdPartyReference(object, 'ConfigMap', objectAt(source).name, inspection),
      ),
    ]),
  ];
}

/**
 * A name without a registry is taken from docker.io, or whatever the node has of that name; one without a tag changes.
 */
function imageProblems(own: string, image: Json | undefined): string[] {
  if (typeof image !== 'string' || image === '') return [`${own} has no image`];
  const [registry = '', ...rest] = image.split('/');
  if (rest.length === 0 || !/^([\w-]+(\.[\w-]+)+|localhost)(:\d+)?$|^[\w.-]+:\d+$/.test(registry))
    return [`${own}: its image ${image} names no registry; write registry.example.org/...`];
  const tag = /:([\w.-]+)$/.exec(rest.join('/'))?.[1];
  if (/@sha256:[0-9a-f]{64}$/.test(image)) return [];
  return tag === undefined || tag === 'latest' ? [`${own}: its image ${image} has no tag that stays the same`] : [];
}

function securityProblems(own: string, security: JsonObject): string[] {
  const added = textsAt(objectAt(security.capabilities).add).map((name) => name.replace(/^CAP_/, ''));
  const unconfined = [security.seccompProfile, security.appArmorProfile].some(
    (profile) => objectAt(profile).type === 'Unconfined',
  );
  return [
    ...(isOn(security.privileged) ? [`${own} run${own.endsWith('pods') ? '' : 's'} privileged`] : []),
    ...added
      .filter((name) => !USUAL_CAPABILITIES.has(name))
      .map((name) => `${own} add${own.endsWith('pods') ? '' : 's'} the capability ${name}`),
    ...(unconfined ? [`${own} switch${own.endsWith('pods') ? '' : 'es'} off the profile of seccomp or AppArmor`] : []),
    ...(security.procMount === undefined || security.procMount === 'Default'
      ? []
      : [`${own} mounts /proc without its masks`]),
    ...(objectsAt(security.sysctls).length > 0 ? [`${own} set sysctls of the kernel`] : []),
    ...(isEmpty(security.windowsOptions) ? [] : [`${own} asks for options of Windows`]),
    ...(isEmpty(security.seLinuxOptions) ? [] : [`${own} chooses an SELinux context`]),
  ];
}

/** What templates leave of options that nobody has set. */
function isEmpty(value: Json | undefined): boolean {
  return value === undefined || value === null || (isObject(value) && Object.keys(value).length === 0);
}

/** `"true"` in quotes is no boolean, and what a later version of Kubernetes makes of it is not ours to guess. */
function isOn(value: Json | undefined): boolean {
  return value !== undefined && value !== null && value !== false;
}
