import { type Finding, findingId, type UnusedAcknowledgement } from './finding';

/**
 * `findings`, of which those that are acknowledged stop nobody: by their id, or by what it begins with up to a slash. Whatever
 * is acknowledged and not found any more is told, so that it lets nothing through one day that nobody thought of.
 *
 * @param acknowledged reasons by id
 */
export function acknowledge(findings: readonly Finding[], acknowledged: Readonly<Record<string, string>>): Finding[] {
  const used = new Set<string>();
  const judged = findings.map((finding): Finding => {
    if (finding.rule !== 'set-when-created' && finding.rule !== 'uncompared-credential') return finding;
    const id = findingId({ ...finding, rule: 'set-when-created', severity: 'error' });
    const entry = Object.keys(acknowledged).find((key) => id === key || id.startsWith(`${key}/`));
    if (entry === undefined) return finding;
    used.add(entry);
    return finding.rule === 'set-when-created'
      ? { ...finding, severity: 'warning', facts: { ...finding.facts, reason: acknowledged[entry] } }
      : finding;
  });
  const unused = Object.entries(acknowledged)
    .filter(([id]) => !used.has(id))
    .map(
      ([subject, reason]): UnusedAcknowledgement => ({
        rule: 'unused-acknowledgement',
        severity: 'warning',
        subject,
        facts: { reason },
      }),
    );
  return [...judged, ...unused];
}
