import { isDeepStrictEqual } from 'node:util';
import type { k8s } from 'cdk8s-plus-27';
import type { Manifest } from '../support';
import { rendered, SETS } from './support';

/** What is open and need be says why in the object; a new one is counted here by hand, for a reviewer to see. */

const PRIVILEGED = { 'pod-security.kubernetes.io/enforce': 'privileged' };
const PREFIX = 'security-exception/';
const OBJECTS = SETS.flatMap(rendered);

/** Objects with an exception, each once: `seccomp` -> `Deployment services/a`. */
const OPENINGS = new Map<string, Set<string>>();
for (const { kind, metadata } of OBJECTS) {
  const annotations = (metadata as { readonly annotations?: Readonly<Record<string, string>> }).annotations ?? {};
  for (const key of Object.keys(annotations).filter((each) => each.startsWith(PREFIX))) {
    const what = key.slice(PREFIX.length).replace(/^.*\.(?=[A-Z_]+$)/, '');
    OPENINGS.set(what, (OPENINGS.get(what) ?? new Set()).add(`${kind} ${metadata.namespace ?? ''}/${metadata.name}`));
  }
}

test('the kept openings, in all values sets', () => {
  expect(Object.fromEntries([...OPENINGS].map(([what, objects]) => [what, objects.size]))).toEqual({
    AUDIT_WRITE: 3,
    MKNOD: 1,
    NET_RAW: 1,
    SYS_CHROOT: 3,
    'cluster-wide': 10,
    hostPath: 6,
    'keycloak-admin': 4,
    'pod-security': 5,
    privileged: 1,
    seccomp: 3,
    token: 2,
  });
});

test('the containers that go without a safe default, in all values sets', () => {
  const without = (default_: keyof k8s.SecurityContext, value: boolean) =>
    new Set(
      OBJECTS.filter(({ kind }) => ['Deployment', 'DaemonSet', 'Job'].includes(kind)).flatMap(
        ({ kind, metadata, spec }) =>
          [...(spec.template.spec.initContainers ?? []), ...spec.template.spec.containers]
            .filter((each: k8s.Container) => each.securityContext?.[default_] !== value)
            .map(({ name }: k8s.Container) => `${kind} ${metadata.namespace ?? ''}/${metadata.name} ${name}`),
      ),
    ).size;
  expect({
    allowPrivilegeEscalation: without('allowPrivilegeEscalation', false),
    readOnlyRootFilesystem: without('readOnlyRootFilesystem', true),
  }).toEqual({ allowPrivilegeEscalation: 19, readOnlyRootFilesystem: 94 });
});

test.each<[string, string, (object: Manifest) => boolean]>([
  ['an account that acts in the whole cluster', 'cluster-wide', ({ kind }) => kind === 'ClusterRoleBinding'],
  [
    'a namespace that lets pods use the node',
    'pod-security',
    ({ kind, metadata: { labels } }) =>
      kind === 'Namespace' && isDeepStrictEqual(labels, { ...(labels as object), ...PRIVILEGED }),
  ],
  [
    "the identity provider's administrator",
    'keycloak-admin',
    ({ kind, metadata }) => kind === 'Secret' && metadata.name === 'keycloak-admin-account',
  ],
  [
    'a pod with a path of the node',
    'hostPath',
    ({ spec }) => spec?.template?.spec.volumes?.some((volume: k8s.Volume) => volume.hostPath) ?? false,
  ],
  [
    'a pod without a seccomp profile',
    'seccomp',
    ({ spec }) => spec?.template?.spec.securityContext?.seccompProfile.type === 'Unconfined',
  ],
])('%s says why', (_, what, isOpen) => {
  const open = OBJECTS.filter(isOpen).map(
    ({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`,
  );
  expect(open.length).toBeGreaterThan(0);
  expect(new Set(open)).toEqual(OPENINGS.get(what));
});
