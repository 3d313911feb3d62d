import { KubeHelm, type KubeHelmProps } from '../../constructs/admin/kube-helm';
import { externalAddress, secretToken } from '../../constructs/kube';
import { chart, object, platform } from '../support';

function kubeHelm(props: Partial<KubeHelmProps> = {}) {
  const scope = chart();
  const component = new KubeHelm(scope, 'KubeHelm', {
    platform: platform(),
    namespace: 'admin',
    helmNamespace: 'helm',
    release: { name: 'kaapana-admin-chart', version: '0.6.0', registry: 'registry.example.org/kaapana' },
    collections: ['registry.example.org/kaapana/kaapana-extension-collection:0.6.0'],
    secretKey: secretToken('kubeHelm'),
    ...props,
  });
  const pod = (kind: string, name: string) => object(scope, kind, name).spec.template.spec;
  return {
    scope,
    component,
    backend: pod('Deployment', 'kube-helm-deployment'),
    job: (name: string) => pod('Job', name),
  };
}

function envOf(container: { env: { name: string; value?: string }[] }): Record<string, string | undefined> {
  return Object.fromEntries(container.env.map(({ name, value }) => [name, value]));
}

test('with the required props alone it goes by no proxy, installs nothing, and leaves the node alone', () => {
  const { backend, job } = kubeHelm();
  expect(envOf(backend.containers[0])).toEqual({
    APPLICATION_ROOT: '/kube-helm-api',
    HELM_NAMESPACE: 'helm',
    HELM_PATH: '/usr/local/bin/helm',
    KAAPANA_BUILD_VERSION: '0.6.0',
    KAAPANA_COLLECTIONS: 'registry.example.org/kaapana/kaapana-extension-collection:0.6.0;',
    OFFLINE_MODE: 'false',
    PREFETCH_EXTENSIONS: 'false',
    PREINSTALL_EXTENSIONS: '[]',
    REGISTRY_URL: 'registry.example.org/kaapana',
    RELEASE_NAME: 'kaapana-admin-chart',
    SECRET_KEY: undefined,
  });
  expect(backend.volumes.map(({ name }: { name: string }) => name)).toEqual(['helmextensions', 'tmp']);
  expect(job('init-extensions').initContainers).toBeUndefined();
  expect(job('init-extensions').containers).toHaveLength(1);
});

test('its key is in a Secret', () => {
  const { scope, backend } = kubeHelm();
  expect(object(scope, 'Secret', 'kube-helm-signing-key').stringData).toEqual({
    'secret-key': secretToken('kubeHelm'),
  });
  expect(backend.containers[0].env).toContainEqual({
    name: 'SECRET_KEY',
    valueFrom: { secretKeyRef: { name: 'kube-helm-signing-key', key: 'secret-key' } },
  });
});

test('it alone is cluster-admin', () => {
  const { scope, backend, job } = kubeHelm({ namespace: 'base' });
  const binding = object(scope, 'ClusterRoleBinding', 'admin-crb-base');
  expect(binding.roleRef.name).toBe('cluster-admin');
  expect(binding.subjects).toEqual([{ kind: 'ServiceAccount', name: 'kaapana-kube-admin', namespace: 'base' }]);
  expect(
    [backend, job('init-collections'), job('init-extensions')].map(({ serviceAccountName }) => serviceAccountName),
  ).toEqual(Array(3).fill('kaapana-kube-admin'));
});

test('it goes out by a proxy where there is one', () => {
  const proxy = externalAddress('http://proxy.example.org:3128');
  const { backend, job } = kubeHelm({
    egress: { proxy, domain: 'kaapana.example.org', internalCidrs: ['10.1.0.0/16'] },
  });
  expect(envOf(backend.containers[0])).toMatchObject({
    http_proxy: 'http://proxy.example.org:3128',
    https_proxy: 'http://proxy.example.org:3128',
    no_proxy: '.svc,.svc.cluster,.svc.cluster.local,kaapana.example.org,10.1.0.0/16',
  });
  expect(envOf(job('init-collections').containers[0]).PROXY).toBe('http://proxy.example.org:3128');
  expect(envOf(job('init-collections').containers[0]).http_proxy).toBeUndefined();
});

