import { type Finding, findingId, type Found, type Rule } from '../finding';
import type { HowTo } from '../how-to';
import { RULES } from '../rules';
import { CONFLICT_TEXTS } from './conflicts';
import { LIVE_TEXTS } from './live';
import { grouped } from './objects';
import { PLATFORM_TEXTS } from './platform';
import { SETTINGS_TEXTS } from './settings';
import type { Group, Text } from './text';
import { VALIDATION_TEXTS } from './validation';
import { WIRING_TEXTS } from './wiring';

/** What a person reads: what stops a deployment, what is worth a thought, and what somebody has thought of already. */
export interface FindingTexts {
  readonly problems: readonly string[];
  readonly warnings: readonly string[];

  /** One line for each warning that the settings acknowledge, with the reason. */
  readonly acknowledged: readonly string[];
}

const TEXTS: { readonly [R in Rule]: Text<R> } = {
  ...SETTINGS_TEXTS,
  ...PLATFORM_TEXTS,
  ...WIRING_TEXTS,
  ...VALIDATION_TEXTS,
  ...CONFLICT_TEXTS,
  ...LIVE_TEXTS,
};

/** The texts of findings, in their order; those with one owner or one cause, and so one way on, are one text. */
export function findingTexts(findings: readonly Finding[], howTo: HowTo): FindingTexts {
  const silent = findings.filter(isSilent);
  const told = findings.filter((each) => !isSilent(each));
  const texts = (severity: Finding['severity']): string[] =>
    grouped(
      told.filter((each) => each.severity === severity).map((each, index) => ({ each, index })),
      ({ each, index }) => JSON.stringify([each.rule, each.acknowledged, keyOf(each) ?? index]),
    ).map((group) => textOf(group.map(({ each }) => each) as unknown as Group<Rule>, howTo));
  return {
    problems: texts('error'),
    warnings: texts('warning'),
    acknowledged: silent.map((each) => `${findingId(each)}: ${each.acknowledged ?? ''}`),
  };
}

/** The text of one finding by itself. */
export function findingText(each: Finding, howTo: HowTo): string {
  return textOf([each] as unknown as Group<Rule>, howTo);
}

/** A warning that is acknowledged needs no more words; of an error that is let through, all is told. */
function isSilent({ rule, acknowledged }: Finding): boolean {
  return acknowledged !== undefined && RULES[rule].severity === 'warning';
}

function keyOf<R extends Rule>(each: Found<R>): string | undefined {
  const text = TEXTS[each.rule] as Text<R>;
  return typeof text === 'function' ? undefined : text.key(each);
}

function textOf<R extends Rule>(group: Group<R>, howTo: HowTo): string {
  const text = TEXTS[group[0].rule] as Text<R>;
  return typeof text === 'function' ? text(group[0], howTo) : text.text(group, howTo);
}
