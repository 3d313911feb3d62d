import { meansDev } from '../../tools/pulumi';
import { tallyOf } from '../../tools/test';

test.each([
  [['preview', '--diff'], {}],
  [['up', '--stack', 'dev'], {}],
  [['stack', 'ls'], {}],
  [['stack', 'select', 'dev'], {}],
])('pulumi %j works on the embedded control plane', (args, env) => {
  expect(meansDev(args, env)).toBe(true);
});

test.each([
  [['up', '--stack', 'prod'], {}],
  [['up', '--stack=prod'], {}],
  [['config', 'set', '-s', 'prod', 'kaapana:domain', 'x'], {}],
  [['stack', 'init', '--copy-config-from', 'prod'], { PULUMI_STACK: 'prod' }],
  [['stack', 'init', 'prod'], {}],
  [['login', 'file://state'], {}],
  [['up'], { PULUMI_STACK: 'prod' }],
])('pulumi %j %j leaves the embedded control plane alone', (args, env) => {
  expect(meansDev(args, env)).toBe(false);
});

test('a suite that did not run, and a jest that failed by itself, count as failures', () => {
  const result = { numPassedTests: 3, numFailedTests: 0, numRuntimeErrorTestSuites: 0 };
  expect(tallyOf(result, 0)).toEqual({ passed: 3, failed: 0 });
  expect(tallyOf({ ...result, numFailedTests: 1, numRuntimeErrorTestSuites: 1 }, 1)).toEqual({ passed: 3, failed: 2 });
  expect(tallyOf(result, 1)).toEqual({ passed: 3, failed: 1 });
});
