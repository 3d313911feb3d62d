import { Construct } from 'constructs';
import {
  AdmissionPolicy,
  celList,
  CONTAINER_LISTS,
  everyContainer,
  everyVolume,
  Identity,
  policyRules,
  type ResourceRule,
  sharesNothing,
  TOKEN_VOLUME,
  UNPRIVILEGED,
  type Validation,
} from '../kube';
import { TASK_SECRET } from '../platform/airflow-tasks';
import { IN_PROJECTS } from '../platform/namespace-kinds';

/** Properties of `AirflowRights`. */
export interface AirflowRightsProps {
  readonly namespace: string;

  /** Namespaces of the projects that are known when the platform is deployed. */
  readonly projectNamespaces: readonly string[];

  /** Directory of the node with the files of running workflows; tasks of the Task API mount paths below it. */
  readonly taskDirectory: string;

  /** Claims and Secrets of the services that tasks beside them have, by name. */
  readonly taskClaims: readonly string[];
  readonly taskSecrets: readonly string[];
}

const NAME = 'airflow-scheduler';
/** What the pods are called that the Task API reads the description of a task from. */
const READER = 'extract-file-';
const EVERYWHERE =
  'it watches the tasks of all projects by one request, and users add projects, and their namespaces, at any time';

/**
 * What the scheduler may do: start, watch and remove the pods of tasks, the ConfigMaps that tell them about their run,
 * and the Secret of their accounts. Users add projects, and their namespaces, at any time, so its role is for the whole
 * cluster; rules of the API server then keep it to the namespaces of services and projects, and its pods to what tasks
 * have.
 */
export class AirflowRights extends Construct {
  public readonly identity: Identity;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AirflowRightsProps,
  ) {
    super(scope, id);
    const { namespace, projectNamespaces } = props;

    this.identity = new Identity(this, 'Identity', {
      namespace,
      name: NAME,
      clusterReason: EVERYWHERE,
      clusterRules: [
        ...policyRules(['list'], { '': ['nodes'] }),
        ...policyRules(['get', 'list', 'watch', 'create', 'patch', 'delete'], { '': ['pods'] }),
        ...policyRules(['get'], { '': ['pods/log'] }),
        ...policyRules(['get', 'create'], { '': ['pods/exec'] }),
        ...policyRules(['create', 'delete'], { '': ['configmaps'] }),
        ...policyRules(['create'], { '': ['secrets'] }),
        { apiGroups: [''], resources: ['secrets'], resourceNames: [TASK_SECRET], verbs: ['patch'] },
      ],
    });
    this.rule(
      'Limits',
      '',
      {
        operations: ['CREATE', 'UPDATE', 'DELETE', 'CONNECT'],
        resources: ['pods', 'pods/exec', 'configmaps', 'secrets'],
      },
      [
        {
          expression: `request.namespace in ${celList([namespace, ...projectNamespaces])} || ${IN_PROJECTS}`,
          message: 'Airflow runs tasks in the namespaces of services and projects only',
        },
      ],
    );
    this.rule('Tasks', '-tasks', { operations: ['CREATE'], resources: ['pods'] }, this.taskRules());
    this.rule('Changes', '-changes', { operations: ['UPDATE'], resources: ['pods'] }, [
      {
        expression: 'oldObject.metadata.?labels[?"kubernetes_executor"].orValue("") == "True"',
        message: 'Airflow changes pods of its own executor only',
      },
    ]);
    this.rule('Shells', '-shells', { operations: ['CONNECT'], resources: ['pods/exec'] }, [
      {
        expression: `request.name.startsWith("${READER}")`,
        message: 'Airflow runs commands in pods only that it reads images with',
      },
    ]);
    this.rule('Secrets', '-secrets', { operations: ['CREATE', 'UPDATE'], resources: ['secrets'] }, [
      {
        expression: `object.metadata.name == "${TASK_SECRET}" && object.type == "Opaque" || object.type == "kubernetes.io/dockerconfigjson"`,
        message: 'Airflow writes accounts of tasks and of registries only',
      },
    ]);
  }

  private rule(
    id: string,
    suffix: string,
    requests: Pick<ResourceRule, 'operations' | 'resources'>,
    validations: readonly Validation[],
  ): void {
    const { namespace } = this.props;
    new AdmissionPolicy(this, id, {
      name: `${namespace}-${NAME}${suffix}`,
      requests: [{ apiGroups: [''], apiVersions: ['v1'], ...requests }],
      conditions: { 'by-airflow': `request.userInfo.username == 'system:serviceaccount:${namespace}:${NAME}'` },
      validations,
    });
  }

  /**
   * What its pods may have: beside the services, whose claims and Secrets are there too, what tasks have and no more.
   */
  private taskRules(): Validation[] {
    const { namespace, taskDirectory, taskClaims, taskSecrets } = this.props;
    const besideServices = (expression: string) => `request.namespace != "${namespace}" || (${expression})`;
    const claims = `v.?persistentVolumeClaim.?claimName.orValue("") in ${celList(taskClaims)}`;
    const secrets = `!has(c.envFrom) && c.?env.orValue([]).all(e, e.?valueFrom.?secretKeyRef.?name.orValue("") in ${celList(['', ...taskSecrets])})`;
    return [
      { expression: 'object.spec.serviceAccountName == "default"', message: 'tasks have no service account of others' },
      sharesNothing('tasks'),
      {
        expression: everyVolume(`!has(v.hostPath) || v.hostPath.path.startsWith("${taskDirectory}/")`),
        message: `tasks mount no path of the node but those below ${taskDirectory}`,
      },
      {
        expression: besideServices(
          everyVolume(`has(v.emptyDir) || has(v.configMap) || has(v.hostPath) || ${claims} || ${TOKEN_VOLUME}`),
        ),
        message: 'tasks beside the services mount the volumes of workflows only',
      },
      ...CONTAINER_LISTS.flatMap((list) => [
        { expression: everyContainer(list, UNPRIVILEGED), message: `${list} of tasks are not privileged` },
        {
          expression: besideServices(everyContainer(list, secrets)),
          message: `${list} of tasks beside the services have the accounts of workflows only`,
        },
      ]),
    ];
  }
}
