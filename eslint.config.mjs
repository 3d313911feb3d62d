import importX from 'eslint-plugin-import-x';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import tseslint from 'typescript-eslint';

/** Nobody imports from the folders to the right: constructs/kube <- constructs <- stacks <- src/tree <- src/index. */
const zones = [
  { target: './constructs/kube', from: './constructs', except: ['./kube'] },
  { target: './constructs', from: ['./stacks', './src', './tools', './test'] },
  { target: './stacks', from: ['./src', './tools', './test'] },
  { target: './src', from: ['./test', './bench'] },
  { target: './src', from: './tools', except: ['./versions.ts'] },
  { target: './src/settings', from: ['./src/bridge', './src/render', './src/cli', './stacks', './src/tree.ts', './src/index.ts'] },
  { target: './src/bridge', from: ['./src/render', './src/cli', './stacks', './src/tree.ts', './src/index.ts', './src/settings'] },
  { target: './src/findings', from: ['./constructs', './src'], except: ['./findings'] },
  { target: './src/render', from: ['./src/cli', './stacks', './src/index.ts'] },
];

const pulumi = { group: ['@pulumi/*'], message: 'only src/index.ts, src/settings and src/bridge know Pulumi' };

export default tseslint.config(
  { ignores: ['node_modules/', '.cache/', 'coverage/', '**/*.cjs', '**/*.mjs'] },
  ...tseslint.configs.strict,
  {
    files: ['**/*.ts'],
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-restricted-paths': ['error', { zones, basePath: import.meta.dirname }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-restricted-imports': ['error', { patterns: [pulumi] }],
      'no-restricted-properties': ['error',
        { property: 'addJsonPatch', message: 'it loses fields of typed objects in silence; use typed props' },
        { property: 'toChart', message: 'objects are rendered one by one (src/bridge/graph.ts)' }],
    },
  },
  {
    files: ['constructs/**/*.ts', 'stacks/**/*.ts'],
    ignores: ['constructs/kube/**'],
    rules: {
      'no-restricted-imports': ['error', {
        patterns: [pulumi],
        paths: [{ name: 'cdk8s', importNames: ['ApiObject'], message: 'custom resources are small typed classes' }],
      }],
    },
  },
  { files: ['src/index.ts', 'src/settings/**', 'src/bridge/**', 'test/**', 'bench/**', 'tools/**', 'policy/**'], rules: { 'no-restricted-imports': 'off' } },
);
