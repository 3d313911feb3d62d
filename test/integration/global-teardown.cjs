'use strict';

/** Ends the control plane of this test run and deletes what it kept. */
module.exports = () => require('../../bin/load.cjs')('tools/test-environment.ts').stopTestEnvironment();
