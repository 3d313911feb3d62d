/** Objects by which a node shows that it is a real one. */

export const NAMESPACE = 'prove';

/** An image that the node's registry has, and one that it has not. */
export const IMAGE = 'registry.example.org/tests/busybox:1';
export const ABSENT_IMAGE = 'registry.example.org/tests/absent:1';

export const NODE_PORT = 30080;

const HARDENED = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };

function metadata(name: string, labels?: Record<string, string>): object {
  return { name, namespace: NAMESPACE, ...(labels && { labels }) };
}

/** A volume in a directory of this machine, and a web server that writes to it, a job, and pods that ask. */
export function proofObjects(directory: string): object[] {
  const data = [{ name: 'data', mountPath: '/data' }];
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } },
    {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: NAMESPACE },
      spec: {
        capacity: { storage: '1Gi' },
        accessModes: ['ReadWriteMany'],
        storageClassName: '',
        persistentVolumeReclaimPolicy: 'Retain',
        claimRef: { namespace: NAMESPACE, name: 'data' },
        hostPath: { path: directory, type: 'DirectoryOrCreate' },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: metadata('data'),
      spec: {
        accessModes: ['ReadWriteMany'],
        storageClassName: '',
        volumeName: NAMESPACE,
        resources: { requests: { storage: '1Gi' } },
      },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: metadata('web'),
      spec: {
        replicas: 2,
        selector: { matchLabels: { app: 'web' } },
        template: { metadata: { labels: { app: 'web' } }, spec: webPod(data) },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: metadata('web'),
      spec: {
        type: 'NodePort',
        selector: { app: 'web' },
        ports: [{ port: 80, targetPort: 8080, nodePort: NODE_PORT }],
      },
    },
    sleeper('client'),
    // Requests equal to limits: another class of cgroups.
    sleeper('stranger', { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '10m', memory: '16Mi' } }),
    {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: metadata('once'),
      spec: { template: { spec: { restartPolicy: 'Never', containers: [onceContainer()] } } },
    },
  ];
}

function webPod(volumeMounts: readonly object[]): object {
  const script = 'echo "hello from $HOSTNAME" >> /data/index.html; echo started; exec httpd -f -p 8080 -h /data';
  return {
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 1000,
      runAsGroup: 1000,
      fsGroup: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    initContainers: [
      {
        name: 'own',
        image: IMAGE,
        command: ['chown', '1000:1000', '/data'],
        securityContext: { runAsUser: 0, runAsNonRoot: false, capabilities: { drop: ['ALL'], add: ['CHOWN'] } },
        volumeMounts,
      },
    ],
    containers: [
      {
        name: 'web',
        image: IMAGE,
        imagePullPolicy: 'Always',
        command: ['sh', '-c', script],
        ports: [{ containerPort: 8080 }],
        readinessProbe: { httpGet: { path: '/index.html', port: 8080 }, periodSeconds: 1 },
        livenessProbe: { exec: { command: ['ls', '/data'] }, periodSeconds: 5 },
        resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '200m', memory: '64Mi' } },
        securityContext: { ...HARDENED, readOnlyRootFilesystem: true },
        volumeMounts,
      },
    ],
    volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }],
  };
}

function onceContainer(): object {
  return {
    name: 'once',
    image: IMAGE,
    command: ['sh', '-c', 'echo "the job ran as $(id -u)"'],
    securityContext: { ...HARDENED, runAsUser: 1234 },
  };
}

function sleeper(name: string, resources: object = {}): object {
  return pod(name, { image: IMAGE, command: ['sleep', 'infinity'], resources });
}

/** A pod with one container. */
export function pod(name: string, container: object): object {
  const spec = { terminationGracePeriodSeconds: 0, containers: [{ name, ...container }] };
  return { apiVersion: 'v1', kind: 'Pod', metadata: metadata(name, { app: name }), spec };
}

/** Nobody reaches anyone, but the client the web server; the stranger may ask for names only. */
export function policies(): object[] {
  const labelled = (app: string): object => ({ matchLabels: { app } });
  const dns = {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
    podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
  };
  const ports = ['UDP', 'TCP'].map((protocol) => ({ port: 53, protocol }));
  const specs = {
    'default-deny': { podSelector: {}, policyTypes: ['Ingress'] },
    'web-from-client': {
      podSelector: labelled('web'),
      policyTypes: ['Ingress'],
      ingress: [{ from: [{ podSelector: labelled('client') }], ports: [{ port: 8080 }] }],
    },
    'stranger-dns-only': {
      podSelector: labelled('stranger'),
      policyTypes: ['Egress'],
      egress: [{ to: [dns], ports }],
    },
  };
  return Object.entries(specs).map(([name, spec]) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadata(name),
    spec,
  }));
}
