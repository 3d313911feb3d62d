import { k8s } from 'cdk8s-plus-27';
import { externalAddress, Identity, type PodOptions, type PodProps, renderPod, Volume } from '../../constructs/kube';
import { chart, object, platform } from '../support';

const database = externalAddress('http://database.services.svc:5432');

/** A pod, as it is rendered. */
function pod(props: Partial<PodProps> = {}, restartPolicy: PodOptions['restartPolicy'] = 'Always') {
  const scope = chart();
  const spec = renderPod(
    { platform: platform(), container: { image: 'minio' }, ...props },
    { name: 'minio', restartPolicy },
  );
  new k8s.KubePod(scope, 'Pod', { metadata: { name: 'pod' }, spec });
  return object(scope, 'Pod', 'pod').spec;
}

function identity(clusterRole?: string): Identity {
  return new Identity(chart(), 'Identity', {
    name: 'scheduler',
    namespace: 'services',
    clusterRole,
    clusterReason: 'pods are everywhere',
  });
}

test('the safe defaults', () => {
  const { containers, ...rest } = pod();
  expect(containers).toHaveLength(1);
  expect(rest).toEqual({
    automountServiceAccountToken: false,
    imagePullSecrets: [{ name: 'registry-secret' }],
    restartPolicy: 'Always',
    securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
  });
});

test('further registries have accounts of their own', () => {
  expect(pod({ pullSecrets: ['a', 'b'] }).imagePullSecrets).toEqual([
    { name: 'registry-secret' },
    { name: 'a' },
    { name: 'b' },
  ]);
});

test('priority, nodes and users may be chosen', () => {
  expect(
    pod({
      priorityClass: { name: 'high' },
      nodeSelector: { disk: 'fast' },
      podSecurity: { runAsUser: 70, fsGroup: 70 },
    }),
  ).toMatchObject({
    priorityClassName: 'high',
    nodeSelector: { disk: 'fast' },
    securityContext: { seccompProfile: { type: 'RuntimeDefault' }, runAsUser: 70, fsGroup: 70 },
  });
});

test('it gets a token if its account has a role', () => {
  expect(pod({ identity: identity() })).toMatchObject({
    serviceAccountName: 'scheduler',
    automountServiceAccountToken: false,
  });
  expect(pod({ identity: identity('view') })).toMatchObject({
    serviceAccountName: 'scheduler',
    automountServiceAccountToken: true,
  });
});

test('each exception undoes one default', () => {
  expect(pod({ exceptions: { token: 'why' } }).automountServiceAccountToken).toBe(true);
  expect(pod({ exceptions: { seccomp: 'why' } }).securityContext.seccompProfile.type).toBe('Unconfined');
  const { containers } = pod({ exceptions: { privileged: 'why' }, sidecars: [{ name: 'other', image: 'other' }] });
  expect(containers[0].securityContext.privileged).toBe(true);
  expect(containers[1].securityContext.privileged).toBeUndefined();
});

test('it waits first, then runs what comes before the container', () => {
  const { initContainers } = pod({
    waitFor: [database],
    initContainers: [{ name: 'chown', image: 'busybox' }, { image: 'busybox' }],
  });
  expect(initContainers.map(({ name }: { name: string }) => name)).toEqual(['init', 'chown', 'init']);
  expect(initContainers[0]).toMatchObject({ image: 'waiter', env: [{ name: 'WAIT', value: 'database' }] });
});

test('it says how often it looks, and by which name', () => {
  const waiter = jest.fn(() => ({ image: 'waiter' }));
  pod({
    platform: { ...platform(), waiter },
    waitFor: [{ address: database, label: 'db', path: '/health' }, database],
    waitDelay: 7,
  });
  expect(waiter).toHaveBeenCalledWith(
    [{ address: database, label: 'db', path: '/health' }, { address: database }],
    7,
    [],
  );
});

test('what comes before is not probed', () => {
  const { initContainers, containers } = pod({
    container: { image: 'minio', ports: { api: 9000 } },
    initContainers: [{ image: 'busybox', ports: { api: 9000 } }],
  });
  expect(initContainers[0].readinessProbe).toBeUndefined();
  expect(containers[0].readinessProbe).toBeDefined();
});

test('what runs to an end is not probed', () => {
  const container = { image: 'minio', ports: { api: 9000 } };
  for (const restartPolicy of ['Never', 'OnFailure'] as const) {
    const rendered = pod({ container }, restartPolicy);
    expect(rendered.containers[0].readinessProbe).toBeUndefined();
    expect(rendered.restartPolicy).toBe(restartPolicy);
  }
  expect(pod({ container }).containers[0].readinessProbe).toBeDefined();
  expect(pod().restartPolicy).toBe('Always');
});

test('a volume that several containers mount is there once', () => {
  const data = Volume.emptyDir('data');
  const mounts = [data.at('/data')];
  const { volumes } = pod({
    container: { image: 'a', mounts },
    sidecars: [{ name: 'b', image: 'b', mounts }],
    initContainers: [{ image: 'c', mounts }],
  });
  expect(volumes).toEqual([{ name: 'data', emptyDir: {} }]);
});

test('two volumes cannot have the same name', () => {
  const mounts = [Volume.emptyDir('data').at('/a'), Volume.hostPath('data', '/data').at('/b')];
  expect(() => pod({ container: { image: 'a', mounts } })).toThrow('minio mounts two volumes called "data"');
});

test('it waits for files in volumes that it mounts for that', () => {
  const volume = Volume.claim('dags', { name: 'dags-pv-claim' });
  const waited: unknown[] = [];
  const waiter: PodProps['platform']['waiter'] = (...args) => {
    waited.push(args);
    return { name: 'init', image: 'waiter' };
  };
  const { initContainers, volumes } = pod({
    platform: { ...platform(), waiter },
    waitForFiles: [{ mount: volume.at('/dags'), path: 'ready' }],
    waitDelay: 5,
  });
  expect(waited).toEqual([[[], 5, ['/dags/ready']]]);
  expect(initContainers[0].volumeMounts).toEqual([{ name: 'dags', mountPath: '/dags' }]);
  expect(volumes).toEqual([{ name: 'dags', persistentVolumeClaim: { claimName: 'dags-pv-claim' } }]);
});
