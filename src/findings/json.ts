import { type Finding, findingId } from './finding';
import type { HowTo } from './how-to';
import { findingText } from './texts';

/** Findings for programs: as they are, with their ids, texts, and the commands of remedies that have one. */
export function findingsJson(findings: readonly Finding[], howTo: HowTo): object[] {
  return findings.map((each) => ({
    id: findingId(each),
    ...each,
    text: findingText(each, howTo),
    remedies: each.remedies.map((remedy) =>
      ('key' in remedy && remedy.kind !== 'edit') || remedy.kind === 'run'
        ? { ...remedy, command: howTo.command(remedy) }
        : remedy,
    ),
  }));
}
