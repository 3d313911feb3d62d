import {
  type Json,
  type JsonObject,
  type Manifest,
  objectAt,
  objectsAt,
  podTemplate,
  textAt,
} from '../../objects/manifest';
import { type Check, type Inspection, isOwn, selects, textsAt } from './bounds';

const READING: ReadonlySet<string> = new Set(['get', 'list', 'watch']);
const CLOSED_RESOURCES =
  /^(secrets|pods\/(exec|attach|portforward|proxy|ephemeralcontainers)|serviceaccounts\/token|services\/proxy|nodes.*)$/;

const TRAEFIK = 'traefik.ingress.kubernetes.io/';
const ROUTE_ANNOTATIONS: ReadonlySet<string> = new Set([
  'router.entrypoints',
  'router.middlewares',
  'router.pathmatcher',
  'preserve-host',
]);
const MIDDLEWARES: ReadonlySet<string> = new Set([
  'stripPrefix',
  'stripPrefixRegex',
  'addPrefix',
  'replacePath',
  'replacePathRegex',
  'redirectRegex',
  'headers',
  'compress',
  'buffering',
]);

/** What opens the chart to others, or others to the chart, one check for each kind. */
export const accessProblems: Check = (object, inspection) => CHECKS[object.kind]?.(object, inspection) ?? [];

const CHECKS: Readonly<Record<string, Check>> = {
  Service: ({ spec }) => {
    const { type, externalIPs, externalName, selector } = objectAt(spec);
    return [
      ...(type === undefined || type === 'ClusterIP'
        ? []
        : [`it is of the type ${String(type)}; only an Ingress, behind the login, may let users in`]),
      ...(externalIPs === undefined && externalName === undefined
        ? []
        : ['it stands for addresses outside of the cluster']),
      ...(Object.keys(objectAt(selector)).length > 0 ? [] : ['it selects no pods']),
    ];
  },

  Ingress: ({ metadata, spec }, { bounds }) => {
    const { rules, defaultBackend, ingressClassName, tls } = objectAt(spec);
    const annotations = Object.entries(metadata.annotations ?? {})
      .filter(([key]) => key.startsWith(TRAEFIK))
      .map(([key, value]) => [key.slice(TRAEFIK.length), value] as const);
    const entryPoints = annotations.find(([key]) => key === 'router.entrypoints')?.[1];
    return [
      ...(entryPoints === 'websecure'
        ? []
        : [`its annotation ${TRAEFIK}router.entrypoints is not "websecure", where the login is`]),
      ...annotations
        .filter(([key]) => !ROUTE_ANNOTATIONS.has(key))
        .map(([key]) => `its annotation ${TRAEFIK}${key} is not allowed`),
      ...(defaultBackend === undefined ? [] : ['it is the default backend of all requests']),
      ...(ingressClassName === undefined || ingressClassName === null
        ? []
        : ['it chooses a reverse proxy by ingressClassName']),
      ...(tls === undefined ? [] : ['it brings a certificate; the platform has its own']),
      ...objectsAt(rules).flatMap(({ host, http }) => [
        ...(host === undefined || host === null || host === '' || host === bounds.domain
          ? []
          : [`it takes requests for the host ${JSON.stringify(host)}, and not the platform's`]),
        ...objectsAt(objectAt(http).paths).flatMap(({ path }) => pathProblems(textAt(path) ?? '')),
      ]),
    ];
  },

  Middleware: ({ spec }) =>
    Object.keys(objectAt(spec))
      .filter((key) => !MIDDLEWARES.has(key))
      .map((key) => `it is a middleware ${key}, which is not allowed`),

  NetworkPolicy: (object, inspection) => selectorProblems(object, objectAt(object.spec).podSelector, inspection),

  PodDisruptionBudget: (object, inspection) => selectorProblems(object, objectAt(object.spec).selector, inspection),

  HorizontalPodAutoscaler: (object, inspection) => {
    const { kind, name } = objectAt(objectAt(object.spec).scaleTargetRef);
    return isOwn(inspection, object, textAt(kind) ?? '', textAt(name) ?? '')
      ? []
      : [`it scales the ${String(kind)} ${String(name)}, which is not the chart's`];
  },

  Role: ({ rules }) => objectsAt(rules).flatMap((rule) => ruleProblems(rule)),

  RoleBinding: (object, inspection) => {
    const { kind, name } = objectAt(object.roleRef);
    return [
      ...(kind === 'Role' && isOwn(inspection, object, 'Role', textAt(name) ?? '')
        ? []
        : [`it gives the rights of the ${String(kind)} ${String(name)}, which is not the chart's`]),
      ...objectsAt(object.subjects)
        .filter((subject) => !isOwnAccount(subject, object, inspection))
        .map(
          (subject) =>
            `it gives rights to the ${String(subject.kind)} ${String(subject.name)}, which is not the chart's`,
        ),
    ];
  },

  PersistentVolumeClaim: ({ spec }) =>
    (['volumeName', 'dataSource', 'dataSourceRef', 'selector'] as const)
      .filter((key) => objectAt(spec)[key] !== undefined)
      .map((key) => `it chooses existing data by ${key}`),

  Secret: ({ type }) =>
    type === undefined ||
    type === 'Opaque' ||
    type === 'kubernetes.io/dockerconfigjson' ||
    type === 'kubernetes.io/tls' ||
    type === 'kubernetes.io/basic-auth'
      ? []
      : [`it is of the type ${JSON.stringify(type)}, which is not allowed`],
};

function selectorProblems(object: Manifest, selector: Json | undefined, { objects }: Inspection): string[] {
  const { matchLabels, matchExpressions } = objectAt(selector);
  const own = objects
    .filter(({ metadata }) => metadata.namespace === object.metadata.namespace)
    .some((other) => selects(objectAt(matchLabels), objectAt(objectAt(podTemplate(other)?.metadata).labels)));
  return own && matchExpressions === undefined ? [] : ["it is about other pods than the chart's own"];
}

function pathProblems(path: string): string[] {
  if (/^\/[\w-][\w./-]*$/.test(path) && !path.split('/').includes('..')) return [];
  return [`it takes requests for the path ${JSON.stringify(path)}; write a path of its own, e.g. /my-application`];
}

function ruleProblems(rule: JsonObject): string[] {
  const [verbs, resources] = [textsAt(rule.verbs), textsAt(rule.resources)];
  return [
    ...verbs
      .filter((verb) => !READING.has(verb))
      .map(
        (verb) => `it lets pods ${JSON.stringify(verb)} ${resources.join(', ')}; only get, list and watch are allowed`,
      ),
    ...resources
      .filter((resource) => CLOSED_RESOURCES.test(resource) || resource.includes('*'))
      .map((resource) => `it lets pods read ${JSON.stringify(resource)}`),
    ...(rule.nonResourceURLs === undefined ? [] : ['it lets pods read URLs of the API server']),
  ];
}

function isOwnAccount({ kind, name, namespace }: JsonObject, object: Manifest, inspection: Inspection): boolean {
  return (
    kind === 'ServiceAccount' &&
    (namespace === undefined || namespace === object.metadata.namespace) &&
    isOwn(inspection, object, 'ServiceAccount', textAt(name) ?? '')
  );
}
