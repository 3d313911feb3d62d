import { AirflowRights } from '../../constructs/flow/airflow-rights';
import { chart, object, objects } from '../support';

function rights(namespace = 'services') {
  const scope = chart();
  const component = new AirflowRights(scope, 'Rights', {
    namespace,
    projectNamespaces: ['project-admin', 'trial'],
    taskDirectory: '/home/kaapana/workflows/data',
    taskClaims: ['models-pv-claim'],
    taskSecrets: ['minio-account'],
  });
  const rules = (name: string): string[] =>
    object(scope, 'ValidatingAdmissionPolicy', `${namespace}-airflow-scheduler${name}`).spec.validations.map(
      ({ expression }: { expression: string }) => expression,
    );
  return { scope, component, rules };
}

test('the scheduler may do what tasks need; it writes one Secret and reads none', () => {
  const { scope, component } = rights();
  const { rules } = object(scope, 'ClusterRole', 'services-airflow-scheduler');
  const ofSecrets = rules.filter((rule: { resources: string[] }) => rule.resources.includes('secrets'));
  expect(rules.flatMap((rule: { resources: string[] }) => rule.resources)).toEqual([
    'nodes',
    'pods',
    'pods/log',
    'pods/exec',
    'configmaps',
    'secrets',
    'secrets',
  ]);
  expect(ofSecrets).toEqual([
    { apiGroups: [''], resources: ['secrets'], verbs: ['create'] },
    { apiGroups: [''], resources: ['secrets'], resourceNames: ['airflow-task-accounts'], verbs: ['patch'] },
  ]);
  expect(rules.flatMap((rule: { verbs: string[] }) => rule.verbs)).not.toContain('*');
  expect(component.identity.hasRole).toBe(true);
});

test('the API server keeps it to services and projects, those that users make included', () => {
  const { scope, rules } = rights('site2-services');
  const { spec } = object(scope, 'ValidatingAdmissionPolicy', 'site2-services-airflow-scheduler');
  expect(spec.matchConditions[0].expression).toBe(
    "request.userInfo.username == 'system:serviceaccount:site2-services:airflow-scheduler'",
  );
  expect(rules('')[0]).toMatch(
    /^request.namespace in \["site2-services", "project-admin", "trial"\] \|\| .*"meta.helm.sh\/release-name"/,
  );
  expect(spec.matchConstraints.resourceRules[0].operations).toEqual(['CREATE', 'UPDATE', 'DELETE', 'CONNECT']);
});

test('its pods have no account, no path of the node but those of tasks, and beside the services the volumes and Secrets of workflows', () => {
  const rules = rights().rules('-tasks').join('\n');
  expect(rules).toContain('object.spec.serviceAccountName == "default"');
  expect(rules).toContain('v.hostPath.path.startsWith("/home/kaapana/workflows/data/")');
  expect(rules).toContain('in ["models-pv-claim"]');
  expect(rules).toContain('in ["", "minio-account"]');
});

test('it changes, and looks into, pods of its own alone', () => {
  expect(rights().rules('-changes')[0]).toContain('oldObject.metadata.?labels[?"kubernetes_executor"]');
  expect(rights().rules('-shells')).toEqual(['request.name.startsWith("extract-file-")']);
  expect(rights().rules('-secrets')[0]).toContain('"airflow-task-accounts"');
});

test('instances have objects of their own', () => {
  const names = (namespace: string) =>
    objects(rights(namespace).scope)
      .filter(({ kind }) => kind !== 'ServiceAccount')
      .map(({ metadata }) => metadata.name);
  expect(names('services')).toHaveLength(12);
  expect(names('services').filter((name) => names('site2-services').includes(name))).toEqual([]);
  expect(names('services').every((name) => name.startsWith('services-'))).toBe(true);
});
