import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { OperatorError } from '../base/operator-error';

/**
 * Runs `pulumi` with `input` at its standard input: what stands on a command line, every process of the machine can
 * read.
 *
 * @returns what it prints
 * @throws OperatorError when it cannot be started, or fails
 */
export function pulumi(args: readonly string[], input?: string): string {
  const { status, error, stderr, stdout } = spawnSync('pulumi', [...args, '--non-interactive'], {
    input,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  if (error) throw notStarted(error);
  if (status !== 0) throw new OperatorError(`pulumi ${args.slice(0, 2).join(' ')} failed: ${stderr.trim()}`);
  return stdout;
}

/** A stack, as `pulumi stack ls` tells of it. */
export interface Stack {
  readonly name: string;

  /** @default - never */
  readonly lastUpdate?: string;

  /** @default - nothing was ever deployed */
  readonly resourceCount?: number;
}

/** The stacks of this project where Pulumi is logged in, by name. */
export function stacks(): Map<string, Stack> {
  return new Map(
    (JSON.parse(pulumi(['stack', 'ls', '--json'])) as Stack[]).map((stack) => [stack.name.replace(/^.*\//, ''), stack]),
  );
}

/** One of the events that the engine reports; only what is read here. */
export interface EngineEvent {
  readonly diagnosticEvent?: { readonly message: string; readonly severity: string };
  readonly resOutputsEvent?: { readonly planning?: boolean };
  readonly summaryEvent?: { readonly resourceChanges: Readonly<Record<string, number>> };
}

/**
 * Runs `pulumi` and hands over each event of the engine as it comes.
 *
 * @returns its exit code, and what it prints beside the events
 */
export async function pulumiEvents(
  args: readonly string[],
  onEvent: (event: EngineEvent) => void,
): Promise<{ status: number | null; stderr: string }> {
  const child = spawn('pulumi', [...args, '--json', '--non-interactive'], {
    // Without it a preview keeps all objects to its end, and prints them at once.
    env: { ...process.env, PULUMI_ENABLE_STREAMING_JSON_PREVIEW: 'true' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.startsWith('{"')) onEvent(JSON.parse(line) as EngineEvent);
    else stderr += `${line}\n`;
  });
  return new Promise((resolve, reject) => {
    child.on('error', (problem) => reject(notStarted(problem)));
    child.on('close', (status) => resolve({ status, stderr }));
  });
}

function notStarted(problem: Error): OperatorError {
  const [newest] = builtFolders();
  const own =
    newest === undefined
      ? `or build the one of this project, npm run pulumi -- version, and put its folder below ${toolFolder()} on PATH`
      : `or put the one of this project on PATH: export PATH="${newest}:$PATH"`;
  return new OperatorError(`pulumi cannot be started (${problem.message}); install it, ${own}`);
}

/** Where this project's tools are built (tools/paths.ts). */
function toolFolder(): string {
  const { KAAPANA_CACHE: own, XDG_CACHE_HOME: shared = join(homedir(), '.cache') } = process.env;
  return resolve(own ?? join(shared, 'kaapana'), 'tools');
}

/** Folders with a Pulumi that this project built, the newest first. */
function builtFolders(): string[] {
  const folder = toolFolder();
  const built = (existsSync(folder) ? readdirSync(folder) : [])
    .map((name) => join(folder, name))
    .filter((path) => existsSync(join(path, 'pulumi')));
  return built.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
}
