import { parse } from 'yaml';
import { object } from '../support';
import { airflow, envOf } from './support';

function template() {
  const { scope } = airflow();
  const text = object(scope, 'ConfigMap', 'airflow-pod-template').data['pod_template.yaml'] as string;
  return { scope, text, pod: parse(text, { version: '1.1' }) };
}

test('the pod of a task is as safe as all others', () => {
  const { pod } = template();
  expect(pod).toMatchObject({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { labels: { 'kaapana.ai/type': 'processing-container' } },
  });
  expect(pod.spec.securityContext.seccompProfile.type).toBe('RuntimeDefault');
  expect(pod.spec.containers[0]).toMatchObject({
    name: 'base',
    image: 'registry.example.org/kaapana/airflow:0.6.0',
    resources: { requests: { memory: '10Mi' }, limits: { memory: '10Gi' } },
  });
  expect(pod.spec).toMatchObject({
    restartPolicy: 'Never',
    nodeSelector: { 'kaapana.io/node': 'storage' },
    imagePullSecrets: [{ name: 'registry-secret' }],
  });
});

test('why it has a token stands in it', () => {
  const { pod } = template();
  expect(pod.spec.automountServiceAccountToken).toBe(true);
  expect(pod.metadata.annotations['security-exception/token']).toContain('no role');
  expect(pod.spec.serviceAccountName).toBeUndefined();
});

test('a task has what the scheduler has', () => {
  const { scope, pod } = template();
  const scheduler = envOf(object(scope, 'Deployment', 'airflow-scheduler').spec.template.spec.containers[0]);
  const { AIRFLOW__CORE__EXECUTOR: executor, ...env } = envOf(pod.spec.containers[0]);
  expect(executor).toBe('KubernetesExecutor');
  expect(scheduler).toMatchObject(env);
  expect(env.AIRFLOW__DATABASE__SQL_ALCHEMY_CONN).toBe('airflow-credentials/database-url');
});

test('its claims are those of every project', () => {
  const { pod } = template();
  const claims = pod.spec.volumes.flatMap(
    (volume: { persistentVolumeClaim?: { claimName: string } }) => volume.persistentVolumeClaim?.claimName ?? [],
  );
  expect(claims).toEqual([
    'dags-pv-claim',
    'af-plugins-pv-claim',
    'af-logs-pv-claim',
    'models-pv-claim',
    'workflow-data-pv-claim',
  ]);
  expect(pod.spec.volumes).toContainEqual({ name: 'dshm', emptyDir: { medium: 'Memory' } });
  expect(pod.spec.containers[0].volumeMounts).toHaveLength(8);
});

test('no text becomes something else for Airflow, which reads YAML 1.1', () => {
  const { scope } = airflow(({ site }) => ({
    site: { ...site, instanceName: 'no', mail: { host: 'on', port: 25, username: '1:30' } },
  }));
  const text = object(scope, 'ConfigMap', 'airflow-pod-template').data['pod_template.yaml'] as string;
  expect(text).toContain("value: 'no'");
  expect(text).toContain("value: 'on'");
  expect(text).toContain("value: '1:30'");
});
