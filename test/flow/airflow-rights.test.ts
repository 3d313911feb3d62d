import { AirflowRights } from '../../constructs/flow/airflow-rights';
import { chart, object, objects } from '../support';

function rights(namespace = 'services') {
  const scope = chart();
  return { scope, component: new AirflowRights(scope, 'Rights', { namespace, projectNamespaces: ['project-admin', 'trial'] }) };
}

test('the scheduler may do what tasks need, and nothing with Secrets', () => {
  const { scope, component } = rights();
  const { rules } = object(scope, 'ClusterRole', 'services-airflow-scheduler');
  const resources = rules.flatMap((rule: { resources: string[] }) => rule.resources);
  expect(resources).toEqual(['nodes', 'pods', 'pods/log', 'pods/exec', 'configmaps']);
  expect(rules.flatMap((rule: { verbs: string[] }) => rule.verbs)).not.toContain('*');
  expect(component.identity.hasRole).toBe(true);
});

test('the API server keeps it to services and projects', () => {
  const { scope } = rights('site2-services');
  const { spec } = object(scope, 'ValidatingAdmissionPolicy', 'site2-services-airflow-scheduler');
  expect(spec.matchConditions[0].expression).toBe("request.userInfo.username == 'system:serviceaccount:site2-services:airflow-scheduler'");
  expect(spec.validations[0].expression).toBe("request.namespace in ['site2-services', 'project-admin', 'trial'] || request.namespace.startsWith('project-')");
  expect(spec.matchConstraints.resourceRules[0].operations).toEqual(['CREATE', 'UPDATE', 'DELETE', 'CONNECT']);
});

test('instances have objects of their own', () => {
  const names = (namespace: string) => objects(rights(namespace).scope).filter(({ kind }) => kind !== 'ServiceAccount').map(({ metadata }) => metadata.name);
  expect(names('services')).toHaveLength(4);
  expect(names('services').filter((name) => names('site2-services').includes(name))).toEqual([]);
  expect(names('services').every((name) => name.startsWith('services-'))).toBe(true);
});
