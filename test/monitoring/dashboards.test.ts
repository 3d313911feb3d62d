import { dashboardFiles } from '../../constructs/monitoring/dashboards';
import { type Dashboard, renderDashboard } from '../../constructs/monitoring/dashboards/dashboard';
import { type Panel, renderPanel } from '../../constructs/monitoring/dashboards/panel';

/* eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests reach into any JSON */
type Json = any;

const NUMBER: Panel = { kind: 'number', title: 'Nodes', queries: [{ expr: 'count(kube_node_info)' }] };
const PLACE = { id: 1, gridPos: { x: 0, y: 0, w: 12, h: 8 } };
const files = dashboardFiles(['admin', 'site2-services'], { gpus: true });
const contents = files.map(({ content }) => JSON.parse(content) as Json);

function queries({ panels }: Json): string[] {
  return panels.flatMap(({ targets = [] }: Json) => targets).map(({ expr }: Json) => expr);
}

function render(rows: Dashboard['rows'], other: Partial<Dashboard> = {}): Json {
  return renderDashboard({ uid: 'test', title: 'Test', description: 'A test.', rows, ...other });
}

test('panels stand side by side until a row is full', () => {
  const { panels } = render([
    { title: 'First', panels: [{ ...NUMBER, width: 16, height: 4 }, { ...NUMBER, width: 8, height: 6 }, NUMBER] },
    { title: 'Second', panels: [NUMBER] },
  ]);
  expect(panels.map(({ gridPos: { x, y, w, h } }: Json) => [x, y, w, h])).toEqual([
    [0, 0, 24, 1],
    [0, 1, 16, 4],
    [16, 1, 8, 6],
    [0, 7, 12, 8],
    [0, 15, 24, 1],
    [0, 16, 12, 8],
  ]);
  expect(panels.map(({ id }: Json) => id)).toEqual([1, 2, 3, 4, 5, 6]);
});

test('a panel may have a number of its own, which no other gets', () => {
  const { panels } = render([{ title: 'Row', panels: [{ ...NUMBER, id: 2 }, NUMBER] }]);
  expect(panels.map(({ id }: Json) => id)).toEqual([1, 2, 3]);
  expect(() =>
    render([
      {
        title: 'Row',
        panels: [
          { ...NUMBER, id: 7 },
          { ...NUMBER, id: 7 },
        ],
      },
    ]),
  ).toThrow('dashboard Test: two panels have the number 7');
});

test('choices come from metrics, from logs, or from the user', () => {
  const { templating, time } = render([], {
    range: '7d',
    variables: [
      { name: 'node', label: 'Node', values: 'label_values(up, node)' },
      { name: 'pod', label: 'Pod', logLabel: 'pod' },
      { name: 'search', label: 'Contains' },
    ],
  });
  expect(templating.list.map(({ type, datasource }: Json) => [type, datasource?.uid])).toEqual([
    ['query', 'prometheus'],
    ['query', 'loki'],
    ['textbox', undefined],
  ]);
  expect(templating.list[0].query).toEqual({ query: 'label_values(up, node)', refId: 'node' });
  expect(time).toEqual({ from: 'now-7d', to: 'now' });
  expect(render([]).time.from).toBe('now-6h');
});

test('much may be bad, or little', () => {
  const colours = (thresholds: { warning: number; critical: number }) =>
    (renderPanel({ ...NUMBER, thresholds }, PLACE) as Json).fieldConfig.defaults.thresholds.steps.map(
      ({ color, value }: Json) => `${color} ${value}`,
    );
  expect(colours({ warning: 80, critical: 90 })).toEqual(['green null', 'orange 80', 'red 90']);
  expect(colours({ warning: 2, critical: 1 })).toEqual(['red null', 'orange 1', 'green 2']);
  expect((renderPanel(NUMBER, PLACE) as Json).fieldConfig.defaults.thresholds.steps).toEqual([
    { color: 'green', value: null },
  ]);
});

test('numbers, bars and tables show what is now; a course and logs show what was', () => {
  const targets = (panel: Panel) => (renderPanel(panel, PLACE) as Json).targets[0];
  expect(targets(NUMBER)).toMatchObject({ instant: true, refId: 'A', legendFormat: '__auto' });
  expect(targets({ ...NUMBER, kind: 'course' })).toMatchObject({ range: true });
  expect(targets({ kind: 'logs', title: 'Logs', query: '{app="x"}' })).toMatchObject({
    queryType: 'range',
    expr: '{app="x"}',
    datasource: { uid: 'loki' },
  });
  const table = renderPanel({ ...NUMBER, kind: 'table', columns: { pod: 'Pod', node: 'Node' } }, PLACE) as Json;
  expect(table.targets[0]).toMatchObject({ format: 'table', instant: true });
  expect(table.transformations[0].options).toEqual({
    includeByName: { pod: true, node: true },
    indexByName: { pod: 0, node: 1 },
    renameByName: { pod: 'Pod', node: 'Node' },
  });
});

test('words may stand for numbers, and courses on top of each other', () => {
  const words = { 0: { text: 'down', color: 'red' } };
  expect((renderPanel({ ...NUMBER, words }, PLACE) as Json).fieldConfig.defaults.mappings).toEqual([
    { type: 'value', options: words },
  ]);
  const stacking = (stacked: boolean) =>
    (renderPanel({ ...NUMBER, kind: 'course', stacked }, PLACE) as Json).fieldConfig.defaults.custom.stacking.mode;
  expect([stacking(true), stacking(false)]).toEqual(['normal', 'none']);
  expect((renderPanel({ ...NUMBER, kind: 'bars', max: 1 }, PLACE) as Json).fieldConfig.defaults).toMatchObject({
    min: 0,
    max: 1,
  });
});

test('every dashboard has an identity, a title and a place of its own', () => {
  for (const key of ['uid', 'title'] as const)
    expect(new Set(contents.map((each) => each[key])).size).toBe(contents.length);
  for (const key of ['directory', 'file', 'provider'] as const)
    expect(new Set(files.map((each) => each[key])).size).toBe(files.length);
  expect(files[0]?.file).toBe('operator-dashboard.json');
});

test('the page that the landing page takes panels from keeps its identity and their numbers', () => {
  const workloads = contents.find(({ uid }) => uid === 'adadsdasd');
  const titles = new Map(workloads.panels.map(({ id, title }: Json) => [id, title]));
  expect([72, 55, 44].map((id) => titles.get(id))).toEqual(['CPU in use', 'Memory in use', 'Network']);
});

test("the platform's own pages are about the namespaces of its instance", () => {
  for (const uid of ['kaapana-platform', 'kaapana-storage']) {
    const page = contents.find((each) => each.uid === uid);
    expect(queries(page).some((expr) => expr.includes('namespace=~"admin|site2-services"'))).toBe(true);
  }
  for (const expr of contents.flatMap(queries)) expect(expr).not.toMatch(/namespace=~?"services/);
});

test('queries use the choices of their own dashboard alone', () => {
  for (const { title, templating, panels } of contents) {
    const known = new Set<string>(templating.list.map(({ name }: Json) => name));
    const used = queries({ panels }).flatMap((expr) => [...expr.matchAll(/\$([a-z]+)\b/g)].map(([, name]) => name));
    expect([title, used.filter((name) => !known.has(name ?? ''))]).toEqual([title, []]);
    expect([title, [...known].filter((name) => !used.includes(name))]).toEqual([title, []]);
  }
});
