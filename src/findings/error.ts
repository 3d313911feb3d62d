import { listed, OperatorError } from '../base/operator-error';
import type { Finding } from './finding';
import type { HowTo } from './how-to';
import { findingTexts } from './texts';

/** An environment cannot be deployed; `findings` say why. */
export class FindingsError extends OperatorError {
  constructor(
    public readonly findings: readonly Finding[],
    howTo: HowTo,
  ) {
    const { problems } = findingTexts(findings, howTo);
    super(listed(`${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}:`, problems));
  }
}

/** @throws FindingsError with all errors among `findings`, if there are any */
export function throwFindings(findings: readonly Finding[], howTo: HowTo): void {
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new FindingsError(errors, howTo);
}