test('its pods are let in by that proxy', () => {
  const openTo = jest.fn();
  const proxy = { ...externalAddress('http://proxy.example.org:3128'), openTo };
  kubeHelm({ egress: { proxy, domain: 'kaapana.example.org', internalCidrs: [] } });
  expect(openTo.mock.calls.map(([{ name }]) => name)).toEqual([
    'kube-helm-deployment',
    'init-collections',
    'init-extensions',
  ]);
});

test('charts are installed once their files are there', () => {
  const preinstall = [
    { name: 'code-server-chart', version: '0.6.0' },
    { name: 'kaapana-workflows-core', version: '0.6.0' },
  ];
  const { job } = kubeHelm({ preinstall });
  const {
    initContainers: [wait],
    containers: [install],
  } = job('init-extensions');
  expect(envOf(wait)).toEqual({
    FILES_AND_FOLDERS_EXISTS:
      '/kaapana/mounted/extensions/code-server-chart-0.6.0.tgz;/kaapana/mounted/extensions/kaapana-workflows-core-0.6.0.tgz;',
    DELAY: '2',
    TIMEOUT: '10',
  });
  expect(JSON.parse(envOf(install).PREINSTALL_EXTENSIONS ?? '')).toEqual(preinstall);
  expect(install.args).toEqual(['/app/scripts/preinstall_extensions.py']);
});

test('images can be pulled ahead, or not at all', () => {
  const { containers } = kubeHelm({ prefetch: true, offline: true }).job('init-extensions');
  expect(containers[1]).toMatchObject({ name: 'prefetch-extensions', args: ['/app/scripts/prefetch_extensions.py'] });
  expect(envOf(containers[1])).toMatchObject({ PREFETCH_EXTENSIONS: 'true', OFFLINE_MODE: 'true' });
});

test('image files are imported by the socket of containerd, if it is given', () => {
  const { backend } = kubeHelm({ containerdSocket: '/run/containerd/containerd.sock' });
  expect(backend.volumes).toContainEqual({
    name: 'containerd-socket',
    hostPath: { path: '/run/containerd/containerd.sock', type: 'Socket' },
  });
  expect(backend.containers[0].volumeMounts).toContainEqual({
    name: 'containerd-socket',
    mountPath: '/kaapana/mounted/containerd.sock',
  });
});

test('charts outlive every pod; one pod at a time writes them', () => {
  const { scope, backend, job } = kubeHelm();
  expect(object(scope, 'PersistentVolumeClaim', 'extensions-pv-claim').spec.volumeName).toBe('admin-extensions');
  expect(object(scope, 'Deployment', 'kube-helm-deployment').spec.strategy.type).toBe('Recreate');
  expect(backend.nodeSelector).toEqual({ 'kaapana.io/node': 'storage' });
  expect(job('init-collections').containers[0].volumeMounts).toEqual([
    { name: 'helmextensions', mountPath: '/kaapana/mounted/extensions', subPath: 'extensions' },
  ]);
});

test('components call it by its service, users by the reverse proxy', () => {
  const { scope, component } = kubeHelm();
  expect(component.api.url).toBe('http://kube-helm-service.admin.svc:5000');
  expect(object(scope, 'Service', 'kube-helm-service').spec.selector).toEqual({
    'app.kubernetes.io/name': 'kube-helm',
  });
  expect(object(scope, 'Ingress', 'kube-helm-ingress').spec.rules[0].http.paths[0].path).toBe('/kube-helm-api');
  expect(object(scope, 'Middleware', 'kh-strip-prefix').spec.stripPrefix.prefixes).toEqual(['/kube-helm-api']);
});

test('its jobs are tried three times', () => {
  const { scope } = kubeHelm();
  for (const name of ['init-collections', 'init-extensions']) {
    expect(object(scope, 'Job', name).spec).toMatchObject({
      backoffLimit: 2,
      template: { spec: { restartPolicy: 'Never' } },
    });
  }
});
