import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { shown } from './paths';
import { Problem } from './problem';
import { isAlive } from './processes';
import type { Report } from './progress';
import { run, type RunResult, tail } from './run';

/** What a stack is and how Pulumi is called for it. */
export interface StackOptions {
  readonly name: string;

  /** Path of the pulumi program. */
  readonly pulumi: string;

  readonly env: NodeJS.ProcessEnv;

  /** Folder of the file backend. */
  readonly stateDir: string;

  /** Folder of Pulumi.yaml. */
  readonly project: string;

  /** File that gets everything the last update said. */
  readonly log: string;
}

/** What an update did. */
export interface UpdateOutcome {
  /** Whether anything differed. */
  readonly changed: boolean;

  /** Pulumi's own count: `3 created, 120 unchanged`. */
  readonly counts: string;
}

interface Lock {
  readonly pid: number;
  readonly hostname: string;
}

const PLAIN = ['--non-interactive', '--color', 'never'];
const ERROR_LINES = 40;

/** A Pulumi stack in a file backend of this machine. */
export class Stack {
  constructor(private readonly options: StackOptions) {}

  /** Creates the stack unless it exists; gives what was done. */
  public async ensure(): Promise<'created' | 'found' | 'found, lock of a dead update removed'> {
    if (this.files('stacks').some((file) => path.basename(file).startsWith(`${this.options.name}.json`))) {
      return (await this.unlock()) ? 'found, lock of a dead update removed' : 'found';
    }
    await this.demand(['stack', 'select', this.options.name, '--create'], 'The stack could not be created');
    return 'created';
  }

  /** Deploys the program. */
  public async up(report: Report): Promise<UpdateOutcome> {
    let done = 0;
    const watch = (line: string): void => {
      const object = /^ *[+~-]+ +kubernetes:\S+:(\S+ \S+) (?:created|updated|deleted|replaced)\b/.exec(line)?.[1];
      if (object) report(`${++done} objects done, last ${object}`);
    };
    const args = ['up', '--yes', '--skip-preview', '--suppress-progress', '--stack', this.options.name];
    const { code, output } = await this.pulumi(args, watch);
    fs.writeFileSync(this.options.log, output, { mode: 0o600 });
    if (code !== 0) {
      throw new Problem(
        `${diagnostics(output)}\n\nThe deployment failed; everything pulumi said is in ${shown(this.options.log)}. ` +
          'Mend the cause and run "npm start" again: it goes on where it stopped. "npm run reset" starts over.',
      );
    }
    return outcome(output);
  }

  /** How many Kubernetes objects the stack holds. */
  public async objects(): Promise<number> {
    const { stdout } = await this.demand(
      ['stack', 'export', '--stack', this.options.name],
      'The state could not be read',
    );
    const { deployment } = JSON.parse(stdout) as { deployment: { resources?: { type: string; custom?: boolean }[] } };
    return (deployment.resources ?? []).filter(({ type, custom }) => custom && type.startsWith('kubernetes:')).length;
  }

  /** Removes the locks of updates that were killed; refuses to touch a living one. */
  private async unlock(): Promise<boolean> {
    const locks = this.files('locks').filter((file) => file.endsWith('.json'));
    const mine = locks.filter((file) => path.basename(path.dirname(file)) === this.options.name);
    for (const file of mine) {
      const { pid, hostname } = JSON.parse(fs.readFileSync(file, 'utf8')) as Lock;
      if (hostname === os.hostname() && !isAlive(pid)) continue;
      throw new Problem(
        `Another update of the stack ${this.options.name} is under way (process ${pid} on ${hostname}): ` +
          'wait until it ends, or end it and run "npm start" again.',
      );
    }
    if (mine.length === 0) return false;
    await this.demand(
      ['cancel', '--yes', '--stack', this.options.name],
      'The lock of a dead update could not be removed',
    );
    return true;
  }

  private async demand(args: readonly string[], failure: string): Promise<RunResult> {
    const result = await this.pulumi(args);
    if (result.code !== 0) {
      throw new Problem(
        `${failure}; mend what pulumi says, or start over with "npm run reset":\n${tail(result.output, 10)}`,
      );
    }
    return result;
  }

  private pulumi(args: readonly string[], onLine?: (line: string) => void): Promise<RunResult> {
    const { pulumi, project, env } = this.options;
    return run(pulumi, [...args, ...PLAIN], { cwd: project, env, onLine });
  }

  private files(kind: 'stacks' | 'locks'): string[] {
    const dir = path.join(this.options.stateDir, '.pulumi', kind);
    if (!fs.existsSync(dir)) return [];
    return fs.readdirSync(dir, { recursive: true, encoding: 'utf8' }).map((file) => path.join(dir, file));
  }
}

/** The part of Pulumi's output that says what went wrong. */
export function diagnostics(output: string): string {
  const [, after] = output.split(/^Diagnostics:$/m);
  const [part = ''] = (after ?? output).split(/^(?:Outputs|Resources):$/m);
  return tail(part, ERROR_LINES);
}

/** What the summary at the end of Pulumi's output counts. */
export function outcome(output: string): UpdateOutcome {
  const [, after = ''] = output.split(/^Resources:$/m);
  const [section = ''] = after.split(/^Duration:/m);
  // "7 changes" is a sum, not a kind.
  const counts = [...section.matchAll(/\d+ (?!changes?\b)[a-z]+/g)].map(([count]) => count);
  return { changed: counts.some((count) => !count.endsWith(' unchanged')), counts: counts.join(', ') };
}
