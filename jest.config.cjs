'use strict';

/** Unit tests; the integration tests (test/integration) run on a control plane of their own. */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/integration/'],
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }],
    '\\.(rego|conf|toml|cfg|tmpl|sh|txt)$': '<rootDir>/test/text-transform.cjs',
  },
  // A slow machine is no failure.
  testTimeout: 60_000,
  moduleFileExtensions: ['ts', 'js', 'cjs', 'json', 'node'],
};
