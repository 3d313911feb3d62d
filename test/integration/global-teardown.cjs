'use strict';

/** Ends the control planes of this test run and deletes what they kept. */
module.exports = () => require('../../bin/load.cjs')('tools/test-environment.ts').stopTestEnvironments();
