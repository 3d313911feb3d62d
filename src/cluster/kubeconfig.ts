import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { OperatorError } from '../base/operator-error';
import { isObject, type JsonObject, objectAt, objectsAt, textAt } from '../objects/manifest';

/** The API server cannot be asked; nothing was changed. */
export class ApiServerError extends OperatorError {}

/** Which cluster, and as whom. */
export interface Kubeconfig {
  /** Path of the kubeconfig file. @default - the files of $KUBECONFIG, else ~/.kube/config */
  readonly path?: string;

  /** Context in it. @default - its current one */
  readonly context?: string;
}

/** A cluster, user or context, and the file that it is from: its paths are relative to that one's folder. */
export interface Entry {
  readonly name: string;
  readonly value: JsonObject;
  readonly file: string;
}

/** All files together, by client-go's rules (k8s.io/client-go/tools/clientcmd, 0.33). */
export interface Merged {
  readonly files: readonly string[];
  readonly currentContext?: string;
  readonly contexts: ReadonlyMap<string, Entry>;
  readonly clusters: ReadonlyMap<string, Entry>;
  readonly users: ReadonlyMap<string, Entry>;
}

/** The files that are read, first the one whose entries win; a setting names one alone. */
export function kubeconfigFiles({ path }: Kubeconfig): readonly string[] {
  const listed = (process.env['KUBECONFIG'] ?? '').split(delimiter).filter((file) => file !== '');
  const files = path !== undefined ? [path] : listed.length > 0 ? listed : [join(homedir(), '.kube', 'config')];
  return [...new Set(files.map((file) => resolve(file.replace(/^~(?=\/)/, homedir()))))];
}

/** The files in words, for messages. */
export function calledOf(files: readonly string[]): string {
  return files.join(delimiter);
}

/**
 * What the files say. Of entries with one name the first file's is taken as a whole, and so is the first current
 * context; files of a list that are not there are passed over, as kubectl does.
 *
 * @throws ApiServerError when a file cannot be read, or none of them is there
 */
export function readKubeconfig(kubeconfig: Kubeconfig): Merged {
  const files = kubeconfigFiles(kubeconfig);
  const read = files.flatMap((file) => readFile(file, files.length > 1) ?? []);
  if (read.length === 0) throw unreadable(calledOf(files), 'none of these files is there');
  const entries = (list: string, key: string): Map<string, Entry> =>
    new Map([...read].reverse().flatMap(({ file, config }) => entriesOf(file, config, list, key)));
  return {
    files: read.map(({ file }) => file),
    currentContext: read.map(({ config }) => textAt(config['current-context']) ?? '').find((name) => name !== ''),
    contexts: entries('contexts', 'context'),
    clusters: entries('clusters', 'cluster'),
    users: entries('users', 'user'),
  };
}

interface File {
  readonly file: string;
  readonly config: JsonObject;
}

function readFile(file: string, isOneOfMany: boolean): File | undefined {
  let config: JsonObject | null | string;
  try {
    config = parse(readFileSync(file, 'utf8')) as JsonObject | null | string;
  } catch (problem) {
    if (isOneOfMany && (problem as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    // The first line says what and where; then comes the text around it, in which a token may stand.
    const [what = ''] = (problem as Error).message.split('\n');
    throw unreadable(file, what.replace(/:$/, ''));
  }
  if (config === null) return { file, config: {} };
  if (!isObject(config)) throw unreadable(file, 'it is not a mapping');
  const { kind = 'Config', apiVersion = 'v1' } = config;
  if (kind !== 'Config' || apiVersion !== 'v1')
    throw unreadable(file, 'it is of another kind than Config of the version v1');
  return { file, config };
}

function entriesOf(file: string, config: JsonObject, list: string, key: string): [string, Entry][] {
  const given = config[list] ?? [];
  if (!Array.isArray(given)) throw unreadable(file, `its "${list}" is not a list`);
  const names = new Set<string>();
  return objectsAt(given).map((entry) => {
    const name = textAt(entry.name) ?? '';
    if (names.has(name)) throw unreadable(file, `its "${list}" have the name "${name}" twice`);
    names.add(name);
    return [name, { name, value: objectAt(entry[key]), file }];
  });
}

function unreadable(file: string, why: string): ApiServerError {
  return new ApiServerError(`cannot read the kubeconfig ${file} (${why}); set kaapana:kubeconfig or KUBECONFIG`);
}

/** What `path` in an entry means: relative to the folder of its file. */
export function besideFile({ file }: Pick<Entry, 'file'>, path: string): string {
  return resolve(dirname(file), path);
}
