'use strict';

/** What is judged on a real node (npm run gate): one suite after the other, as they share it. */
module.exports = {
  ...require('../../jest.config.cjs'),
  rootDir: '../..',
  roots: ['<rootDir>/test/gate'],
  testMatch: ['**/*.gate.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testSequencer: '<rootDir>/test/gate/sequencer.cjs',
  maxWorkers: 1,
  testTimeout: 900_000,
};
