import { firstGiven, given, type JsonObject, list, type Maybe, object, objects, pickGiven, scalar } from '../json';
import { type Texts } from './texts';

const SERVICE_FIELDS = ['clusterIP', 'externalName', 'externalTrafficPolicy', 'sessionAffinity', 'loadBalancerIP'];

/** Facts of a Service. */
export function service(spec: JsonObject, texts: Texts): JsonObject {
  const ports = objects(spec.ports).map((port) => {
    const target = scalar(firstGiven(port.targetPort, port.port));
    const key = `${scalar(port.port)}/${scalar(firstGiven(port.protocol) ?? 'TCP')}`;
    return [key, { targetPort: target, ...pickGiven(port, ['name', 'nodePort', 'appProtocol'], scalar) }] as const;
  });
  return {
    type: firstGiven(spec.type) ?? 'ClusterIP',
    ports: ports.length > 0 ? Object.fromEntries(ports) : undefined,
    selector: given(spec.selector) ? texts.strings(spec.selector) : undefined,
    ...pickGiven(spec, SERVICE_FIELDS, scalar),
    publishNotReadyAddresses: given(spec.publishNotReadyAddresses) ? true : undefined,
  };
}

/** Facts of an Ingress, by host and path. */
export function ingress(spec: JsonObject, texts: Texts): JsonObject {
  const rules: Record<string, Record<string, JsonObject>> = {};
  for (const rule of objects(spec.rules)) {
    const host = scalar(firstGiven(rule.host) ?? '*');
    for (const path of objects(object(rule.http).paths)) {
      rules[host] = { ...rules[host], [scalar(firstGiven(path.path) ?? '/')]: backend(path) };
    }
  }
  return {
    rules,
    ...pickGiven(spec, ['tls', 'defaultBackend'], (value) => texts.plain(value)),
    ...pickGiven(spec, ['ingressClassName']),
  };
}

function backend(path: JsonObject): JsonObject {
  const target = object(path.backend);
  const named = object(target.service);
  const port = object(named.port);
  return {
    pathType: path.pathType ?? '',
    service: scalar(firstGiven(named.name, target.serviceName)),
    port: scalar(firstGiven(port.number, port.name, target.servicePort)),
  };
}

/** Facts of a Traefik route, by what it matches. */
export function ingressRoute(spec: JsonObject, texts: Texts): JsonObject {
  const routes = objects(spec.routes).map((route) => [scalar(route.match), routeFacts(route)] as const);
  return {
    entryPoints: list(spec.entryPoints),
    routes: Object.fromEntries(routes),
    tls: tls(spec.tls, texts),
  };
}

function routeFacts(route: JsonObject): JsonObject {
  return {
    middlewares: objects(route.middlewares).map((item) => `${scalar(item.namespace)}/${scalar(item.name)}`),
    services: objects(route.services).map((item) => `${scalar(item.name)}:${scalar(item.port)}`),
    priority: scalar(route.priority),
  };
}

/** An empty `tls` switches it on, so only null counts as absent. */
function tls(value: Maybe, texts: Texts): Maybe {
  return value === undefined || value === null ? undefined : texts.plain(value);
}
