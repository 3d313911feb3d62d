import { Construct } from 'constructs';
import {
  AdmissionPolicy,
  celList,
  CONTAINER_LISTS,
  everyContainer,
  everyVolume,
  sharesNothing,
  UNPRIVILEGED,
} from '../kube';
import { IN_PROJECTS } from '../platform/namespace-kinds';
import { PROJECT_PODS } from '../platform/project-services';
import { KEYCLOAK_ADMIN_SECRET } from '../platform/shared-accounts';

/** Those that Pod Security's level `baseline` lets a container add. */
const CAPABILITIES = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];
const SCHEDULER = '^system:serviceaccount:[a-z0-9-]+:airflow-scheduler$';
const PODS = { apiGroups: [''], apiVersions: ['v1'] } as const;

/**
 * What the level `baseline` would hold the pods of projects to, and cannot: it forbids every path of the node, and
 * tasks hand on their results in one (Task API, Kaapana 0.6.0). Those alone may mount any, and which, Airflow's own
 * rules say. They hold in projects that users make at run time too, whose namespaces no label protects.
 */
export class ProjectPods extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const bounded = [
      UNPRIVILEGED,
      `c.?securityContext.?capabilities.?add.orValue([]).all(a, a in ${celList(CAPABILITIES)})`,
      'c.?ports.orValue([]).all(p, p.?hostPort.orValue(0) == 0)',
    ].join(' && ');
    new AdmissionPolicy(this, 'Policy', {
      name: 'kaapana-project-pods',
      where: IN_PROJECTS,
      requests: [
        { ...PODS, operations: ['CREATE'], resources: ['pods'] },
        { ...PODS, operations: ['UPDATE'], resources: ['pods/ephemeralcontainers'] },
      ],
      validations: [
        sharesNothing('pods of projects'),
        ...[...CONTAINER_LISTS, 'ephemeralContainers'].map((list) => ({
          expression: everyContainer(list, bounded),
          message: `${list} of projects are not privileged, add no capability of the node's and take no port of it`,
        })),
        {
          expression: `request.operation == "UPDATE" || request.userInfo.username.matches("${SCHEDULER}") || ${everyVolume('!has(v.hostPath)')}`,
          message: 'pods of projects mount no path of the node, unless Airflow starts them',
        },
        {
          expression: `${isUserMaker()} || (${withoutAdministrator()})`,
          message: "the identity provider's administrator is for the Job alone that makes the project's user",
        },
      ],
    });
  }
}

function isUserMaker(): string {
  return Object.entries(PROJECT_PODS.userMaker)
    .map(([label, value]) => `object.metadata.?labels[?"${label}"].orValue("") == "${value}"`)
    .join(' && ');
}

/** CEL that holds when no container has a value of the administrator's Secret, and no volume its files. */
function withoutAdministrator(): string {
  const other = (name: string) => `${name}.orValue("") != "${KEYCLOAK_ADMIN_SECRET}"`;
  const values = `c.?env.orValue([]).all(e, ${other('e.?valueFrom.?secretKeyRef.?name')}) && c.?envFrom.orValue([]).all(e, ${other('e.?secretRef.?name')})`;
  const files = `${other('v.?secret.?secretName')} && v.?projected.?sources.orValue([]).all(s, ${other('s.?secret.?name')})`;
  return [...CONTAINER_LISTS, 'ephemeralContainers']
    .map((list) => everyContainer(list, values))
    .concat(everyVolume(files))
    .join(' && ');
}
