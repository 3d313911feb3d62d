import js from '@eslint/js';
import importX from 'eslint-plugin-import-x';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import tseslint from 'typescript-eslint';
import layers from './tools/layers.cjs';

const zones = [
  ...layers.forbiddenImports(),
  { target: ['./src', './constructs', './stacks'], from: './tools', except: ['./versions.ts'] },
];

/** Of Node's globals, those that scripts here use. */
const NODE_GLOBALS = [
  '__dirname',
  '__filename',
  'Buffer',
  'clearInterval',
  'clearTimeout',
  'console',
  'process',
  'setInterval',
  'setTimeout',
];

const pulumi = { group: ['@pulumi/*'], message: 'only src/pulumi knows Pulumi' };

export default tseslint.config(
  { ignores: ['node_modules/', '.cache/', 'coverage/'] },
  ...tseslint.configs.strict,
  {
    files: ['**/*.ts'],
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'import-x/order': [
        'error',
        {
          groups: ['builtin', 'external', 'parent', 'sibling', 'index'],
          alphabetize: { order: 'asc', caseInsensitive: true },
        },
      ],
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-restricted-paths': ['error', { zones, basePath: import.meta.dirname }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-restricted-imports': ['error', { patterns: [pulumi] }],
      'no-restricted-properties': [
        'error',
        { property: 'addJsonPatch', message: 'it loses fields of typed objects in silence; use typed props' },
        { property: 'toChart', message: 'objects are rendered one by one (src/objects/graph.ts)' },
      ],
    },
  },
  {
    files: ['constructs/**/*.ts', 'stacks/**/*.ts'],
    ignores: ['constructs/kube/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [pulumi],
          paths: [{ name: 'cdk8s', importNames: ['ApiObject'], message: 'custom resources are small typed classes' }],
        },
      ],
    },
  },
  // Prettier leaves comments as they are; code that is longer it has broken as far as it goes.
  { rules: { 'max-len': ['error', { code: 1000, comments: 120, ignoreUrls: true }] } },
  // What runs before TypeScript can: plain Node, with nothing but the rules of JavaScript.
  {
    files: ['**/*.cjs', '**/*.mjs'],
    rules: { ...js.configs.recommended.rules, eqeqeq: 'error', 'max-lines': ['error', { max: 300 }] },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: Object.fromEntries(NODE_GLOBALS.map((name) => [name, 'readonly'])),
    },
    rules: { strict: ['error', 'global'], '@typescript-eslint/no-require-imports': 'off' },
  },
  // Tables of cases.
  { files: ['test/**'], rules: { 'max-lines': ['error', { max: 1000 }] } },
  {
    files: ['src/pulumi/**', 'test/**', 'bench/**', 'tools/**', 'policy/**'],
    rules: { 'no-restricted-imports': 'off' },
  },
);
