import type { Finding } from '../../src/findings/finding';
import { HowTo } from '../../src/findings/how-to';
import { findingTexts } from '../../src/findings/texts';

/** What is printed of findings: errors first. */
export function printed(findings: readonly Finding[], environment = 'test'): string[] {
  const { problems, warnings, acknowledged } = findingTexts(findings, new HowTo(environment));
  return [...problems, ...warnings, ...acknowledged];
}
