import { VERSIONS } from '../versions';
import type { NodeSettings } from './settings';

/** The image of the DNS server. */
export const COREDNS_IMAGE = `registry.k8s.io/coredns/coredns:v${VERSIONS.coredns}`;

const RBAC = 'rbac.authorization.k8s.io';
const DNS_NAME = { name: 'coredns', namespace: 'kube-system' };
const DNS_LABELS = { 'k8s-app': 'kube-dns' };

type Dns = Pick<NodeSettings, 'dns' | 'address' | 'domains'>;

const corefile = ({ address, domains }: Dns): string => `.:53 {
    errors
    health {
        lameduck 1s
    }
    ready
    cache 5
    hosts {
${domains.map((domain) => `        ${address} ${domain}\n`).join('')}        fallthrough
    }
    kubernetes cluster.local in-addr.arpa ip6.arpa {
        pods insecure
        fallthrough in-addr.arpa ip6.arpa
        ttl 5
    }
    reload
}
`;

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** The objects that a cluster has for itself: its DNS server, and the rights of that and of the policy agent. */
export function systemObjects(settings: Dns): object[] {
  const read = ['list', 'get', 'watch'];
  return [
    ...account('kube-router', { kind: 'User', name: 'kube-router', apiGroup: RBAC }, [
      { apiGroups: [''], resources: ['namespaces', 'pods', 'services', 'nodes', 'endpoints'], verbs: read },
      { apiGroups: ['networking.k8s.io'], resources: ['networkpolicies'], verbs: read },
      { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: read },
    ]),
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: DNS_NAME },
    ...account('system:coredns', { kind: 'ServiceAccount', ...DNS_NAME }, [
      { apiGroups: [''], resources: ['endpoints', 'services', 'pods', 'namespaces'], verbs: ['list', 'watch'] },
      { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['list', 'watch'] },
    ]),
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: DNS_NAME, data: { Corefile: corefile(settings) } },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { ...DNS_NAME, labels: DNS_LABELS },
      spec: {
        replicas: 1,
        selector: { matchLabels: DNS_LABELS },
        template: { metadata: { labels: DNS_LABELS }, spec: dnsPod() },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'kube-dns', namespace: 'kube-system', labels: DNS_LABELS },
      spec: {
        selector: DNS_LABELS,
        clusterIP: settings.dns,
        ports: [
          { name: 'dns', port: 53, protocol: 'UDP' },
          { name: 'dns-tcp', port: 53, protocol: 'TCP' },
        ],
      },
    },
  ];
}

function dnsPod(): object {
  return {
    serviceAccountName: DNS_NAME.name,
    priorityClassName: 'system-cluster-critical',
    dnsPolicy: 'Default',
    tolerations: [{ operator: 'Exists' }],
    containers: [
      {
        name: 'coredns',
        image: COREDNS_IMAGE,
        args: ['-conf', '/etc/coredns/Corefile'],
        resources: { limits: { memory: '170Mi' }, requests: { cpu: '50m', memory: '70Mi' } },
        ports: [
          { containerPort: 53, name: 'dns', protocol: 'UDP' },
          { containerPort: 53, name: 'dns-tcp', protocol: 'TCP' },
        ],
        livenessProbe: { httpGet: { path: '/health', port: 8080 }, initialDelaySeconds: 30 },
        readinessProbe: { httpGet: { path: '/ready', port: 8181 }, periodSeconds: 1 },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] },
        },
        volumeMounts: [{ name: 'config', mountPath: '/etc/coredns', readOnly: true }],
      },
    ],
    volumes: [{ name: 'config', configMap: { name: DNS_NAME.name } }],
  };
}

/** A role and who has it. */
function account(name: string, subject: object, rules: readonly Rule[]): object[] {
  const apiVersion = `${RBAC}/v1`;
  return [
    { apiVersion, kind: 'ClusterRole', metadata: { name }, rules },
    {
      apiVersion,
      kind: 'ClusterRoleBinding',
      metadata: { name },
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name },
      subjects: [subject],
    },
  ];
}
