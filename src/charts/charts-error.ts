import { listed, OperatorError } from '../base/operator-error';

/**
 * Third-party charts cannot be deployed; `problems` says why, one sentence each. Everything else is told by
 * `FindingsError`.
 */
export class ChartsError extends OperatorError {
  constructor(public readonly problems: readonly string[]) {
    super(listed(`${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}:`, problems));
  }
}
