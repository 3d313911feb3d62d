'use strict';
const { TestEnvironment } = require('jest-environment-node');

/** Gives the tests of a worker, and the programs that they call, the control plane of that worker. */
module.exports = class WorkerEnvironment extends TestEnvironment {
  constructor(...options) {
    // Before the tests get their copy of it; programs that they call get this one.
    const environments = JSON.parse(process.env.KAAPANA_TEST_ENVIRONMENTS);
    for (const [name, value] of Object.entries(environments[Number(process.env.JEST_WORKER_ID) - 1])) {
      if (value === null) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
    super(...options);
  }
};
