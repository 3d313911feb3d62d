import { Construct } from 'constructs';
import { AdmissionPolicy } from '../kube';
import { IN_PLATFORM } from '../platform/namespace-kinds';
import { PROJECT_PODS } from '../platform/project-services';

const PODS = { apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] } as const;

/**
 * Labels by which network policies know the pods of projects are for namespaces of the platform alone. Policies cannot
 * tell the namespace of a project that users made from a stranger's; the API server can, and refuses such pods there.
 */
export class TaskLabels extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const kinds = Object.values(PROJECT_PODS).map(
      (labels) =>
        `(${Object.entries(labels)
          .map(
            ([key, value]) =>
              `object.metadata.?labels[?${JSON.stringify(key)}].orValue("") == ${JSON.stringify(value)}`,
          )
          .join(' && ')})`,
    );
    new AdmissionPolicy(this, 'Policy', {
      name: 'kaapana-task-labels',
      requests: [{ ...PODS, operations: ['CREATE', 'UPDATE'] }],
      conditions: { 'labelled-as-of-a-project': kinds.join(' || ') },
      validations: [
        {
          expression: IN_PLATFORM,
          message: 'labels of tasks let a pod into the services of Kaapana: they are for its own namespaces',
        },
      ],
    });
  }
}
