import { list } from '../../integration/support/kubectl';
import { livePods } from '../support/pods';
import { until } from '../support/until';

/** Waits until all of the platforms runs, two minutes unless told; gives what does not. */
export function allRun(patience?: number): Promise<string[]> {
  return until(
    () => Promise.resolve(podFindings()),
    (findings) => findings.length === 0,
    patience,
  );
}

/** What of the platforms does not run, a sentence each. */
export function podFindings(...flags: readonly string[]): string[] {
  const pods = livePods(...flags)
    .filter(({ phase, ready }) => phase !== 'Succeeded' && !ready)
    // A Job tries again: what counts is whether it ends.
    .filter(({ fromJob }) => !fromJob)
    .map(({ workload, phase, reason }) => `${workload} is not ready (${phase}): ${reason || 'no reason given'}`);
  const jobs = list('jobs', ...flags)
    .filter(({ status }) => !conditions(status).some(({ type, status: is }) => type === 'Complete' && is === 'True'))
    .map(({ metadata, status }) => {
      const failed = conditions(status).find(({ type, status: is }) => type === 'Failed' && is === 'True');
      return `the job ${metadata.namespace}/${metadata.name} is not complete: ${failed?.message ?? 'it goes on'}`;
    });
  return [...pods, ...jobs];
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly message?: string;
}

function conditions(status: { readonly conditions?: readonly Condition[] } | undefined): readonly Condition[] {
  return status?.conditions ?? [];
}
