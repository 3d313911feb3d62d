import { describeChart, type ThirdPartyDescription } from '../../src/charts/chart';
import { type Chosen, chooseValues, type GivenValues } from '../../src/charts/choose';
import { formatPath, parsePath } from '../../src/charts/value-path';

/** Values that somebody gives to a chart: written as for helm, of the type that the chart has. */

const CHART = 'apiVersion: v2\nname: portal\nversion: 1.0.0\n';

function chart(files: Readonly<Record<string, string>>): ThirdPartyDescription {
  const all = { 'Chart.yaml': CHART, ...files };
  const { chart: described, problems } = describeChart({
    files: new Map(Object.entries(all).map(([path, text]) => [path, Buffer.from(text)])),
  });
  expect(problems).toEqual([]);
  return described;
}

const PORTAL = chart({
  'Chart.yaml': `${CHART}dependencies:\n- {name: store, alias: db, version: 1.x.x, repository: ""}\n- {name: store, alias: cache, version: 1.x.x, repository: ""}\n`,
  'values.yaml': `tag: "1.10"
workers: 3
share: 0.5
verbose: no
note:
probe: {delaySeconds: 30, path: /}
nodeSelector: {}
tolerations: []
args: [serve, --fast]
ports: [8080, 8443]
hosts: [{name: a.example.org, paths: [/]}]
podLabels: {team: imaging}
global: {zone: north}
db: {tag: "15.2"}
extension_params:
  mode: {type: list_multi, default: [a], value: [a, b]}
  title: {type: string, default: ""}
`,
  'templates/a.yaml': '{{ toYaml .Values.podLabels }} {{ .Values.extra.flag }} {{ .Values.probe.delaySeconds }}',
  'charts/store/Chart.yaml': 'apiVersion: v2\nname: store\nversion: 1.0.0\n',
  'charts/store/values.yaml': 'tag: "15.1"\nsize: 8\nauth: {enabled: true}\nglobal: {shared: ""}\n',
});

function choose(given: Partial<GivenValues>, of = PORTAL): Chosen {
  return chooseValues(of, { set: [], secret: [], ...given });
}

test.each<[string, string, Readonly<Record<string, unknown>>]>([
  ['a text stays one where the chart has one', 'tag=1.20', { tag: '1.20' }],
  ['a number', 'workers=12', { workers: 12 }],
  ['a number with a fraction', 'share=0.75', { share: 0.75 }],
  ['a switch that the chart writes as no', 'verbose=true', { verbose: true }],
  ['a number where the chart has nothing', 'note=7', { note: 7 }],
  ['a text where the chart has nothing', 'note=07', { note: '07' }],
  ['a word where the chart has nothing', 'note=false', { note: false }],
  ['nothing takes the value of the chart away', 'probe=null', { probe: null }],
  ['a value in a group', 'probe.delaySeconds=90', { 'probe.delaySeconds': 90 }],
  ['any key of an empty group', 'nodeSelector.disk=ssd', { 'nodeSelector.disk': 'ssd' }],
  [
    'a key with a dot',
    String.raw`nodeSelector.example\.org/disk=ssd`,
    { [String.raw`nodeSelector.example\.org/disk`]: 'ssd' },
  ],
  ['any key of a group that templates take as a whole', 'podLabels.stage=trial', { 'podLabels.stage': 'trial' }],
  ['a value that templates alone name', 'extra.flag=on', { 'extra.flag': 'on' }],
  ['several at once', 'workers=1,tag=2', { workers: 1, tag: '2' }],
  ['a comma that belongs to a value', String.raw`tag=a\,b=c`, { tag: 'a,b=c' }],
  ['an equals sign that belongs to a value', 'tag=a=b', { tag: 'a=b' }],
  ['a list', 'args={serve,--slow}', { args: ['serve', '--slow'] }],
  ['a list of numbers', 'ports={80,443}', { ports: [80, 443] }],
  ['an empty list', 'args={}', { args: [] }],
  ['an item of an empty list', 'tolerations[0].key=gpu', { tolerations: [{ key: 'gpu' }] }],
  [
    'items of a list that is not there',
    'tolerations[1].key=b,tolerations[0].key=a',
    { tolerations: [{ key: 'a' }, { key: 'b' }] },
  ],
  ['a value of a chart in it, by its alias', 'cache.size=16', { 'cache.size': 16 }],
  ['a value of a chart in it, over that of the outer one', 'db.tag=16', { 'db.tag': '16' }],
  ['a global', 'global.zone=7', { 'global.zone': '7' }],
  ['a global of a chart in it', 'global.shared=7', { 'global.shared': '7' }],
  ['a parameter with commas', 'mode=a,b', { mode: ['a', 'b'] }],
  ['a parameter that is a text', 'title=7', { title: '7' }],
])('%s: --set %s', (_, set, values) => {
  const { values: found, problems } = choose({ set: [set] });
  expect(problems).toEqual([]);
  expect(found).toEqual(values);
});

