import { AdmissionPolicy, type AdmissionPolicyProps } from '../../constructs/kube';
import { chart, object } from '../support';

const REQUIRED: AdmissionPolicyProps = {
  name: 'no-latest',
  requests: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
  validations: [{ expression: 'true', message: 'never' }],
};

function policy(props: Partial<AdmissionPolicyProps> = {}) {
  const scope = chart();
  new AdmissionPolicy(scope, 'Policy', { ...REQUIRED, ...props });
  return {
    policy: object(scope, 'ValidatingAdmissionPolicy', 'no-latest'),
    binding: object(scope, 'ValidatingAdmissionPolicyBinding', 'no-latest-binding'),
  };
}

test('a policy holds in the whole cluster, by the API version that every supported server has', () => {
  const all = policy();
  expect(all.policy.apiVersion).toBe('admissionregistration.k8s.io/v1');
  expect(all.policy.metadata.annotations).toBeUndefined();
  expect(all.policy.spec).toEqual({
    failurePolicy: 'Fail',
    matchConstraints: { resourceRules: REQUIRED.requests },
    validations: REQUIRED.validations,
  });
  expect(all.binding.spec).toEqual({ policyName: 'no-latest', validationActions: ['Deny'] });
});

test('it may look at some requests alone', () => {
  expect(policy({ conditions: { 'not-a-test': 'request.namespace != "test"' } }).policy.spec.matchConditions).toEqual([
    { name: 'not-a-test', expression: 'request.namespace != "test"' },
  ]);
});

test('it may hold in some namespaces alone', () => {
  const { spec } = policy({
    where: 'has(namespaceObject.metadata.labels)',
    validations: [{ expression: 'a || b', message: 'never' }],
  }).policy;
  expect(spec.variables).toEqual([{ name: 'concerned', expression: 'has(namespaceObject.metadata.labels)' }]);
  expect(spec.validations).toEqual([{ expression: '!variables.concerned || (a || b)', message: 'never' }]);
});

test('it may carry annotations', () => {
  expect(policy({ annotations: { note: 'x' } }).policy.metadata.annotations).toEqual({ note: 'x' });
});
