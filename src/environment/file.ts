import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { PREFIX } from '../base/keys';
import { OperatorError } from '../base/operator-error';
import { HowTo } from '../findings/how-to';
import { nameIn } from '../settings/aliases';
import { canonicalKey, type Keys, sortKeys } from '../settings/keys';
import { parseAsPulumi } from '../settings/pulumi-yaml';

/** The keys of an environment file. */
export interface EnvironmentFile extends Keys {
  /** Name of the environment. */
  readonly environment: string;

  /** Folder with the other environments. */
  readonly directory: string;

  /** Path of the file. @default - Pulumi has read it */
  readonly file?: string;
}

/**
 * Reads the environment `nameOrPath`: `dev` for `Pulumi.dev.yaml` in `directory`, or any file in that format.
 *
 * @throws OperatorError when there is no such file, or it is no environment
 */
export function readEnvironment(nameOrPath: string, directory: string): EnvironmentFile {
  const named = join(directory, `Pulumi.${nameOrPath}.yaml`);
  const isName = /^[\w.-]+$/.test(nameOrPath) && existsSync(named);
  const file = isName ? named : resolve(directory, nameOrPath);
  if (!existsSync(file)) {
    throw new OperatorError(
      `there is no environment "${nameOrPath}", and no file of that name. Environments here: ${environmentsIn(directory).join(', ') || 'none'}`,
    );
  }
  const environment = isName ? nameOrPath : nameOf(file);
  return { environment, ...sortKeys(configOf(read(file), file)), directory: dirname(file), file };
}

/**
 * How its mistakes are mended. A file that Pulumi would not find by the name of the stack is named.
 *
 * @param from where the commands are run
 */
export function howToMend(
  { environment, file, raw }: Pick<EnvironmentFile, 'environment' | 'file' | 'raw'>,
  from = process.cwd(),
): HowTo {
  const isFound = file === undefined || file === resolve(from, `Pulumi.${environment}.yaml`);
  return new HowTo(environment, isFound ? undefined : relative(from, file), (key) => nameIn(raw, key));
}

/** Names of the environments in `directory`, in order. */
export function environmentsIn(directory: string): string[] {
  return readdirSync(directory)
    .flatMap((name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1] ?? [])
    .sort();
}

/** The name of an environment is the value of a label on its objects. */
function nameOf(file: string): string {
  const name = basename(file)
    .replace(/^Pulumi\.|\.ya?ml$/g, '')
    .replace(/[^\w.-]+/g, '-')
    .slice(0, 63);
  return name.replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '') || 'unnamed';
}

function read(file: string): unknown {
  try {
    return parseAsPulumi(readFileSync(file, 'utf8'));
  } catch (problem) {
    // The first line says what and where; then comes the text around it, in which secrets may stand.
    const [what = ''] = (problem as Error).message.split('\n');
    throw new OperatorError(`${file} cannot be read: ${what.replace(/:$/, '')}`);
  }
}

function configOf(content: unknown, file: string): Readonly<Record<string, unknown>> {
  const config = typeof content === 'object' && content !== null && 'config' in content ? content.config : undefined;
  if (typeof config !== 'object' || config === null || Array.isArray(config)) {
    throw new OperatorError(
      `${file} is not an environment: it has no section "config:" with keys like "${PREFIX}domain"`,
    );
  }
  const keys = Object.keys(config).map(canonicalKey);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined)
    throw new OperatorError(`${file} has ${twice} twice, written in two ways, and Pulumi takes either; remove one`);
  return config as Readonly<Record<string, unknown>>;
}
