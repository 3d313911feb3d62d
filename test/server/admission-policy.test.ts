import { ForbidPrivileged } from '../../constructs/server/admission-policy';
import { chart, object } from '../support';

const NAME = 'forbid-privileged-pods';

test('no kind of container may be privileged', () => {
  const scope = chart();
  new ForbidPrivileged(scope, 'ForbidPrivileged');
  const { spec } = object(scope, 'ValidatingAdmissionPolicy', NAME);
  expect(spec.failurePolicy).toBe('Fail');
  expect(spec.validations.map(({ message }: { message: string }) => message)).toEqual([
    'containers must not be privileged',
    'initContainers must not be privileged',
    'ephemeralContainers must not be privileged',
  ]);
  expect(spec.validations[1].expression).toContain('object.spec.?initContainers.orValue([]).all(');
});

test('containers that are added to a running pod are looked at too', () => {
  const scope = chart();
  new ForbidPrivileged(scope, 'ForbidPrivileged');
  const { resourceRules } = object(scope, 'ValidatingAdmissionPolicy', NAME).spec.matchConstraints;
  expect(resourceRules).toEqual([
    { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['pods'] },
    { apiGroups: [''], apiVersions: ['v1'], operations: ['UPDATE'], resources: ['pods/ephemeralcontainers'] },
  ]);
});

test('it holds in namespaces of the platform alone, and there by default for all', () => {
  const scope = chart();
  new ForbidPrivileged(scope, 'ForbidPrivileged');
  const { spec } = object(scope, 'ValidatingAdmissionPolicyBinding', `${NAME}-binding`);
  expect(spec).toMatchObject({ policyName: NAME, validationActions: ['Deny'] });
  const policy = object(scope, 'ValidatingAdmissionPolicy', NAME);
  expect(policy.spec.variables[0].expression).toContain('"kaapana.ai/namespace"');
  expect(policy.spec.matchConditions).toBeUndefined();
  expect(policy.metadata.annotations).toBeUndefined();
});

test('an exemption names the pods and says why', () => {
  const scope = chart();
  const pods = { namespace: 'admin', podLabels: { role: 'nfs-server' } };
  new ForbidPrivileged(scope, 'ForbidPrivileged', { exempt: [{ pods, reason: 'it is part of the kernel' }] });
  const policy = object(scope, 'ValidatingAdmissionPolicy', NAME);
  expect(policy.spec.matchConditions).toEqual([
    {
      name: 'admin.nfs-server',
      expression: '!(request.namespace == "admin" && object.metadata.?labels[?"role"].orValue("") == "nfs-server")',
    },
  ]);
  expect(policy.metadata.annotations).toEqual({ 'security-exception/admin.nfs-server': 'it is part of the kernel' });
});

test('a whole namespace may be exempt', () => {
  const scope = chart();
  new ForbidPrivileged(scope, 'ForbidPrivileged', {
    exempt: [{ pods: { namespace: 'gpu-operator' }, reason: 'it loads drivers' }],
  });
  expect(object(scope, 'ValidatingAdmissionPolicy', NAME).spec.matchConditions).toEqual([
    { name: 'gpu-operator', expression: '!(request.namespace == "gpu-operator")' },
  ]);
});
