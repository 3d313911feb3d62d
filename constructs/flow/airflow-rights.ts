import { Construct } from 'constructs';
import { AdmissionPolicy, Identity, policyRules } from '../kube';

/** Properties of `AirflowRights`. */
export interface AirflowRightsProps {
  readonly namespace: string;

  /** Namespaces of the projects that are known when the platform is deployed. */
  readonly projectNamespaces: readonly string[];
}

const NAME = 'airflow-scheduler';
/** What the namespaces of projects start with that users add later. */
const PROJECT_PREFIX = 'project-';

/**
 * What the scheduler may do: start, watch and remove the pods of tasks, and the ConfigMaps that tell them about
 * their run. Users add projects, and their namespaces, at any time, so its role is for the whole cluster; a rule
 * of the API server then keeps it to the namespaces of services and projects.
 */
export class AirflowRights extends Construct {
  public readonly identity: Identity;

  constructor(scope: Construct, id: string, props: AirflowRightsProps) {
    super(scope, id);
    const { namespace, projectNamespaces } = props;

    this.identity = new Identity(this, 'Identity', {
      namespace,
      name: NAME,
      clusterRules: [
        ...policyRules(['list'], { '': ['nodes'] }),
        ...policyRules(['get', 'list', 'watch', 'create', 'patch', 'delete'], { '': ['pods'] }),
        ...policyRules(['get'], { '': ['pods/log'] }),
        ...policyRules(['get', 'create'], { '': ['pods/exec'] }),
        ...policyRules(['create', 'delete'], { '': ['configmaps'] }),
      ],
    });
    const known = [namespace, ...projectNamespaces].map((name) => `'${name}'`).join(', ');
    new AdmissionPolicy(this, 'Limits', {
      name: `${namespace}-${NAME}`,
      requests: [{
        apiGroups: [''],
        apiVersions: ['v1'],
        operations: ['CREATE', 'UPDATE', 'DELETE', 'CONNECT'],
        resources: ['pods', 'pods/exec', 'configmaps'],
      }],
      conditions: { 'by-airflow': `request.userInfo.username == 'system:serviceaccount:${namespace}:${NAME}'` },
      validations: [{
        expression: `request.namespace in [${known}] || request.namespace.startsWith('${PROJECT_PREFIX}')`,
        message: 'Airflow runs tasks in the namespaces of services and projects only',
      }],
    });
  }
}
