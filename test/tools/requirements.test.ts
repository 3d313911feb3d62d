import { buildProblem, diskProblem, goProblem, neededGo } from '../../tools/requirements';
import { folder } from './support';

test('the newest of the go lines is needed', () => {
  const modules = ['1.24.0', '1.25.11', '1.9'].map((version) => folder({ 'go.mod': `module x\n\ngo ${version}\n` }));
  expect(neededGo(modules)).toBe('1.25.11');
});

test('Go that is missing or too old is one sentence with the remedy', () => {
  expect(goProblem(undefined, '1.25.11')).toBe(
    'Go was not found, and the pinned tools are built with it: install Go 1.25.11 or newer, put it on PATH and run the same command again.',
  );
  expect(goProblem('1.24.3', '1.25.11')).toMatch(/^Go 1\.24\.3 is too old .*: install Go 1\.25\.11 or newer/);
});

test.each(['1.25.11', '1.26.0', '1.26rc1', '1.27.1 X:nodwarf5'])('Go %s is new enough', (version) => {
  expect(goProblem(version, '1.25.11')).toBeUndefined();
});

test('a full disk is one sentence with the remedy', () => {
  expect(diskProblem(9 * 1024 ** 3, '/cache')).toBeUndefined();
  expect(diskProblem(2.5 * 1024 ** 3, '/cache')).toBe(
    'Only 2.5 GB are free where /cache lies, and building the tools takes up to 8 GB: make room, or set KAAPANA_CACHE, GOCACHE and GOMODCACHE to a larger disk.',
  );
});

test.each([
  'go: dial tcp: lookup goproxy.test: no such host',
  'go: x@v1: Get "https://goproxy.test/x": dial tcp 10.0.0.1:443: i/o timeout',
  'go: module lookup disabled by GOPROXY=off',
])('a missing network is told from a failure to compile: %s', (line) => {
  expect(buildProblem('helm', line)).toMatch(
    /^The Go modules of helm could not be downloaded: check the network, or set GOPROXY/,
  );
  expect(buildProblem('helm', 'undefined: foo')).toMatch(/^Building helm failed/);
});
