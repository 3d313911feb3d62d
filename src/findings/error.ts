import { listed, OperatorError } from '../base/operator-error';
import type { Finding } from './finding';
import type { HowTo } from './how-to';
import { findingTexts } from './texts';
import { isAboutSettings } from './texts/settings';

/** An environment cannot be deployed; `findings` say why. */
export class FindingsError extends OperatorError {
  /**
   * Whether the settings themselves are wrong, so that nothing was built; then the message says of which environment
   * they are.
   */
  public readonly isAboutSettings: boolean;

  constructor(
    public readonly findings: readonly Finding[],
    public readonly howTo: HowTo,
  ) {
    const { problems } = findingTexts(findings, howTo);
    const isOfSettings = findings.every(isAboutSettings);
    const [what, where] = isOfSettings ? ['mistake', ` in the settings of ${howTo.environment}`] : ['problem', ''];
    super(listed(`${problems.length} ${what}${problems.length === 1 ? '' : 's'}${where}:`, problems));
    this.isAboutSettings = isOfSettings;
  }
}

/** @throws FindingsError with all errors among `findings`, if there are any */
export function throwFindings(findings: readonly Finding[], howTo: HowTo): void {
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new FindingsError(errors, howTo);
}
