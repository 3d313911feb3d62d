import { Problem } from './problem';
import { run, tail } from './run';

/**
 * Installs the Debian packages that are missing on this machine.
 *
 * @returns the packages that were installed now
 * @throws Problem if some are missing and cannot be installed: without Debian, without root, without a mirror
 */
export async function requirePackages(names: readonly string[]): Promise<readonly string[]> {
  const missing = await missingPackages(names);
  if (missing.length === 0) return [];
  const list = missing.join(' ');
  if (process.getuid?.() !== 0) throw new Problem(installProblem(list, 'this is not root'));
  // Without "-o", a mirror that cannot be reached is only a warning.
  const updated = await run('apt-get', ['update', '-qq', '-o', 'APT::Update::Error-Mode=any']);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const installed = await run('apt-get', ['install', '-qqy', '--no-install-recommends', ...missing], { env });
  if (installed.code !== 0) {
    const said = updated.code === 0 ? installed.output : updated.output;
    throw new Problem(installProblem(list, `apt-get says: ${tail(said, 3)}`));
  }
  return missing;
}

/** Which of the packages are not installed. */
export async function missingPackages(names: readonly string[]): Promise<readonly string[]> {
  const { code, stdout, output } = await run('dpkg-query', ['-W', '-f', '${Package} ${Status}\\n', ...names]);
  if (code === 127) throw new Problem(installProblem(names.join(' '), `there is no dpkg-query here (${output})`));
  return notInstalled(names, stdout);
}

/** The names that dpkg-query does not say to be installed, in lines of `<package> <want> <error> <status>`. */
export function notInstalled(names: readonly string[], said: string): readonly string[] {
  const installed = new Set(
    said.split('\n').flatMap((line) => (/ ok installed$/.exec(line) ? [line.split(' ')[0]] : [])),
  );
  return names.filter((name) => !installed.has(name));
}

function installProblem(packages: string, reason: string): string {
  return `Debian packages are missing and cannot be installed, as ${reason}; on Debian, as root, run: apt-get install ${packages}`;
}
