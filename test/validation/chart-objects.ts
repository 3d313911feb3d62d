import type { Manifest } from '../../src/objects/manifest';

const labels = { app: 'viewer' };
const metadata = (name: string, more: object = {}) => ({
  name,
  namespace: 'default',
  labels: { 'app.kubernetes.io/name': name },
  ...more,
});

/** A pod with most of what charts write into one. */
const pod = {
  metadata: { labels, annotations: { 'prometheus.io/scrape': 'true' } },
  spec: {
    serviceAccountName: 'viewer',
    automountServiceAccountToken: false,
    terminationGracePeriodSeconds: 20,
    priorityClassName: 'some-class',
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    imagePullSecrets: [{ name: 'registry' }],
    securityContext: {
      runAsUser: 1000,
      runAsNonRoot: true,
      fsGroup: 1000,
      supplementalGroups: [44],
      seccompProfile: { type: 'RuntimeDefault' },
    },
    tolerations: [
      { key: 'gpu', operator: 'Exists', effect: 'NoSchedule' },
      { key: 'a', operator: 'Equal', value: 'b', effect: 'NoExecute', tolerationSeconds: 30 },
    ],
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: 'zone', operator: 'In', values: ['a', 'b'] }] }],
        },
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 10, preference: { matchExpressions: [{ key: 'disk', operator: 'Exists' }] } },
        ],
      },
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 100,
            podAffinityTerm: { labelSelector: { matchLabels: labels }, topologyKey: 'kubernetes.io/hostname' },
          },
        ],
      },
    },
    topologySpreadConstraints: [
      { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: labels } },
    ],
    hostAliases: [{ ip: '10.0.0.1', hostnames: ['pacs.example.org'] }],
    dnsConfig: { nameservers: ['10.0.0.10'], options: [{ name: 'ndots', value: '2' }] },
    initContainers: [
      {
        name: 'prepare',
        image: 'registry.example.org/prepare:1',
        command: ['sh', '-c', 'true'],
        volumeMounts: [{ name: 'data', mountPath: '/data' }],
      },
    ],
    containers: [
      {
        name: 'web',
        image: 'registry.example.org/web:1',
        imagePullPolicy: 'IfNotPresent',
        args: ['--port', '8080'],
        ports: [
          { name: 'http', containerPort: 8080, protocol: 'TCP' },
          { name: 'metrics', containerPort: 9090 },
        ],
        env: [
          { name: 'MODE', value: 'a' },
          { name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
          { name: 'CPU', valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } } },
          { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'account', key: 'password' } } },
        ],
        envFrom: [{ configMapRef: { name: 'settings' } }],
        resources: {
          requests: { cpu: '100m', memory: '128Mi' },
          limits: { cpu: '1', memory: '1Gi', 'nvidia.com/gpu': '1' },
        },
        livenessProbe: {
          httpGet: { path: '/live', port: 'http', scheme: 'HTTP' },
          initialDelaySeconds: 5,
          periodSeconds: 10,
        },
        readinessProbe: { tcpSocket: { port: 8080 }, failureThreshold: 3, successThreshold: 2 },
        startupProbe: { exec: { command: ['true'] }, timeoutSeconds: 2 },
        lifecycle: { preStop: { exec: { command: ['sleep', '5'] } } },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
        volumeMounts: [
          { name: 'data', mountPath: '/data' },
          { name: 'settings', mountPath: '/etc/web', readOnly: true },
          { name: 'account', mountPath: '/etc/account/password', subPath: 'password' },
        ],
      },
    ],
    volumes: [
      { name: 'data', persistentVolumeClaim: { claimName: 'data' } },
      {
        name: 'settings',
        configMap: { name: 'settings', defaultMode: 420, items: [{ key: 'web.conf', path: 'web.conf' }] },
      },
      { name: 'account', secret: { secretName: 'account' } },
      { name: 'scratch', emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } },
      { name: 'host', hostPath: { path: '/mnt/data', type: 'Directory' } },
      { name: 'all', projected: { sources: [{ configMap: { name: 'settings' } }, { secret: { name: 'account' } }] } },
      { name: 'self', downwardAPI: { items: [{ path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } }] } },
    ],
  },
};

