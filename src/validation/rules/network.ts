import ipaddr from 'ipaddr.js';
import { objectAt, objectsAt, textAt } from '../../objects/manifest';
import {
  absolutePath,
  address,
  cidr,
  dnsLabel,
  dnsSubdomain,
  host,
  isQualifiedName,
  port,
  portName,
  portNumber,
  protocol,
  serviceName,
} from '../forms';
import {
  absent,
  all,
  choice,
  each,
  fields,
  lists,
  objects,
  oneOf,
  range32,
  required,
  type Rule,
  text,
  unique,
  wrong,
} from '../rule';
import { labels, labelSelector } from './labels';

const servicePort: Rule = fields({
  name: dnsLabel,
  port: required(portNumber),
  targetPort: (value, path) => (value === 0 || value === '' ? [] : port(value, path)),
  nodePort: range32(0, 65_535),
  protocol,
  appProtocol: text('label-key', isQualifiedName),
});

/** What each type of Service must have, and must not have. */
const typed: Rule = objects((spec, path) => {
  const { type, ports, clusterIP, externalName } = spec;
  const isNone = clusterIP === 'None';
  const kind = textAt(type) || 'ClusterIP';
  const many = objectsAt(ports);
  return [
    ...(many.length === 0 && !isNone && kind !== 'ExternalName' ? [wrong(`${path}.ports`, 'present')] : []),
    ...(many.length > 1
      ? many.flatMap(({ name }, index) => (textAt(name) ? [] : [wrong(`${path}.ports[${index}].name`, 'present')]))
      : []),
    ...(isNone && (kind === 'NodePort' || kind === 'LoadBalancer')
      ? [wrong(`${path}.clusterIP`, 'consistent', `the type ${kind}`)]
      : []),
    ...(kind === 'ExternalName' ? required(externalHost)(externalName, `${path}.externalName`) : []),
    ...(kind === 'ClusterIP'
      ? many.flatMap(({ nodePort = 0 }, index) =>
          nodePort === 0 ? [] : [wrong(`${path}.ports[${index}].nodePort`, 'absent', 'the type NodePort')],
        )
      : []),
    ...(kind === 'LoadBalancer'
      ? []
      : fields({
          loadBalancerSourceRanges: notThere('LoadBalancer'),
          allocateLoadBalancerNodePorts: absent('the type LoadBalancer'),
          loadBalancerClass: absent('the type LoadBalancer'),
        })(spec, path)),
    ...(kind === 'ExternalName' ? fields({ clusterIPs: absent(), ipFamilyPolicy: absent() })(spec, path) : []),
    ...outside(spec, path, kind),
  ];
});

const externalHost: Rule = (value, path) =>
  dnsSubdomain(typeof value === 'string' ? value.replace(/\.$/, '') : value, path);

function notThere(type: string): Rule {
  return lists((items, path) => (items.length === 0 ? [] : [wrong(path, 'absent', `the type ${type}`)]));
}

/** Traffic from outside of the cluster. */
const outside = (spec: Parameters<typeof objectAt>[0] & object, path: string, kind: string): ReturnType<Rule> => {
  const { externalTrafficPolicy = '', externalIPs, sessionAffinity, sessionAffinityConfig } = objectAt(spec);
  const isOpen =
    kind === 'NodePort' ||
    kind === 'LoadBalancer' ||
    (kind === 'ClusterIP' && Array.isArray(externalIPs) && externalIPs.length > 0);
  return [
    ...(externalTrafficPolicy !== '' && !isOpen
      ? [wrong(`${path}.externalTrafficPolicy`, 'absent', 'the type NodePort or LoadBalancer')]
      : []),
    ...(sessionAffinity !== 'ClientIP' && sessionAffinityConfig !== undefined
      ? [wrong(`${path}.sessionAffinityConfig`, 'absent', 'sessionAffinity: ClientIP')]
      : []),
  ];
};

/** The specification of a Service. */
export const service: Rule = all(
  typed,
  fields({
    type: choice('ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'),
    selector: labels,
    sessionAffinity: choice('None', 'ClientIP'),
    sessionAffinityConfig: fields({ clientIP: fields({ timeoutSeconds: range32(1, 86_400) }) }),
    externalTrafficPolicy: choice('Cluster', 'Local'),
    internalTrafficPolicy: choice('Cluster', 'Local'),
    ipFamilyPolicy: choice('SingleStack', 'PreferDualStack', 'RequireDualStack'),
    ipFamilies: each(required(choice('IPv4', 'IPv6'))),
    trafficDistribution: choice('PreferClose'),
    clusterIP: (value, path) => (value === 'None' ? [] : address(value, path)),
    externalIPs: each(address),
    loadBalancerSourceRanges: each((value, path) => cidr(typeof value === 'string' ? value.trim() : value, path)),
    ports: all(
      each(servicePort),
      unique(({ name }) => textAt(name), 'name'),
      unique(
        ({ nodePort, protocol = 'TCP' }) =>
          nodePort === undefined || nodePort === 0 ? undefined : `${String(protocol)}/${String(nodePort)}`,
        'nodePort',
      ),
    ),
  }),
);

