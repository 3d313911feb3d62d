import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse, stringify } from 'yaml';
import type { Result } from '../../cli/support';

/**
 * A folder with this project's settings and a program that deploys nothing, where the real Pulumi has a state of its
 * own.
 */
export class Project {
  public readonly folder = mkdtempSync(join(tmpdir(), 'kaapana-project-'));
  public readonly env: NodeJS.ProcessEnv;

  constructor() {
    const state = join(this.folder, 'state');
    mkdirSync(state);
    this.env = {
      ...process.env,
      PWD: this.folder,
      PULUMI_BACKEND_URL: `file://${state}`,
      PULUMI_CONFIG_PASSPHRASE: 'of-tests',
      PULUMI_STACK: undefined,
      KUBECONFIG: 'kubeconfig',
    };
    const project = parse(readFileSync('Pulumi.yaml', 'utf8')) as object;
    writeFileSync(join(this.folder, 'Pulumi.yaml'), stringify({ ...project, main: 'program.cjs' }));
    writeFileSync(join(this.folder, 'program.cjs'), 'module.exports = {};\n');
    symlinkSync(resolve('node_modules'), join(this.folder, 'node_modules'));
    afterAll(() => rmSync(this.folder, { recursive: true }));
  }

  /** Runs a command as it is typed into a shell. */
  public run(command: string, input = ''): Result {
    return spawnSync('sh', ['-c', command], { cwd: this.folder, env: this.env, input, encoding: 'utf8' });
  }

  /**
   * Runs a command, and gives what it prints.
   *
   * @throws with what it says, when it fails
   */
  public demand(command: string, input = ''): string {
    const { status, stdout, stderr } = this.run(command, input);
    if (status !== 0) throw new Error(`${command} failed:\n${stdout}${stderr}`);
    return stdout;
  }

  public path(file: string): string {
    return join(this.folder, file);
  }

  public read(file: string): string {
    return readFileSync(this.path(file), 'utf8');
  }

  public write(file: string, text: string): void {
    writeFileSync(this.path(file), text);
  }
}
