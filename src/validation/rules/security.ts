import { objectAt } from '../../objects/manifest';
import { relativePath } from '../forms';
import { all, choice, each, fields, objects, range, required, type Rule, text, unique, wrong } from '../rule';

/** Numbers of users and groups of Linux. */
const ID = range(0, 2 ** 31 - 1);

function profile(place: Rule): Rule {
  return all(
    fields({ type: required(choice('Localhost', 'RuntimeDefault', 'Unconfined')), localhostProfile: place }),
    objects(({ type, localhostProfile }, path) =>
      (type === 'Localhost') === (localhostProfile !== undefined)
        ? []
        : [wrong(`${path}.localhostProfile`, 'consistent', `the type ${String(type)}`)],
    ),
  );
}

const COMMON = {
  runAsUser: ID,
  runAsGroup: ID,
  seccompProfile: profile(relativePath),
  appArmorProfile: profile(() => []),
} as const;

/** Of a container. */
export const containerSecurity: Rule = all(
  fields({ ...COMMON, procMount: choice('Default', 'Unmasked') }),
  objects(({ allowPrivilegeEscalation, privileged, capabilities }, path) => {
    const { add } = objectAt(capabilities);
    const isAll = privileged === true || (Array.isArray(add) && add.includes('CAP_SYS_ADMIN'));
    return allowPrivilegeEscalation === false && isAll
      ? [wrong(`${path}.allowPrivilegeEscalation`, 'consistent', 'privileged and capabilities')]
      : [];
  }),
);

/** Of a pod. */
export const podSecurity: Rule = fields({
  ...COMMON,
  fsGroup: ID,
  supplementalGroups: each(ID),
  fsGroupChangePolicy: choice('OnRootMismatch', 'Always'),
  supplementalGroupsPolicy: choice('Merge', 'Strict'),
  sysctls: all(
    each(
      fields({
        name: required(
          text(
            'format',
            (value) => /^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$/.test(value),
            'the name of a sysctl',
          ),
        ),
      }),
    ),
    unique(({ name }) => (typeof name === 'string' ? name : undefined), 'name'),
  ),
});
