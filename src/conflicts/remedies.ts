import { InstanceScope } from '../settings/instance-scope';
import { type OwnedClaim, howToOf } from './conflict';
import { example, freeName } from './examples';

/** Entries of `extensions` and `thirdPartyExtensions`, and components: what these have cannot be changed. */
const ENTRY = /\]$|^components$/;

/** Who of two stays as it is, and who changes: whoever can at all, and rather by another value than by doing without. */
export function inOrder(first: OwnedClaim, second: OwnedClaim): readonly [stays: OwnedClaim, changed: OwnedClaim] {
  return freedom(second) >= freedom(first) ? [first, second] : [second, first];
}

function freedom({ setting }: OwnedClaim): number {
  return setting === undefined ? 0 : ENTRY.test(setting) ? 1 : 2;
}

/**
 * What the environment of `changed` does so that it no longer wants what `stays` has.
 *
 * @param held what all have, so that nothing of it is proposed
 */
export function remedyFor(changed: OwnedClaim, stays: OwnedClaim, held: readonly OwnedClaim[]): string {
  const { environment, setting = '', value } = changed;
  const howTo = howToOf(changed);
  if (setting === 'serverStack') return inEnvironment(environment, becomeFurther(changed, held));
  const isChoice = stays.setting !== undefined;
  if (setting.endsWith('.service_type')) {
    return inEnvironment(
      environment,
      `set service_type ClusterIP${isChoice ? ' for one of them' : ''}, e.g.: ${howTo.setting(setting, 'ClusterIP')}`,
    );
  }
  if (ENTRY.test(setting)) {
    const what = setting === 'components' ? 'component' : 'extension';
    return inEnvironment(
      environment,
      `the ${what} can have no other, so remove it${isChoice ? ' from one of the two environments' : ''}, e.g.: ${howTo.removal(setting)}`,
    );
  }
  return inEnvironment(environment, howTo.set(setting, example(setting, value, held)));
}

/** A remedy, and where it is done. */
export function inEnvironment(environment: string, remedy: string): string {
  return `In ${environment}: ${remedy.charAt(0).toLowerCase()}${remedy.slice(1)}`;
}

/** One environment owns a server, the first one; all others on it are further instances, each by a name of its own. */
function becomeFurther(changed: OwnedClaim, held: readonly OwnedClaim[]): string {
  const { environment } = changed;
  const howTo = howToOf(changed);
  const owner = held.find(({ kind }) => kind === 'server')?.environment ?? '';
  const instances = held.filter(({ kind }) => kind === 'instance');
  const name = instances.find((instance) => instance.environment === environment)?.value;
  const isNamed =
    name !== new InstanceScope({ instanceUid: '' }).instance &&
    instances.filter(({ value }) => value === name).length === 1;
  return (
    `one environment owns the server, and this one becomes a further instance of it: ${howTo.setting('serverStack', owner)}` +
    `${isNamed ? '' : ` and ${howTo.setting('instanceUid', freeName(held))}`}; if it is on another server, tell them apart, e.g.: ${howTo.setting('kubeconfig', `/etc/kaapana/${environment}.kubeconfig`)}`
  );
}
