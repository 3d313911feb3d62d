import { listed, OperatorError } from '../base/operator-error';

/**
 * Third-party charts cannot be deployed; `problems` says why, one sentence each. Everything else is told by
 * `FindingsError`.
 */
export class TreeError extends OperatorError {
  constructor(public readonly problems: readonly string[]) {
    super(listed(`${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}:`, problems));
  }
}

/** @throws TreeError with all of `problems`, if there are any */
export function throwProblems(problems: readonly string[]): void {
  if (problems.length > 0) throw new TreeError(problems);
}
