import { TaskLabels } from '../../constructs/server/task-labels';
import { chart, object } from '../support';

const scope = chart();
new TaskLabels(scope, 'TaskLabels');
const { spec } = object(scope, 'ValidatingAdmissionPolicy', 'kaapana-task-labels');

test('it looks at pods alone that carry a label which policies trust in any namespace', () => {
  const [{ expression }] = spec.matchConditions;
  for (const label of [
    'kaapana.ai/type',
    'kubernetes_executor',
    'network-access-external-ips',
    'network-access-opensearch',
    'network-access-ctp',
    'app.kubernetes.io/name',
  ]) {
    expect(expression).toContain(`object.metadata.?labels[?"${label}"]`);
  }
  expect(spec.matchConstraints.resourceRules).toEqual([
    { apiGroups: [''], apiVersions: ['v1'], resources: ['pods'], operations: ['CREATE', 'UPDATE'] },
  ]);
});

test('it refuses them outside of the platform, and says why', () => {
  expect(spec.validations).toEqual([
    {
      expression: expect.stringContaining('request.namespace.matches("^([a-z0-9-]+-)?project-")'),
      message: 'labels of tasks let a pod into the services of Kaapana: they are for its own namespaces',
    },
  ]);
});
