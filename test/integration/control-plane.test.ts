import { spawnSync } from 'node:child_process';

/** What the embedded control plane must do like a real one. */

const NAMESPACE = 'control-plane-test';

function kubectl(args: readonly string[], input?: object): string {
  const list = Array.isArray(input) ? { apiVersion: 'v1', kind: 'List', items: input } : input;
  const { status, stdout, stderr } = spawnSync('kubectl', args, {
    encoding: 'utf8',
    input: list === undefined ? undefined : JSON.stringify(list),
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

function apply(...objects: object[]): string {
  return kubectl(['apply', '--server-side', '--namespace', NAMESPACE, '--filename', '-'], objects);
}

function waitFor(condition: string, object: string): string {
  return kubectl(['wait', '--namespace', NAMESPACE, `--for=${condition}`, object, '--timeout=30s']);
}

function podTemplate(name: string, restartPolicy: string, volumes: object[] = []): object {
  return {
    metadata: { labels: { app: name } },
    spec: { restartPolicy, containers: [{ name, image: 'never.pulled/image:1' }], volumes },
  };
}

function deployment(name: string, volumes?: object[]): object {
  const selector = { matchLabels: { app: name } };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: { selector, template: podTemplate(name, 'Always', volumes) },
  };
}

beforeAll(() => {
  kubectl(['create', 'namespace', NAMESPACE]);
});

afterAll(() => {
  // To the end: other tests want the same node ports.
  kubectl(['delete', 'namespace', NAMESPACE]);
  kubectl(['delete', 'persistentvolume', NAMESPACE, '--ignore-not-found']);
});

test('its node is ready, stores data and has GPUs', () => {
  const node = JSON.parse(kubectl(['get', 'node', 'kaapana-node', '--output=json'])) as {
    metadata: { labels: Record<string, string> };
    status: { allocatable: Record<string, string>; conditions: { type: string; status: string }[] };
  };
  expect(node.status.conditions).toContainEqual(expect.objectContaining({ type: 'Ready', status: 'True' }));
  expect(node.metadata.labels).toMatchObject({
    'kubernetes.io/hostname': 'kaapana-node',
    'kubernetes.io/os': 'linux',
    'kaapana.io/node': 'storage',
  });
  expect(node.status.allocatable).toMatchObject({ cpu: '64', memory: '256Gi', 'nvidia.com/gpu': '4' });
});

test('it says its version', () => {
  const { serverVersion } = JSON.parse(kubectl(['version', '--output=json'])) as {
    serverVersion: { gitVersion: string };
  };
  expect(serverVersion.gitVersion).toBe('v1.33.4');
});

test('a Deployment becomes available', () => {
  apply(deployment('web'));
  expect(waitFor('condition=Available', 'deployment/web')).toContain('condition met');
});

test('a Job completes', () => {
  apply({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'once' },
    spec: { template: podTemplate('once', 'Never') },
  });
  expect(waitFor('condition=Complete', 'job/once')).toContain('condition met');
});

test.each([80, 443, 11112])('node port %i is accepted', (nodePort) => {
  const spec = { type: 'NodePort', selector: { app: 'web' }, ports: [{ port: 80, nodePort }] };
  expect(apply({ apiVersion: 'v1', kind: 'Service', metadata: { name: `port-${nodePort}` }, spec })).toContain(
    'serverside-applied',
  );
});

test('a static volume binds, and a pod that uses it runs', () => {
  const common = { accessModes: ['ReadWriteOnce'], storageClassName: '' };
  apply(
    {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: NAMESPACE },
      spec: {
        ...common,
        capacity: { storage: '1Gi' },
        persistentVolumeReclaimPolicy: 'Retain',
        hostPath: { path: '/nowhere', type: 'DirectoryOrCreate' },
        claimRef: { namespace: NAMESPACE, name: 'data' },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data' },
      spec: { ...common, volumeName: NAMESPACE, resources: { requests: { storage: '1Gi' } } },
    },
    deployment('store', [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }]),
  );
  expect(waitFor('jsonpath={.status.phase}=Bound', 'pvc/data')).toContain('condition met');
  expect(waitFor('condition=Available', 'deployment/store')).toContain('condition met');
});

test('Pod Security is enforced', () => {
  kubectl(['label', 'namespace', NAMESPACE, 'pod-security.kubernetes.io/enforce=restricted']);
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'bare' },
    spec: { containers: [{ name: 'bare', image: 'x' }] },
  };
  expect(() => apply(pod)).toThrow(/violates PodSecurity "restricted/);
  kubectl(['label', 'namespace', NAMESPACE, 'pod-security.kubernetes.io/enforce-']);
});

test('an admission policy is enforced', async () => {
  const name = `${NAMESPACE}-policy`;
  const rules = [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] }];
  const namespaceSelector = { matchLabels: { 'kubernetes.io/metadata.name': NAMESPACE } };
  apply(
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name },
      spec: {
        matchConstraints: { resourceRules: rules },
        validations: [{ expression: 'has(object.data)', message: 'a policy says no' }],
      },
    },
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name },
      spec: { policyName: name, validationActions: ['Deny'], matchResources: { namespaceSelector } },
    },
  );
  await expect(
    eventually(() => kubectl(['create', 'configmap', 'empty', '--namespace', NAMESPACE, '--dry-run=server'])),
  ).resolves.toContain('a policy says no');
  kubectl(['delete', 'validatingadmissionpolicybinding,validatingadmissionpolicy', name]);
});

/** The message with which an attempt fails at last: policies take effect within seconds, not at once. */
async function eventually(attempt: () => void): Promise<string> {
  for (let i = 0; i < 60; i++) {
    try {
      attempt();
    } catch (error) {
      return String(error);
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return 'it never failed';
}
