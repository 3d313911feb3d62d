import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LAYERS } from '../tools/layers.cjs';

/** The rules of the linter work: tools/layers.cjs is the order of the folders, and an import against it is an error. */

interface Case {
  /** Where the text would stand: a file that exists, for the rules go by its folder. */
  readonly file: string;
  readonly text: string;
  /** What it imports. */
  readonly module?: string;
}

interface Message {
  readonly ruleId: string;
  readonly message: string;
}

/** What the project's own configuration says of each text. ESLint loads it by import(), which Jest has not. */
function lint(cases: readonly Case[]): Message[][] {
  const script = `
    const { ESLint } = require('eslint');
    const cases = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
    const eslint = new ESLint();
    Promise.all(cases.map(({ file, text }) => eslint.lintText(text, { filePath: file })))
      .then((results) => process.stdout.write(JSON.stringify(results.map(([{ messages }]) => messages))));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], {
    encoding: 'utf8',
    input: JSON.stringify(cases),
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Message[][];
}

/** A statement that uses what it imports, so that nothing but the import can be wrong. */
function importing(file: string, module: string): Case {
  return { file, module, text: `import * as other from '${module}';\nexport const used = other;\n` };
}

const PATHS = 'import-x/no-restricted-paths';
const PACKAGES = 'no-restricted-imports';

const WRONG: readonly (readonly [string, Case, string])[] = [
  ['a neighbour', importing('constructs/store/minio.ts', '../flow/airflow'), PATHS],
  ['another neighbour', importing('constructs/flow/airflow.ts', '../store/minio'), PATHS],
  ['Kaapana from the vocabulary of Kubernetes', importing('constructs/kube/index.ts', '../platform/images'), PATHS],
  ['a stack from a component', importing('constructs/admin/keycloak.ts', '../../stacks/server'), PATHS],
  ['the program from a component', importing('constructs/admin/keycloak.ts', '../../src/base/operator-error'), PATHS],
  ['conflicts from settings', importing('src/settings/schema.ts', '../conflicts/conflict'), PATHS],
  ['settings from what all may use', importing('src/base/files.ts', '../settings/schema'), PATHS],
  ['a command from a report', importing('src/report/routes.ts', '../cli/check'), PATHS],
  ['Pulumi from objects', importing('src/objects/graph.ts', '@pulumi/pulumi'), PACKAGES],
  ['Pulumi from a component', importing('constructs/admin/keycloak.ts', '@pulumi/kubernetes'), PACKAGES],
  ['an untyped object', { file: 'stacks/server.ts', text: "export { ApiObject } from 'cdk8s';\n" }, PACKAGES],
  ['an unknown name into a script', { file: 'bin/run.cjs', text: "'use strict';\nunknown();\n" }, 'no-undef'],
  ['a tool from the program', importing('src/settings/schema.ts', '../../tools/run'), PATHS],
  ['a test from the program', importing('src/settings/schema.ts', '../../test/support'), PATHS],
];

const RIGHT: readonly (readonly [string, Case])[] = [
  ['a component from a stack', importing('stacks/server.ts', '../constructs/admin/keycloak')],
  ['the vocabulary from a component', importing('constructs/store/minio.ts', '../kube')],
  ['settings from conflicts', importing('src/conflicts/conflicts.ts', '../settings/schema')],
  ['a library into a script', { file: 'bin/run.cjs', text: "'use strict';\nrequire('esbuild');\n" }],
  ['Pulumi from its folder', importing('src/pulumi/deploy.ts', '@pulumi/pulumi')],
  ['the versions of the tools from the program', importing('src/bundle/tools.ts', '../../tools/versions')],
];

describe('the linter', () => {
  let said: Message[][];

  beforeAll(() => {
    said = lint([...WRONG.map(([, text]) => text), ...RIGHT.map(([, text]) => text)]);
  });

  test.each(WRONG.map(([name, text, rule], index) => ({ name, index, ...text, rule })))(
    'refuses to import $name ($file)',
    ({ index, rule }) => {
      expect(said[index]?.map(({ ruleId }) => ruleId)).toEqual([rule]);
    },
  );

  test.each(RIGHT.map(([name, text], index) => ({ name, index: WRONG.length + index, ...text })))(
    'lets import $name ($file)',
    ({ index }) => {
      expect(said[index]).toEqual([]);
    },
  );

  test('goes by files that exist: what it cannot resolve it lets pass', () => {
    const named = [...WRONG, ...RIGHT].flatMap(([, { file, module = '' }]) => [
      file,
      ...(module.startsWith('.') ? [join(dirname(file), module)] : []),
    ]);
    expect(named.filter((path) => ![path, `${path}.ts`].some(existsSync))).toEqual([]);
  });
});

test('each folder of the program has one place in the order of layers', () => {
  const folders = ['src', 'constructs'].flatMap((top) =>
    readdirSync(top, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(top, entry.name)),
  );
  const layers = LAYERS.flatMap((layer) => layer.folders);
  expect([...layers].sort()).toEqual([...folders, 'stacks'].sort());
  expect(LAYERS.every(({ duty }) => duty !== '')).toBe(true);
});
