import { ProjectPods } from '../../constructs/server/project-pods';
import { chart, object } from '../support';

const scope = chart();
new ProjectPods(scope, 'ProjectPods');
const { spec } = object(scope, 'ValidatingAdmissionPolicy', 'kaapana-project-pods');

test('it holds in projects, those included that users make at run time', () => {
  expect(spec.variables).toEqual([
    { name: 'concerned', expression: expect.stringContaining('request.namespace.matches("^([a-z0-9-]+-)?project-")') },
  ]);
  expect(
    spec.validations.every(({ expression }: { expression: string }) =>
      expression.startsWith('!variables.concerned || ('),
    ),
  ).toBe(true);
});

test('what it refuses, it says', () => {
  expect(spec.validations.map(({ message }: { message: string }) => message)).toEqual([
    'pods of projects share nothing with the node',
    ...['containers', 'initContainers', 'ephemeralContainers'].map(
      (list) => `${list} of projects are not privileged, add no capability of the node's and take no port of it`,
    ),
    'pods of projects mount no path of the node, unless Airflow starts them',
    "the identity provider's administrator is for the Job alone that makes the project's user",
  ]);
});