test.each<[string, string, RegExp]>([
  ['a typing error', 'wokers=3', /^"wokers" is neither a parameter nor a value of the chart\. Did you mean workers\?$/],
  ['a typing error in a group', 'probe.delay=3', /^"probe\.delay" is neither/],
  ['a name that an alias replaces', 'store.size=1', /^"store\.size" is neither .* nearest are cache\.size/],
  ['a text for a number', 'workers=many', /^workers: "many" is not a number, as the chart's 3 is; --set-string/],
  ['a number for a switch', 'verbose=1', /^verbose: "1" is neither true nor false$/],
  ['a text for a list', 'args=serve', /^args: it is a list: write \{a,b\}/],
  ['a text for a group', 'probe=x', /^probe: it is a group of values/],
  ['half a pair', 'workers=1,tag', /"tag" is not of the form key=value; a comma that belongs to a value/],
  ['no path', 'probe..path=1', /is not a path such as/],
  ['a prototype', '__proto__.x=1', /is neither a parameter nor a value/],
  ['a list without end', 'tolerations[99999999]=1', /is not a path such as/],
])('%s is refused: --set %s', (_, set, problem) => {
  expect(choose({ set: [set] }).problems).toEqual([expect.stringMatching(problem)]);
});

test('a text is forced by --set-string', () => {
  expect(choose({ setString: ['workers=many,note=7'] })).toMatchObject({
    problems: [],
    values: { workers: 'many', note: '7' },
  });
});

test('an item given to a list takes the place of the whole list, and that is said', () => {
  const { values, notes } = choose({ set: ['hosts[0].name=b.example.org'] });
  expect(values).toEqual({ hosts: [{ name: 'b.example.org' }] });
  expect(notes).toEqual(["hosts: takes the place of the chart's whole list of 1, as with Helm"]);
});

test('a schema decides over the type of the default', () => {
  const of = chart({
    'values.yaml': 'port: http\nsize: 1\nany: 1\nmode: x\n',
    'values.schema.json': JSON.stringify({
      $ref: '#/definitions/all',
      definitions: {
        all: {
          properties: {
            port: { type: ['integer', 'string'] },
            size: { type: 'string' },
            any: { anyOf: [{ type: 'integer' }, { type: 'string' }] },
            limit: { type: 'integer' },
            mode: { type: 'boolean' },
          },
        },
      },
    }),
  });
  expect(choose({ set: ['size=2,any=25%,limit=3'] }, of)).toMatchObject({
    problems: [],
    values: { size: '2', any: '25%', limit: 3 },
  });
  expect(choose({ set: ['mode=x'] }, of).problems).toEqual([
    'mode: "x" is not of the type boolean, which the chart\'s schema asks for',
  ]);
});

describe('files of values', () => {
  const file = (text: string): Chosen => choose({ values: [{ name: 'ours.yaml', text }] });

  test('are merged, and yield to --set', () => {
    const values = [
      { name: 'a.yaml', text: 'workers: 1\nprobe: {delaySeconds: 5}\nmode: [b]\n' },
      { name: 'b.yaml', text: 'probe: {path: /x}\ntolerations: [{key: gpu}]\nverbose: yes\n' },
    ];
    expect(choose({ values, set: ['workers=2'] }).values).toEqual({
      workers: 2,
      'probe.delaySeconds': 5,
      'probe.path': '/x',
      mode: ['b'],
      tolerations: [{ key: 'gpu' }],
      verbose: true,
    });
  });

  test.each<[string, string, RegExp]>([
    ['no YAML', 'a: [', /^ours\.yaml is not YAML/],
    ['a list', '- a', /must be a mapping/],
    ['two documents', 'workers: 1\n---\nworkers: 2\n', /more than one document/],
    ['descriptions of parameters', 'extension_params: {mode: {default: [b]}}', /write <parameter>: <value> instead/],
    ['a choice that is none', 'mode: [c]', /"c" is not one of a, b/],
  ])('%s is refused', (_, text, problem) => {
    expect(file(text).problems).toEqual([expect.stringMatching(problem)]);
  });

  test('what nothing reads, and what stands twice, is said', () => {
    expect(file('wokers: 1\nwokers: 2\n').notes).toEqual([
      'ours.yaml: wokers stands twice in one group; the last one holds',
      expect.stringMatching(/^ours\.yaml: "wokers" is neither/),
    ]);
  });
});

test('what was chosen before is kept as it is, and yields to what is chosen now', () => {
  const before = { tag: '2', workers: 5, mode: ['b'], 'probe.path': '/x' };
  expect(choose({ before }).values).toEqual(before);
  expect(choose({ before, set: ['tag=3'] }).values).toEqual({ ...before, tag: '3' });
});

test.each(['a', 'a.b', 'a[0].b', 'a[1][2]', String.raw`a.b\.c/d.e`, String.raw`a\[0\]`])('the path %s', (text) => {
  expect(formatPath(parsePath(text) ?? [])).toBe(text);
});
