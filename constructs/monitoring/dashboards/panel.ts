/** How numbers are written, by Grafana's names. */
export type Unit =
  | 'short'
  | 'none'
  | 'percentunit'
  | 'bytes'
  | 'decmbytes'
  | 'mbytes'
  | 'Bps'
  | 's'
  | 'reqps'
  | 'ops'
  | 'celsius'
  | 'watt'
  | 'hertz'
  | 'dateTimeFromNow'
  | 'percent';

/** Something that is asked; the legend may hold `{{label}}`. */
export interface Query {
  readonly expr: string;
  readonly legend?: string;
}

/** Values at which something becomes alarming; the smaller one first if much is bad. */
export interface Thresholds {
  readonly warning: number;
  readonly critical: number;
}

interface PanelBase {
  readonly title: string;

  /** What it means, and what to do about it. @default - the title says it */
  readonly description?: string;

  /** Number in the address of the panel. @default - the next free one */
  readonly id?: number;

  /** Of 24 columns. @default 12 */
  readonly width?: number;

  /** @default 8 */
  readonly height?: number;
}

interface Measured extends PanelBase {
  readonly queries: readonly Query[];

  /** @default 'short' */
  readonly unit?: Unit;

  /** @default - any value is fine */
  readonly thresholds?: Thresholds;

  /** Texts in place of numbers, with a colour. @default - none */
  readonly words?: Readonly<Record<number, { readonly text: string; readonly color: string }>>;

  /** Largest value that is possible. @default - as it comes */
  readonly max?: number;
}

/** A part of a dashboard: one number, a course, bars, a table, or logs. */
export type Panel =
  | (Measured & { readonly kind: 'number' | 'bars' })
  | (Measured & { readonly kind: 'course'; /** One on top of the other. @default false */ readonly stacked?: boolean })
  | (Measured & {
      readonly kind: 'table';
      /** Labels that are columns, with their headings. */ readonly columns: Readonly<Record<string, string>>;
    })
  | (PanelBase & { readonly kind: 'logs'; readonly query: string });

const DATA_SOURCE = {
  prometheus: { type: 'prometheus', uid: 'prometheus' },
  loki: { type: 'loki', uid: 'loki' },
} as const;
const TYPES = { number: 'stat', bars: 'bargauge', course: 'timeseries', table: 'table', logs: 'logs' } as const;
const LAST = { calcs: ['lastNotNull'], fields: '', values: false } as const;

/** The panel in Grafana's own words. */
export function renderPanel(panel: Panel, place: { readonly id: number; readonly gridPos: object }): object {
  const { title, description } = panel;
  const common = { ...place, type: TYPES[panel.kind], title, description };
  if (panel.kind === 'logs') {
    return {
      ...common,
      datasource: DATA_SOURCE.loki,
      targets: [{ refId: 'A', datasource: DATA_SOURCE.loki, expr: panel.query, queryType: 'range' }],
      options: {
        showTime: true,
        wrapLogMessage: true,
        enableLogDetails: true,
        sortOrder: 'Descending',
        dedupStrategy: 'none',
      },
    };
  }
  return {
    ...common,
    datasource: DATA_SOURCE.prometheus,
    targets: panel.queries.map(({ expr, legend }, index) => ({
      refId: String.fromCharCode('A'.charCodeAt(0) + index),
      datasource: DATA_SOURCE.prometheus,
      expr,
      legendFormat: legend ?? '__auto',
      ...(panel.kind === 'course' ? { range: true } : { instant: true }),
      ...(panel.kind === 'table' ? { format: 'table' } : {}),
    })),
    fieldConfig: { defaults: fieldDefaults(panel), overrides: [] },
    ...kindOptions(panel),
  };
}

function fieldDefaults(panel: Exclude<Panel, { kind: 'logs' }>): object {
  const { unit = 'short', thresholds, words = {}, max, kind } = panel;
  return {
    unit,
    max,
    color: { mode: kind === 'course' ? 'palette-classic' : 'thresholds' },
    thresholds: { mode: 'absolute', steps: steps(thresholds) },
    mappings: Object.keys(words).length === 0 ? [] : [{ type: 'value', options: words }],
    ...(panel.kind === 'course' ? { min: 0, custom: course(panel.stacked ?? false) } : {}),
    ...(panel.kind === 'bars' ? { min: 0 } : {}),
  };
}

function steps(thresholds?: Thresholds): object[] {
  if (!thresholds) return [{ color: 'green', value: null }];
  const { warning, critical } = thresholds;
  return critical > warning
    ? [
        { color: 'green', value: null },
        { color: 'orange', value: warning },
        { color: 'red', value: critical },
      ]
    : [
        { color: 'red', value: null },
        { color: 'orange', value: critical },
        { color: 'green', value: warning },
      ];
}

function course(stacked: boolean): object {
  return {
    lineWidth: 1,
    fillOpacity: stacked ? 40 : 10,
    showPoints: 'never',
    stacking: { mode: stacked ? 'normal' : 'none', group: 'A' },
  };
}

function kindOptions(panel: Exclude<Panel, { kind: 'logs' }>): object {
  switch (panel.kind) {
    case 'number':
      return { options: { reduceOptions: LAST, colorMode: 'background', graphMode: 'none', textMode: 'auto' } };
    case 'bars':
      return { options: { reduceOptions: LAST, displayMode: 'basic', orientation: 'horizontal' } };
    case 'course':
      return {
        options: {
          legend: { showLegend: true, displayMode: 'list', placement: 'bottom', calcs: [] },
          tooltip: { mode: 'multi', sort: 'desc' },
        },
      };
    case 'table':
      return { options: { showHeader: true }, transformations: [columns(panel.columns)] };
  }
}

/** The columns of a table, in their order; other labels stay away. */
function columns(names: Readonly<Record<string, string>>): object {
  const order = Object.keys(names);
  return {
    id: 'organize',
    options: {
      includeByName: Object.fromEntries(order.map((name) => [name, true])),
      indexByName: Object.fromEntries(order.map((name, index) => [name, index])),
      renameByName: names,
    },
  };
}
