import { type Finding, finding, findingId } from './finding';
import { RULES, type RuleInfo, type Source } from './rules';

/**
 * `findings`, of which those that are acknowledged stop nobody: by their id, or by what it begins with up to a slash.
 * Whatever is acknowledged and not found any more is told, so that it lets nothing through one day that nobody thought
 * of.
 *
 * @param acknowledged reasons by id
 * @param asked where findings come from: what others would know is not missed
 */
export function acknowledge(
  findings: readonly Finding[],
  acknowledged: Readonly<Record<string, string>>,
  asked: readonly Source[] = ['environment', 'neighbours', 'server'],
): Finding[] {
  const entryOf = (id: string): string | undefined => entryFor(id, acknowledged);
  const used = new Set<string | undefined>();
  const judged = findings.map((each): Finding => {
    // What could not be compared may still be what was let through.
    if (each.rule === 'uncompared-credential') used.add(entryOf(findingId({ ...each, rule: 'set-when-created' })));
    const known = letThrough(each, acknowledged);
    if (known.acknowledged !== undefined) used.add(entryOf(findingId(each)));
    return known;
  });
  const unused = Object.entries(acknowledged).flatMap(([id, reason]) => {
    const rule = ruleOf(id);
    if (used.has(id) || (rule !== undefined && !asked.includes(rule.source))) return [];
    const why = rule === undefined ? 'unknown' : rule.acknowledgeable ? 'not-found' : 'refused';
    return [
      finding(
        'unused-acknowledgement',
        { kind: 'acknowledgement', id },
        { reason, why },
        {
          kind: 'remove',
          key: `acknowledged["${id}"]`,
        },
      ),
    ];
  });
  return [...judged, ...unused];
}

/** A finding as it is told where `acknowledged` has an entry for it, and its rule may be let through. */
export function letThrough(each: Finding, acknowledged: Readonly<Record<string, string>>): Finding {
  const entry = RULES[each.rule].acknowledgeable ? entryFor(findingId(each), acknowledged) : undefined;
  return entry === undefined ? each : { ...each, severity: 'warning', acknowledged: acknowledged[entry] };
}

function entryFor(id: string, acknowledged: Readonly<Record<string, string>>): string | undefined {
  return Object.keys(acknowledged).find((key) => id === key || id.startsWith(`${key}/`));
}

function ruleOf(id: string): RuleInfo | undefined {
  const [name = ''] = id.split('/');
  return Object.hasOwn(RULES, name) ? (RULES as Readonly<Record<string, RuleInfo>>)[name] : undefined;
}
