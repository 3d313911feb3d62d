/** How soon somebody has to look: at once, today, at leisure. */
export type Severity = 'critical' | 'warning' | 'info';

/** A condition that somebody is told about. */
export interface AlertRule {
  readonly alert: string;

  /** PromQL; each series of its result is an alert. */
  readonly expr: string;

  /** How long it has to hold. @default '5m' */
  readonly for?: string;

  readonly severity: Severity;

  /** What is wrong; `{{ $labels.x }}` stands for a label of the series. */
  readonly summary: string;

  /** What to do about it. */
  readonly description: string;
}

/** Alerts about one subject. */
export interface AlertGroup {
  readonly name: string;
  readonly rules: readonly AlertRule[];
}

/** The rule file of `groups`, in Prometheus' own words. */
export function ruleFile(groups: readonly AlertGroup[]): object {
  return { groups: groups.map(({ name, rules }) => ({ name, rules: rules.map(rule) })) };
}

function rule({ alert, expr, for: duration = '5m', severity, summary, description }: AlertRule): object {
  return { alert, expr, for: duration, labels: { severity }, annotations: { summary, description } };
}
