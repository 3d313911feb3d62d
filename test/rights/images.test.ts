import type { k8s } from 'cdk8s-plus-27';
import type { Manifest } from '../support';
import { rendered, SETS, table } from './support';

/** What is asked of a container is what its program is known to bear. */

type Column = 'image' | 'users' | 'read_only' | 'no_escalation' | 'capabilities' | 'seccomp' | 'evidence';

const NEEDS = new Map(table<Column>('images.csv').map((row) => [row.image, row]));
const OPTIONAL = ['NET_RAW', 'MKNOD', 'AUDIT_WRITE', 'SYS_CHROOT'];

interface Container {
  readonly image: string;
  readonly where: string;
  readonly own: k8s.SecurityContext;
  readonly pod: k8s.PodSecurityContext;
}

const CONTAINERS = new Map(SETS.map((set) => [set, rendered(set).flatMap(containersOf)]));

function containersOf({ kind, metadata, spec }: Manifest): Container[] {
  if (!['Deployment', 'DaemonSet', 'Job'].includes(kind)) return [];
  const { initContainers = [], containers, securityContext } = spec.template.spec;
  return [...initContainers, ...containers].map((each: Manifest) => ({
    image: /([^/:]+)(:[^/]*)?$/.exec(each['image'])?.[1] ?? '',
    where: `${metadata.name}/${each['name']}`,
    own: each['securityContext'],
    pod: securityContext,
  }));
}

/** What a container is not let do although its program does it, or is let do although it does not. */
function faults({ image, where, own, pod }: Container): string[] {
  const needs = NEEDS.get(image);
  if (!needs) return [`${where}: nobody looked what the image ${image} needs`];
  const used = needs.capabilities.split(' ');
  const dropped = own.capabilities?.drop ?? [];
  const user = own.runAsUser ?? pod.runAsUser;
  const privileged = own.privileged === true;
  const lost = used.filter(
    (capability) => capability !== '' && dropped.some((each) => each === 'ALL' || each === capability),
  );
  const left =
    dropped.includes('ALL') || privileged
      ? []
      : OPTIONAL.filter((capability) => !dropped.includes(capability) && !used.includes(capability));
  return [
    ...lost.map((capability) => `${where} lost ${capability}, which ${image} uses`),
    ...left.map((capability) => `${where} keeps ${capability}, which ${image} does not use`),
    ...(user === undefined || needs.users.split(' ').includes(String(user))
      ? []
      : [`${where} runs as ${user}; ${image} is known to run as ${needs.users}`]),
    ...(pod.runAsNonRoot && user === undefined && needs.users.startsWith('0') ? [`${where}: ${image} is root`] : []),
    ...(own.readOnlyRootFilesystem && needs.read_only === 'no' ? [`${where}: ${image} writes to its root`] : []),
    ...(own.allowPrivilegeEscalation === false && needs.no_escalation === 'no'
      ? [`${where}: ${image} is not known to run without gaining privileges`]
      : []),
    ...(used.includes('SYS_ADMIN') && !privileged ? [`${where}: ${image} mounts file systems`] : []),
    ...(needs.read_only === 'yes' && !own.readOnlyRootFilesystem
      ? [`${where} may write to its root, and ${image} does not`]
      : []),
    ...(needs.no_escalation === 'yes' && own.allowPrivilegeEscalation !== false
      ? [`${where} may gain privileges, and ${image} does not`]
      : []),
    ...(needs.seccomp === 'unconfined' && pod.seccompProfile?.type !== 'Unconfined'
      ? [`${where}: ${image} makes namespaces`]
      : []),
  ];
}

test.each(SETS)('%s: each container may do what its program does', (set) => {
  const containers = CONTAINERS.get(set) ?? [];
  expect(containers.length).toBeGreaterThan(50);
  expect(containers.flatMap(faults)).toEqual([]);
});

test('every row is of an image that runs, and says what proves it', () => {
  const images = new Set([...CONTAINERS.values()].flat().map(({ image }) => image));
  expect([...NEEDS.keys()].filter((image) => !images.has(image))).toEqual([]);
  expect([...NEEDS.values()].filter(({ evidence }) => evidence === '')).toEqual([]);
});

test.each([
  ['a capability that is used', 'dcm4chee-arc', { capabilities: { drop: [...OPTIONAL] } }, 'lost SYS_CHROOT'],
  [
    'a capability that is not',
    'minio',
    { capabilities: { drop: ['MKNOD', 'AUDIT_WRITE', 'SYS_CHROOT'] } },
    'keeps NET_RAW',
  ],
  ['another user', 'keycloak', { runAsUser: 7, capabilities: { drop: [...OPTIONAL] } }, 'runs as 7'],
  [
    'a root that is read-only',
    'opensearch',
    { readOnlyRootFilesystem: true, capabilities: { drop: [...OPTIONAL] } },
    'writes to its root',
  ],
  [
    'no way to gain privileges',
    'mitk-workbench',
    { allowPrivilegeEscalation: false, capabilities: { drop: ['NET_RAW', 'MKNOD', 'SYS_CHROOT'] } },
    'without gaining',
  ],
  [
    'a root that need not be writable',
    'minio',
    { readOnlyRootFilesystem: undefined, capabilities: { drop: [...OPTIONAL] } },
    'may write to its root',
  ],
  [
    'a way to gain privileges that nobody needs',
    'minio',
    { allowPrivilegeEscalation: undefined, capabilities: { drop: [...OPTIONAL] } },
    'may gain privileges',
  ],
])('%s is found', (_, image, own, fault) => {
  const pod = { seccompProfile: { type: 'Unconfined' } };
  const { read_only: readOnly, no_escalation: noEscalation } = NEEDS.get(image) ?? {};
  const borne = {
    readOnlyRootFilesystem: readOnly === 'yes' ? true : undefined,
    allowPrivilegeEscalation: noEscalation === 'yes' ? false : undefined,
  };
  expect(faults({ image, where: 'here', own: { ...borne, ...own }, pod })).toEqual([expect.stringContaining(fault)]);
});
