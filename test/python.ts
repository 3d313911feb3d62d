import { spawnSync } from 'node:child_process';

const hasPython = spawnSync('python3', ['--version']).status === 0;

/**
 * `test` for what runs Python as Airflow does: the project needs git, Node and Go alone, so it is skipped, aloud, where
 * Python is missing.
 */
export function pythonTest(subject: string): jest.It {
  if (!hasPython) console.warn(`there is no python3 on this machine: the tests of ${subject} are skipped`);
  return hasPython ? test : test.skip;
}
