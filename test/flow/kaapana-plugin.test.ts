import { KaapanaPlugin } from '../../constructs/flow/kaapana-plugin';
import { chart, object, objects } from '../support';
import { address, envOf, labelsOf, NAMESPACE, platform } from './support';

function plugin() {
  const scope = chart();
  const kubeHelm = address('kube-helm-service', 5000);
  new KaapanaPlugin(scope, 'Plugin', {
    platform: platform(),
    namespace: NAMESPACE,
    adminNamespace: 'base',
    release: { version: '0.6.1', registry: 'registry.example.com/group' },
    node: { 'kubernetes.io/hostname': 'node-1' },
    kubeHelm,
    dags: { name: 'dags-pv-claim' },
    plugins: { name: 'af-plugins-pv-claim' },
  });
  return { scope, kubeHelm, spec: object(scope, 'Job', 'kaapana-plugin').spec };
}

test('it is copied once, and never removed by a job', () => {
  const { scope, spec } = plugin();
  expect(objects(scope).map(({ kind }) => kind)).toEqual(['Job']);
  expect(spec.backoffLimit).toBe(0);
  expect(envOf(spec.template.spec.containers[0])).toEqual({
    ACTION: 'copy',
    ADMIN_NAMESPACE: 'base',
    SERVICES_NAMESPACE: 'services',
    KAAPANA_BUILD_VERSION: '0.6.1',
    DOCKER_VERSION: '0.6.1',
    KAAPANA_DEFAULT_REGISTRY: 'registry.example.com/group',
  });
});

test('it runs where the data is', () => {
  const { spec } = plugin();
  const { nodeSelector, containers, volumes } = spec.template.spec;
  expect(nodeSelector).toEqual({ 'kubernetes.io/hostname': 'node-1' });
  expect(containers[0].volumeMounts).toEqual([
    { name: 'airflow-dags', mountPath: '/kaapana/mounted/workflows/dags' },
    { name: 'airflow-plugins', mountPath: '/kaapana/mounted/workflows/plugins' },
  ]);
  expect(volumes[0].persistentVolumeClaim.claimName).toBe('dags-pv-claim');
});

test('it waits for kube-helm, which lets it in', () => {
  const { spec, kubeHelm } = plugin();
  expect(envOf(spec.template.spec.initContainers[0])).toEqual({
    WAIT: 'kube-helm,kube-helm-service.services.svc,5000,/health-check',
    DELAY: '2',
    TIMEOUT: '10',
  });
  expect(kubeHelm.peers.map(labelsOf)).toEqual([{ 'app.kubernetes.io/name': 'kaapana-plugin' }]);
  expect(spec.template.spec.automountServiceAccountToken).toBe(false);
});