const backend: Rule = all(
  oneOf('service', 'resource'),
  fields({
    service: fields({
      name: required(serviceName),
      port: all(
        fields({ name: portName, number: range32(0, 65_535) }),
        objects(({ name = '', number = 0 }, path) =>
          (name === '') === (Number(number) === 0)
            ? [wrong(path, name === '' ? 'one-field' : 'at-most-one-field', 'name, number')]
            : [],
        ),
      ),
    }),
    resource: fields({ kind: required(), name: required() }),
  }),
  objects(({ service: to }, path) =>
    to !== undefined && objectAt(to).port === undefined ? [wrong(`${path}.service.port`, 'present')] : [],
  ),
);

/** What no path may have, as it would be read as another one. */
const TWISTED = ['//', '/./', '/../', '%2f', '%2F'];

const ingressPath: Rule = all(
  fields({
    pathType: required(choice('Exact', 'Prefix', 'ImplementationSpecific')),
    path: absolutePath,
    backend: required(backend),
  }),
  objects(({ path = '', pathType }, place) => {
    if (typeof path !== 'string' || (pathType !== 'Exact' && pathType !== 'Prefix')) return [];
    if (path === '') return [wrong(`${place}.path`, 'present')];
    return TWISTED.some((part) => path.includes(part)) || /\/\.\.?$/.test(path)
      ? [wrong(`${place}.path`, 'without-parent', undefined, path)]
      : [];
  }),
);

/** The specification of an Ingress. */
export const ingress: Rule = all(
  objects(({ rules, defaultBackend }, path) =>
    defaultBackend === undefined && objectsAt(rules).length === 0
      ? [wrong(path, 'one-field', 'defaultBackend, rules')]
      : [],
  ),
  fields({
    ingressClassName: dnsSubdomain,
    defaultBackend: backend,
    rules: each(fields({ host, http: fields({ paths: required(each(ingressPath)) }) })),
    tls: each(fields({ hosts: each(host), secretName: dnsSubdomain })),
  }),
);

const policyPort: Rule = all(
  fields({ protocol, port, endPort: portNumber }),
  objects(({ port: first, endPort }, path) =>
    endPort === undefined || (typeof first === 'number' && typeof endPort === 'number' && endPort >= first)
      ? []
      : [wrong(`${path}.endPort`, 'consistent', 'port')],
  ),
);

const block: Rule = all(
  fields({ cidr: required(cidr), except: each(cidr) }),
  objects(({ cidr: whole, except }, path) =>
    (Array.isArray(except) ? except : []).flatMap((part, index) =>
      typeof part === 'string' && typeof whole === 'string' && !isPart(part, whole)
        ? [wrong(`${path}.except[${index}]`, 'consistent', 'cidr', part)]
        : [],
    ),
  ),
);

/** What is no network is told already. */
function isPart(part: string, whole: string): boolean {
  if (!ipaddr.isValidCIDR(part) || !ipaddr.isValidCIDR(whole)) return true;
  const [[inner, innerBits], [outer, outerBits]] = [ipaddr.parseCIDR(part), ipaddr.parseCIDR(whole)];
  return inner.kind() === outer.kind() && innerBits > outerBits && inner.match([outer, outerBits]);
}

const peer: Rule = all(
  objects((value, path) => {
    const given = ['podSelector', 'namespaceSelector', 'ipBlock'].filter((name) => value[name] !== undefined);
    if (given.length === 0) return [wrong(path, 'one-field', 'podSelector, namespaceSelector, ipBlock')];
    return given.length > 1 && value.ipBlock !== undefined ? [wrong(path, 'at-most-one-field', given.join(', '))] : [];
  }),
  fields({ podSelector: labelSelector, namespaceSelector: labelSelector, ipBlock: block }),
);

/** The specification of a NetworkPolicy. */
export const networkPolicy: Rule = fields({
  podSelector: labelSelector,
  ingress: each(fields({ ports: each(policyPort), from: each(peer) })),
  egress: each(fields({ ports: each(policyPort), to: each(peer) })),
  policyTypes: all(
    each(required(choice('Ingress', 'Egress'))),
    lists((items, path) => (items.length > 2 ? [wrong(path, 'length', '2 types')] : [])),
  ),
});
