import { DagInstaller, type DagInstallerProps } from '../../constructs/platform/dag-installer';
import { address, envOf, labelsOf, NAMESPACE, platform } from '../flow/support';
import { chart, object, objects } from '../support';

function installer(more: Partial<DagInstallerProps> = {}) {
  const scope = chart();
  const kubeHelm = address('kube-helm-service', 5000);
  new DagInstaller(scope, 'Installer', {
    platform: platform(),
    namespace: NAMESPACE,
    adminNamespace: 'base',
    name: 'dag-example',
    image: 'registry.example.org/kaapana/dag-example:1.2',
    version: '1.2',
    release: { version: '0.6.1', registry: 'registry.example.org/kaapana' },
    node: { disk: 'big' },
    kubeHelm,
    dags: { name: 'dags-pv-claim' },
    plugins: { name: 'af-plugins-pv-claim' },
    ...more,
  });
  return { scope, kubeHelm, spec: object(scope, 'Job', 'dag-example').spec };
}

test('it copies once, and no job removes what it copied', () => {
  const { scope, spec } = installer();
  expect(objects(scope).map(({ kind }) => kind)).toEqual(['Job']);
  expect(spec.backoffLimit).toBe(0);
  const [container] = spec.template.spec.containers;
  expect(container).toMatchObject({ name: 'copy-dag-example', image: 'registry.example.org/kaapana/dag-example:1.2' });
  expect(envOf(container)).toEqual({
    ACTION: 'copy',
    ADMIN_NAMESPACE: 'base',
    SERVICES_NAMESPACE: NAMESPACE,
    KAAPANA_BUILD_VERSION: '0.6.1',
    KAAPANA_DEFAULT_REGISTRY: 'registry.example.org/kaapana',
    DOCKER_VERSION: '1.2',
  });
});

test('it runs where the data is, and writes to the directories of Airflow', () => {
  const { nodeSelector, containers } = installer().spec.template.spec;
  expect(nodeSelector).toEqual({ disk: 'big' });
  expect(containers[0].volumeMounts).toEqual([
    { name: 'airflow-dags', mountPath: '/kaapana/mounted/workflows/dags' },
    { name: 'airflow-plugins', mountPath: '/kaapana/mounted/workflows/plugins' },
  ]);
});

test('scripts of old images go to a directory of their own', () => {
  const { spec } = installer({ scripts: { name: 'mounted-scripts-pv-claim' } });
  expect(spec.template.spec.containers[0].volumeMounts[2]).toEqual({
    name: 'airflow-mounted-scripts',
    mountPath: '/kaapana/mounted/workflows/mounted_scripts',
  });
  expect(spec.template.spec.volumes[2]).toEqual({
    name: 'airflow-mounted-scripts',
    persistentVolumeClaim: { claimName: 'mounted-scripts-pv-claim' },
  });
});

test('its image may be at a registry with an account of its own', () => {
  expect(installer({ pullSecrets: ['registry-secret-1234'] }).spec.template.spec.imagePullSecrets).toEqual([
    { name: 'registry-secret' },
    { name: 'registry-secret-1234' },
  ]);
});

test('it waits for kube-helm, which lets it in', () => {
  const { spec, kubeHelm } = installer();
  expect(envOf(spec.template.spec.initContainers[0]).WAIT).toBe(
    'kube-helm,kube-helm-service.services.svc,5000,/health-check',
  );
  expect(kubeHelm.peers.map(labelsOf)).toEqual([{ 'app.kubernetes.io/name': 'dag-example' }]);
});
