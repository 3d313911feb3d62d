import { type Remedy, remedyOf } from '../findings/remedy';
import { InstanceScope } from '../settings/instance-scope';
import { type OwnedClaim, howToOf } from './conflict';
import { example, freeName } from './examples';

/**
 * Who of two stays as it is, and who changes: whoever can at all, and rather by another value than by doing without.
 */
export function inOrder(first: OwnedClaim, second: OwnedClaim): readonly [stays: OwnedClaim, changed: OwnedClaim] {
  return freedom(second) >= freedom(first) ? [first, second] : [second, first];
}

/** A component, and what an entry of a list brings, can have no other. */
function freedom({ change }: OwnedClaim): number {
  return change === undefined ? 0 : change.kind === 'entry' ? 1 : 2;
}

/**
 * What the environment of `changed` does so that it no longer wants what another one has.
 *
 * @param held what all have, so that nothing of it is proposed
 */
export function remediesFor(changed: OwnedClaim, held: readonly OwnedClaim[]): Remedy[] {
  if (changed.kind === 'server') return becomeFurther(changed, held);
  const { change, value } = changed;
  return change === undefined ? [] : [howToOf(changed).here(remedyOf(change, (key) => example(key, value, held)))];
}

/**
 * One environment owns a server, the first one; all others on it are further instances, each by a name of its own; or
 * they are elsewhere.
 */
function becomeFurther(changed: OwnedClaim, held: readonly OwnedClaim[]): Remedy[] {
  const { environment } = changed;
  const owner = held.find(({ kind }) => kind === 'server')?.environment ?? '';
  const instances = held.filter(({ kind }) => kind === 'instance');
  const name = instances.find((instance) => instance.environment === environment)?.value;
  const isNamed =
    name !== new InstanceScope({ instanceUid: '' }).instance &&
    instances.filter(({ value }) => value === name).length === 1;
  const set = (key: string, value: string): Remedy => howToOf(changed).here({ kind: 'set', key, example: value });
  return [
    set('serverStack', owner),
    ...(isNamed ? [] : [set('instanceUid', freeName(held))]),
    set('kubeconfig', `/etc/kaapana/${environment}.kubeconfig`),
  ];
}
