'use strict';

/** Starts a control plane for each worker of this test run; `environment.cjs` hands it to the tests of the worker. */
module.exports = async ({ maxWorkers }) => {
  const { startTestEnvironments } = require('../../bin/load.cjs')('tools/test-environment.ts');
  const environments = await startTestEnvironments(maxWorkers);
  const changed = environments.map((env) =>
    Object.fromEntries(
      Object.entries(env)
        .filter(([name, value]) => process.env[name] !== value)
        .map(([name, value]) => [name, value ?? null]),
    ),
  );
  process.env.KAAPANA_TEST_ENVIRONMENTS = JSON.stringify(changed);
};
