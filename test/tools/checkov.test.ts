import * as fs from 'node:fs';
import { pythonProblem } from '../../tools/checkov';
import { VERSIONS } from '../../tools/versions';

test.each([
  [undefined, false, 'Python was not found, and checkov, which tests use, runs on it'],
  ['3.9.18', true, 'Python 3.9.18 is too old for checkov, which tests use'],
  ['3.12.1', false, 'Python 3.12.1 has no pip, and checkov, which tests use, is installed by it'],
])('Python %s, pip %s: it is said what is missing', (found, hasPip, wrong) => {
  expect(pythonProblem(found, hasPip)).toBe(
    `${wrong}: install Python 3.10 or newer with pip, put it on PATH as python3 and run the same command again.`,
  );
});

test.each(['3.10.0', '3.11.7', '3.13.0'])('Python %s with pip will do', (found) => {
  expect(pythonProblem(found, true)).toBeUndefined();
});

test('its version is pinned, and every library has its hashes', () => {
  const entries = fs.readFileSync('tools/checkov/requirements.txt', 'utf8').split(/\n(?=\S)/);
  expect(entries.filter((entry) => !/^[\w.-]+==\S+[^\n]* \\\n +--hash=sha256:/.test(entry))).toEqual([]);
  expect(entries.some((entry) => entry.startsWith(`checkov==${VERSIONS.checkov} `))).toBe(true);
});
