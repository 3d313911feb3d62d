'use strict';

/** Integration tests: two suites at a time, each on a control plane of its worker, which this run starts and ends. */
module.exports = {
  ...require('../../jest.config.cjs'),
  rootDir: '../..',
  roots: ['<rootDir>/test/integration'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/test/integration/global-setup.cjs',
  globalTeardown: '<rootDir>/test/integration/global-teardown.cjs',
  testEnvironment: '<rootDir>/test/integration/environment.cjs',
  // A suite takes one processor, and up to two gigabytes with its control plane.
  maxWorkers: 2,
  testTimeout: 300_000,
};
