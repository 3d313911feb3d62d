import { Problem } from './problem';
import type { Report } from './progress';
import { run, tail } from './run';

const ERROR_LINES = 5;

/**
 * Installs Debian packages that are missing on this machine.
 *
 * @throws Problem without apt or without root, or if a package cannot be installed
 */
export async function requirePackages(packages: readonly string[], report: Report): Promise<void> {
  const missing = await missingPackages(packages);
  if (missing.length === 0) return;
  const remedy = `install them with "apt-get install ${missing.join(' ')}" and run the same command again.`;
  if (process.getuid?.() !== 0) throw new Problem(`Packages of this machine are missing: ${remedy}`);
  report(`installing ${missing.join(', ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' };
  for (const args of [['update'], ['install', '--yes', '--no-install-recommends', ...missing]]) {
    // Another process may be installing: its end is waited for.
    const options = ['--quiet', '--option', 'DPkg::Lock::Timeout=300'];
    const { code, output } = await run('apt-get', [...options, ...args], { env });
    if (code !== 0) {
      throw new Problem(
        `Packages of this machine are missing, and apt-get failed: ${remedy}\n${tail(output, ERROR_LINES)}`,
      );
    }
  }
}

/** Those of `packages` that are not installed. */
async function missingPackages(packages: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await run('dpkg-query', [
    '--show',
    '--showformat',
    '${Package} ${db:Status-Status}\\n',
    ...packages,
  ]);
  const installed = new Set(
    stdout.split('\n').flatMap((line) => (line.endsWith(' installed') ? [line.split(' ')[0] ?? ''] : [])),
  );
  return packages.filter((name) => !installed.has(name));
}
