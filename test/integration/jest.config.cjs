'use strict';

/** Integration tests: one after the other, on a control plane that this run starts and ends. */
module.exports = {
  ...require('../../jest.config.cjs'),
  rootDir: '../..',
  roots: ['<rootDir>/test/integration'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/test/integration/global-setup.cjs',
  globalTeardown: '<rootDir>/test/integration/global-teardown.cjs',
  testTimeout: 300_000,
};
