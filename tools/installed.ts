import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { run } from './run';
import { fittingVersion, type Replaceable } from './versions';

/** A fitting program of the machine. */
export interface Installed {
  readonly path: string;
  readonly version: string;
}

const ASK_VERSION: Record<Replaceable, readonly string[]> = {
  pulumi: ['version'],
  kubectl: ['version', '--client', '--output=json'],
  helm: ['version', '--short'],
};

/** The first executable of that name on PATH. */
export function onPath(name: string, searchPath = process.env['PATH'] ?? ''): string | undefined {
  return searchPath
    .split(path.delimiter)
    .filter((dir) => path.isAbsolute(dir))
    .map((dir) => path.join(dir, name))
    .find(isExecutable);
}

/** The machine's own program, if its version fits. */
export async function findInstalled(name: Replaceable): Promise<Installed | undefined> {
  const found = onPath(name);
  if (found === undefined) return undefined;
  const asked = await run(found, ASK_VERSION[name], {
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: 'true' },
  });
  const said = /"gitVersion": *"([^"]+)"/.exec(asked.stdout)?.[1] ?? asked.stdout;
  const version = asked.code === 0 ? fittingVersion(name, said) : undefined;
  return version === undefined ? undefined : { path: found, version };
}

/** A program that is installed beside another one, as Pulumi's language hosts are. */
export function besides(program: string, name: string): string | undefined {
  return [path.dirname(program), path.dirname(fs.realpathSync(program))]
    .map((dir) => path.join(dir, name))
    .find(isExecutable);
}

/** A plugin that the user's own Pulumi has, complete and of exactly that version. */
export function findPlugin(program: string, version: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  const home = env['PULUMI_HOME'] ?? path.join(os.homedir(), '.pulumi');
  const folder = path.join(home, 'plugins', `${program.replace(/^pulumi-/, '')}-v${version}`);
  // Pulumi marks a plugin whose installation was cut off.
  const found = fs.existsSync(`${folder}.partial`) ? undefined : path.join(folder, program);
  return found !== undefined && isExecutable(found) ? found : undefined;
}

function isExecutable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}