const job = {
  backoffLimit: 2,
  ttlSecondsAfterFinished: 60,
  template: {
    metadata: { labels },
    spec: { restartPolicy: 'OnFailure', containers: [{ name: 'job', image: 'registry.example.org/job:1' }] },
  },
};

/** Objects as charts bring them, of the kinds that they bring; the API server takes them all. */
export const CHART_OBJECTS = [
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadata('web'),
    spec: {
      replicas: 2,
      revisionHistoryLimit: 3,
      selector: { matchLabels: labels },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: 1 } },
      template: pod,
    },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: metadata('agent'),
    spec: {
      selector: { matchLabels: labels },
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } },
      template: pod,
    },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: metadata('database'),
    spec: {
      serviceName: 'database',
      replicas: 1,
      podManagementPolicy: 'Parallel',
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            {
              name: 'database',
              image: 'registry.example.org/database:1',
              ports: [{ containerPort: 5432 }],
              volumeMounts: [{ name: 'data', mountPath: '/var/lib/data' }],
            },
          ],
        },
      },
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      ],
    },
  },
  { apiVersion: 'batch/v1', kind: 'Job', metadata: metadata('migrate'), spec: job },
  {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: metadata('backup'),
    spec: { schedule: '30 2 * * *', concurrencyPolicy: 'Forbid', jobTemplate: { spec: job } },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata('web'),
    spec: {
      type: 'ClusterIP',
      selector: labels,
      ports: [
        { name: 'http', port: 80, targetPort: 'http' },
        { name: 'metrics', port: 9090, targetPort: 9090, protocol: 'TCP' },
      ],
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata('headless'),
    spec: { clusterIP: 'None', selector: labels, ports: [{ port: 5432 }] },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: metadata('web', { annotations: { 'traefik.ingress.kubernetes.io/router.entrypoints': 'websecure' } }),
    spec: {
      rules: [
        {
          host: 'kaapana.example.org',
          http: {
            paths: [
              { path: '/web', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } },
              {
                path: '/api',
                pathType: 'ImplementationSpecific',
                backend: { service: { name: 'web', port: { name: 'http' } } },
              },
            ],
          },
        },
      ],
    },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadata('web'),
    spec: {
      podSelector: { matchLabels: labels },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        {
          from: [{ podSelector: {} }, { ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }],
          ports: [
            { port: 8080, protocol: 'TCP' },
            { port: 9000, endPort: 9010 },
          ],
        },
      ],
      egress: [{ to: [{ namespaceSelector: { matchExpressions: [{ key: 'a', operator: 'NotIn', values: ['b'] }] } }] }],
    },
  },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: metadata('settings'), data: { 'web.conf': 'a = 1\n', MODE: 'b' } },
  { apiVersion: 'v1', kind: 'Secret', metadata: metadata('account'), type: 'Opaque', data: { password: 'c2VjcmV0' } },
  {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: metadata('certificate'),
    type: 'kubernetes.io/tls',
    data: { 'tls.crt': 'eA==', 'tls.key': 'eA==' },
  },
  {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: metadata('data'),
    spec: {
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'some-class',
      resources: { requests: { storage: '10Gi' } },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: metadata('viewer'),
    automountServiceAccountToken: false,
    imagePullSecrets: [{ name: 'registry' }],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: metadata('viewer'),
    rules: [
      { apiGroups: [''], resources: ['pods', 'configmaps'], verbs: ['get', 'list'] },
      { apiGroups: ['batch'], resources: ['jobs'], resourceNames: ['migrate'], verbs: ['get'] },
    ],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: metadata('viewer'),
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'viewer' },
    subjects: [{ kind: 'ServiceAccount', name: 'viewer', namespace: 'default' }],
  },
  {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: metadata('web'),
    spec: { minAvailable: 1, selector: { matchLabels: labels } },
  },
  {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: metadata('web'),
    spec: {
      minReplicas: 1,
      maxReplicas: 4,
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
      ],
    },
  },
  {
    apiVersion: 'traefik.io/v1alpha1',
    kind: 'Middleware',
    metadata: metadata('strip'),
    spec: { stripPrefix: { prefixes: ['/web'] } },
  },
] as unknown as readonly Manifest[];
