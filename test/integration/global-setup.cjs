'use strict';

/** Starts the control plane of this test run; tests and the programs they call find it by the environment. */
module.exports = async () => {
  const env = await require('../../bin/load.cjs')('tools/test-environment.ts').startTestEnvironment();
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
};
