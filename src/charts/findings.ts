import type { ThirdPartyObject } from '../../constructs/extensions/third-party/third-party-object';
import { textTable } from '../base/table';
import { containersOf, type JsonObject, objectAt, objectsAt, podTemplate, textAt } from '../objects/manifest';
import type { Inspected } from './inspect';
import { manifestsOf } from './safety/bounds';
import type { ThirdPartyVolume } from './static-volumes';

/** What was found in a chart, for a terminal. */
export function findings({ name, description, notes, rendered }: Inspected): string {
  const { chart, objects, secrets, generated = {}, leftOut, volumes = [] } = rendered;
  const kind = chart.keywords.includes('kaapanaworkflow')
    ? 'workflow'
    : chart.keywords.includes('kaapanaapplication')
      ? 'application'
      : 'of no kind that Kaapana knows';
  const parameters = Object.entries(description.parameters).map(
    ([key, { type, choices, default: value, definition }]) => [
      key,
      choices.length === 0 ? type : `${type}: ${choices.join(', ')}`,
      secrets.includes(key) ? '(secret)' : plain(value),
      definition,
    ],
  );
  return [
    `${name}: ${chart.title}, chart ${chart.name} ${chart.version} (${kind}; keywords: ${chart.keywords.join(', ') || 'none'})`,
    textTable(
      ['OBJECT', 'NAMESPACE', 'WHAT'],
      objects.map((object) => [`${object.kind} ${object.metadata.name}`, object.metadata.namespace, facts(object)]),
    ),
    ...(parameters.length === 0 ? [] : [textTable(['PARAMETER', 'TYPE', 'DEFAULT', 'MEANING'], parameters)]),
    ...(secrets.length === 0 ? [] : [`secrets: ${secrets.join(', ')}\n`]),
    ...(Object.keys(generated).length === 0
      ? []
      : [`secrets that the chart would make up, derived instead: ${Object.keys(generated).join(', ')}\n`]),
    ...lines('volumes that are made for it, and outlive it', volumes.map(volumeLine)),
    ...lines('left out', leftOut),
    ...lines('notes', notes),
  ]
    .join('\n')
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, '');
}

function volumeLine({ claim, namespace, role, directory, size }: ThirdPartyVolume): string {
  return `claim ${namespace}/${claim}: ${size} in ${directory} of the ${role} data directory`;
}

function lines(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`${title}:\n${items.map((item) => `  - ${item}\n`).join('')}`];
}

/** Images, ports, routes and volumes of an object. */
function facts(object: ThirdPartyObject): string {
  const [manifest] = manifestsOf([object]);
  if (!manifest) return '';
  const spec = objectAt(manifest.spec);
  const template = podTemplate(manifest);
  if (template) return podFacts(template);
  if (manifest.kind === 'Service')
    return `ports ${objectsAt(spec.ports)
      .map(({ port }) => String(port))
      .join(', ')}`;
  if (manifest.kind === 'Ingress')
    return `routes ${objectsAt(spec.rules)
      .flatMap(({ http }) => objectsAt(objectAt(http).paths))
      .map(({ path }) => String(path))
      .join(', ')}`;
  if (manifest.kind === 'PersistentVolumeClaim')
    return `${plain(objectAt(objectAt(spec.resources).requests).storage)} of ${spec.storageClassName === undefined ? 'the default class' : plain(spec.storageClassName)}`;
  return '';
}

function podFacts(template: JsonObject): string {
  const containers = containersOf(template);
  const images = containers.map(({ image }) => textAt(image) ?? '');
  const ports = containers
    .flatMap(({ ports: all }) => objectsAt(all))
    .map(({ containerPort }) => String(containerPort));
  const volumes = objectsAt(objectAt(template.spec).volumes).map((volume) => {
    const claim = textAt(objectAt(volume.persistentVolumeClaim).claimName);
    return claim ?? textAt(objectAt(volume.hostPath).path) ?? textAt(volume.name) ?? '';
  });
  return [
    ['images', [...new Set(images)]],
    ['ports', ports],
    ['volumes', volumes],
  ]
    .flatMap(([title, items]) => (items?.length === 0 ? [] : `${String(title)} ${[items].flat().join(', ')}`))
    .join('; ');
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '');
}
