import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFINITIONS } from '../../constructs/extensions/catalogue';
import {
  type ExtensionDefinition,
  imagesOf,
  isMultiInstallable,
} from '../../constructs/extensions/contract/definition';
import type { Parameter } from '../../constructs/extensions/contract/parameter';

/** What Kaapana's own chart of an extension says. */
interface Fact {
  readonly name: string;
  readonly kind: string;
  readonly maturity: string;
  readonly resourceRequirement: string;
  readonly multiinstallable: boolean;
  readonly documentation: string;
  readonly sourceRelease: string;
  readonly images: readonly string[];
  readonly jobImages: readonly string[];
  readonly parameters: Readonly<
    Record<string, { readonly type: string; readonly default: unknown; readonly choices?: readonly string[] }>
  >;
}

const FACTS = JSON.parse(
  readFileSync(join(__dirname, '..', 'conformance', 'facts', 'catalog.json'), 'utf8'),
) as readonly Fact[];

/** Images that extensions share with the platform's own components. */
const SHARED = ['busybox', 'debug-container', 'minio-mirror', 'postgres-17.7-alpine', 'service-checker'];

/** What differs from the charts on purpose: `extension parameter`, `extension images` or `extension taskImages`. */
const DELIBERATE: Readonly<Record<string, string>> = {
  'total-segmentator-v2-workflow task_ids': 'the default of the chart has a model that is not among its choices',
  'kaapana-workflows-core taskImages': 'the chart names what installs its workflows, not what their tasks run',
  'dev-server-chart images': 'the facts have that of the step which they were made with',
  'mitk-flow-workflow taskImages': 'the chart that the workflow starts has it',
  'custom-registry-chart secret_scope': 'in the documentation, not in the chart',
};

function parametersOf({ parameters = {} }: ExtensionDefinition): [string, Parameter][] {
  return Object.entries(parameters);
}

test('no name stands twice, and names are in order', () => {
  const names = DEFINITIONS.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)].sort());
});

const OF_KAAPANA = DEFINITIONS.flatMap((definition) =>
  FACTS.filter(({ name }) => name === definition.name).map((fact) => ({ name: fact.name, definition, fact })),
);

describe.each(OF_KAAPANA)('$name of Kaapana', ({ definition, fact }) => {
  test('it is what the chart says', () => {
    expect(definition).toMatchObject({ kind: fact.kind, maturity: fact.maturity, hardware: fact.resourceRequirement });
    // Every run has its own.
    expect(isMultiInstallable(definition)).toBe(fact.multiinstallable || fact.kind === 'internal');
    if (fact.documentation !== '') expect(definition.documentation).toBe(fact.documentation);
    expect(definition.versions ?? ['0.6.0']).toContain(fact.sourceRelease);
  });

  test('it has the images of the chart', () => {
    const registry =
      definition.kind === 'workflow' && definition.registry !== undefined ? `${definition.registry}/` : '';
    if (!(`${definition.name} images` in DELIBERATE))
      expect(
        imagesOf(definition)
          .map((image) => `${registry}${image}`)
          .sort(),
      ).toEqual(fact.images.filter((image) => !SHARED.includes(image)).sort());
    if (!(`${definition.name} taskImages` in DELIBERATE))
      expect([...(definition.taskImages ?? [])].sort()).toEqual([...fact.jobImages].sort());
  });

  test('it has the parameters of the chart', () => {
    if (definition.kind === 'internal') return expect(fact.parameters).toEqual({}); // Operators give them, no form.
    const own = parametersOf(definition).filter(([name]) => !(`${definition.name} ${name}` in DELIBERATE));
    const known = Object.entries(fact.parameters).filter(([name]) => !(`${definition.name} ${name}` in DELIBERATE));
    expect(own.map(([name]) => name).sort()).toEqual(known.map(([name]) => name).sort());
    for (const [name, parameter] of own) {
      const chart = fact.parameters[name];
      expect(parameter.type).toBe(chart?.type === 'boolean' ? 'bool' : chart?.type);
      expect(parameter.default ?? '').toEqual(chart?.default);
      expect('choices' in parameter ? parameter.choices : undefined).toEqual(chart?.choices);
    }
  });
});

test.each(DEFINITIONS)('the parameters of $name are sound', (definition) => {
  expect(definition.name).toMatch(/^[a-z][a-z0-9-]*$/);
  for (const [, parameter] of parametersOf(definition)) {
    if (parameter.type === 'list_single') expect(parameter.choices).toContain(parameter.default);
    if (parameter.type === 'list_multi')
      expect(parameter.choices).toEqual(expect.arrayContaining([...parameter.default]));
    if (parameter.type === 'map') {
      for (const [key, value] of Object.entries({ ...parameter.default, ...parameter.example })) {
        expect(key).toMatch(parameter.form.name);
        expect(value).toMatch(parameter.form.value);
      }
    }
    if (parameter.type !== 'string') continue;
    const good = parameter.default ?? parameter.example;
    expect(good !== undefined || parameter.secret).toBeTruthy();
    if (parameter.form && good !== undefined) expect(good).toMatch(parameter.form.pattern);
  }
});

test('a name is a credential in all extensions or in none', () => {
  const secrets = new Map<string, boolean>();
  for (const [name, parameter] of DEFINITIONS.flatMap(parametersOf)) {
    const secret = parameter.type === 'string' && parameter.secret === true;
    for (const each of [name, ...(parameter.aliases ?? [])]) {
      expect({ each, secret: secrets.get(each) ?? secret }).toEqual({ each, secret });
      secrets.set(each, secret);
    }
  }
  expect(secrets.get('credentials_custom_registry_password')).toBe(true);
});

test('what differs on purpose is there', () => {
  const known = DEFINITIONS.flatMap((definition) =>
    ['images', 'taskImages', ...parametersOf(definition).map(([name]) => name)].map(
      (what) => `${definition.name} ${what}`,
    ),
  );
  expect(known).toEqual(expect.arrayContaining(Object.keys(DELIBERATE)));
});
