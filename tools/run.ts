import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** How a program is run. */
export interface RunOptions {
  readonly cwd?: string;

  /** @default - the environment of this process */
  readonly env?: NodeJS.ProcessEnv;

  /** Written to the program's standard input. @default - nothing */
  readonly input?: string;

  /** Told every line, of both streams, as it comes. */
  readonly onLine?: (line: string) => void;
}

/** What became of a program. */
export interface RunResult {
  readonly code: number;
  readonly stdout: string;

  /** Both streams, in the order of their lines. */
  readonly output: string;
}

/** Runs a program to its end and keeps what it said. A program that cannot be started has code 127. */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const child = spawn(command, args, { cwd: options.cwd, env: options.env, stdio: 'pipe' });
  const stdout: string[] = [];
  const both: string[] = [];
  const collect = (stream: Readable, own: string[]): void => {
    createInterface({ input: stream }).on('line', (line) => {
      own.push(line);
      both.push(line);
      options.onLine?.(line);
    });
  };
  collect(child.stdout, stdout);
  collect(child.stderr, []);
  // A program that ends without reading its input is not a failure of ours.
  child.stdin.on('error', () => undefined).end(options.input ?? '');
  const release = leaveSignalsToChild();
  const code = await new Promise<number>((resolve) => {
    child.on('error', (error) => {
      both.push(error.message);
      resolve(127);
    });
    child.on('close', (exit) => resolve(exit ?? 1));
  });
  release();
  return { code, stdout: stdout.join('\n'), output: both.join('\n') };
}

/** Runs a program on this terminal and gives its exit code. */
export async function runHere(command: string, args: readonly string[], options: RunOptions = {}): Promise<number> {
  const child = spawn(command, args, { cwd: options.cwd, env: options.env, stdio: 'inherit' });
  const release = leaveSignalsToChild();
  return new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  }).finally(release);
}

/** How many programs run. */
let running = 0;

const ignore = (): void => undefined;

/** The terminal tells the program of Ctrl-C as well: it ends in its own way, and we wait for it. */
function leaveSignalsToChild(): () => void {
  if (running++ === 0) process.on('SIGINT', ignore);
  return () => {
    if (--running === 0) process.off('SIGINT', ignore);
  };
}

/** The last lines of a text. */
export function tail(text: string, lines: number): string {
  return text.trimEnd().split('\n').slice(-lines).join('\n');
}
