import type { Validation } from './admission';

/** Lists of containers that a new pod has. */
export const CONTAINER_LISTS = ['containers', 'initContainers'] as const;

/** A rule that the pods of `who`, e.g. `tasks`, use no namespace of the node. */
export function sharesNothing(who: string): Validation {
  const shared = ['hostNetwork', 'hostPID', 'hostIPC'].map((each) => `!object.spec.?${each}.orValue(false)`);
  return { expression: shared.join(' && '), message: `${who} share nothing with the node` };
}

/** CEL that holds when `condition` does for each container `c` of `list`. */
export function everyContainer(list: string, condition: string): string {
  return `object.spec.?${list}.orValue([]).all(c, ${condition})`;
}

/** CEL that holds when `condition` does for each volume `v`. */
export function everyVolume(condition: string): string {
  return `object.spec.?volumes.orValue([]).all(v, ${condition})`;
}

/** CEL that holds for a container `c` that is not privileged. */
export const UNPRIVILEGED = '!c.?securityContext.?privileged.orValue(false)';

/** CEL that holds for a volume `v` that the API server adds for an account's token, and for others without a Secret. */
export const TOKEN_VOLUME = '(has(v.projected) && v.projected.sources.all(s, !has(s.secret)))';

/** `values` as a list in CEL. */
export function celList(values: readonly string[]): string {
  return `[${values.map((value) => JSON.stringify(value)).join(', ')}]`;
}
