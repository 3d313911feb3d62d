'use strict';

/** The gate: suites on a real node, one after the other, as each takes the whole machine. They need root. */
module.exports = {
  ...require('../../jest.config.cjs'),
  rootDir: '../..',
  roots: ['<rootDir>/test/gate'],
  testMatch: ['**/*.gate.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  maxWorkers: 1,
  testTimeout: 120_000,
};
