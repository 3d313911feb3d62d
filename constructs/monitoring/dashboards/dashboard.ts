import { type Panel, renderPanel } from './panel';

/** A choice at the top of a dashboard; queries refer to it by `$name`. */
export interface Variable {
  readonly name: string;
  readonly label: string;

  /**
   * What the choices come from, e.g. `label_values(kube_pod_info, namespace)`. @default - a text that the user types
   */
  readonly values?: string;

  /** Label of log streams that the choices come from, in place of `values`. @default - none */
  readonly logLabel?: string;
}

/** Panels below a heading. */
export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** A page of Grafana. */
export interface Dashboard {
  /** Identity in addresses; it stays, as bookmarks and embedded panels refer to it. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly rows: readonly Row[];

  /** @default - none */
  readonly variables?: readonly Variable[];

  /** Time that is shown at first, up to now. @default '6h' */
  readonly range?: string;
}

const COLUMNS = 24;
const TAG = 'kaapana';
const SCHEMA_VERSION = 39;
const PROMETHEUS = { type: 'prometheus', uid: 'prometheus' } as const;
const LOKI = { type: 'loki', uid: 'loki' } as const;

/**
 * The dashboard in Grafana's own words: panels stand side by side until a row is full.
 *
 * @throws when two panels have the same number
 */
export function renderDashboard(dashboard: Dashboard): object {
  const { uid, title, description, variables = [], range = '6h' } = dashboard;
  return {
    uid,
    title,
    description,
    tags: [TAG],
    schemaVersion: SCHEMA_VERSION,
    editable: false,
    graphTooltip: 1,
    refresh: '1m',
    time: { from: `now-${range}`, to: 'now' },
    links: [{ type: 'dashboards', tags: [TAG], title: 'Kaapana', asDropdown: true, keepTime: true }],
    templating: { list: variables.map(renderVariable) },
    panels: layOut(dashboard),
  };
}

function layOut({ title, rows }: Dashboard): object[] {
  const taken = new Set(rows.flatMap(({ panels }) => panels.flatMap(({ id }) => id ?? [])));
  const used = new Set<number>();
  let next = 0;
  const number = (wanted?: number): number => {
    if (wanted === undefined)
      do next += 1;
      while (taken.has(next));
    const id = wanted ?? next;
    if (used.has(id)) throw new Error(`dashboard ${title}: two panels have the number ${id}`);
    used.add(id);
    return id;
  };
  let y = 0;
  return rows.flatMap((row) => {
    const heading = {
      id: number(),
      type: 'row',
      title: row.title,
      collapsed: false,
      panels: [],
      gridPos: { x: 0, y: y++, w: COLUMNS, h: 1 },
    };
    let x = 0;
    let tallest = 0;
    const panels = row.panels.map((panel) => {
      const { width = 12, height = 8 } = panel;
      if (x + width > COLUMNS) {
        x = 0;
        y += tallest;
        tallest = 0;
      }
      const rendered = renderPanel(panel, { id: number(panel.id), gridPos: { x, y, w: width, h: height } });
      x += width;
      tallest = Math.max(tallest, height);
      return rendered;
    });
    y += tallest;
    return [heading, ...panels];
  });
}

function renderVariable({ name, label, values, logLabel }: Variable): object {
  if (values === undefined && logLabel === undefined)
    return { name, label, type: 'textbox', query: '', current: { text: '', value: '' } };
  return {
    name,
    label,
    type: 'query',
    datasource: logLabel === undefined ? PROMETHEUS : LOKI,
    query:
      logLabel === undefined ? { query: values, refId: name } : { label: logLabel, refId: name, stream: '', type: 1 },
    refresh: 2,
    sort: 1,
    includeAll: true,
    multi: true,
    allValue: '.+',
    current: { text: ['All'], value: ['$__all'] },
  };
}
