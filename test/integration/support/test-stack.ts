import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments, parseDocument } from 'yaml';
import type { Manifest } from '../../../src/objects/manifest';
import { writeProjectFile } from '../../../tools/project-file';
import { run, type RunResult } from '../../../tools/run';

/** Values of `kaapana:` keys, without the prefix. */
export type TestSettings = Readonly<Record<string, unknown>>;

const PROJECT = process.cwd();
const QUIET = ['--non-interactive', '--color', 'never'];

/** Settings of an environment on the embedded control plane; secrets of their own come with each test. */
export const SETTINGS: TestSettings = {
  domain: 'kaapana.example.org',
  distribution: 'embedded',
  containerRegistryUrl: 'registry.example.org/kaapana',
  serverIp: '127.0.0.1',
  totalMemory: '64Gi',
  credentials: {
    keycloakAdminPassword: 'admin-of-tests',
    minioPassword: 'minio-of-tests',
    grafanaPassword: 'grafana-of-tests',
    initPassword: 'init-of-tests',
    oidcClientSecret: 'oidc-of-tests',
    rootSecret: 'root-of-tests',
  },
};

/** A stack of its own: an environment file and a state in a folder that goes with the test run. */
export class TestStack {
  /** Folder of Pulumi's state. */
  public readonly stateDir: string;

  /** The environment file. */
  public readonly file: string;

  private readonly dir: string;

  private constructor(
    public readonly name: string,
    private readonly folder: string,
  ) {
    this.dir = path.join(path.dirname(fileURLToPath(process.env['PULUMI_BACKEND_URL'] ?? '')), 'stacks', folder);
    this.stateDir = path.join(this.dir, 'state');
    this.file = path.join(this.dir, `Pulumi.${name}.yaml`);
  }

  /** Creates the stack; its environment stands in the same folder as that of `beside`. */
  public static async create(name: string, settings: TestSettings = SETTINGS, beside?: TestStack): Promise<TestStack> {
    const stack = new TestStack(name, beside?.folder ?? name);
    stack.write(settings);
    await stack.init();
    return stack;
  }

  /** Writes the environment file, with these settings alone. */
  public write(settings: TestSettings): void {
    fs.mkdirSync(this.stateDir, { recursive: true });
    writeProjectFile(this.dir);
    fs.writeFileSync(this.file, 'config: {}\n');
    this.set(settings);
  }

  /** Makes the stack known to the state; again, where that was lost. */
  public async init(): Promise<void> {
    await this.demand(['stack', 'select', this.name, '--create']);
  }

  /** The stack of that name that was created in `folder`. */
  public static at(name: string, folder: string): TestStack {
    return new TestStack(name, folder);
  }

  /** Changes settings; `undefined` removes one. */
  public set(settings: TestSettings): void {
    const file = parseDocument(fs.readFileSync(this.file, 'utf8'));
    for (const [key, value] of Object.entries(settings)) {
      if (value === undefined) file.deleteIn(['config', `kaapana:${key}`]);
      else file.setIn(['config', `kaapana:${key}`], value);
    }
    fs.writeFileSync(this.file, file.toString());
  }

  /** Runs a command with settings that hold only meanwhile. */
  public async having<Result>(settings: TestSettings, command: () => Promise<Result>): Promise<Result> {
    const before = fs.readFileSync(this.file, 'utf8');
    this.set(settings);
    try {
      return await command();
    } finally {
      fs.writeFileSync(this.file, before);
    }
  }

  /** Deploys. */
  public up(...flags: readonly string[]): Promise<string> {
    return this.demand(['up', '--yes', '--skip-preview', '--suppress-progress', ...flags]);
  }

  /** Removes everything. */
  public destroy(): Promise<string> {
    return this.demand(['destroy', '--yes', '--skip-preview', '--suppress-progress']);
  }

  /** Starts Pulumi, with all its programs in a process group of their own. */
  public start(args: readonly string[]): { readonly ended: () => boolean; readonly kill: () => Promise<void> } {
    const child = spawn('pulumi', [...args, ...QUIET], {
      cwd: this.dir,
      env: this.env(),
      stdio: 'ignore',
      detached: true,
    });
    const ended = (): boolean => child.exitCode !== null || child.signalCode !== null;
    const kill = async (): Promise<void> => {
      const closed = once(child, 'close');
      if (child.pid !== undefined && !ended()) process.kill(-child.pid, 'SIGKILL');
      await closed;
    };
    return { ended, kill };
  }

  /** Runs Pulumi, which may fail. */
  public pulumi(
    args: readonly string[],
    options: { readonly input?: string; readonly env?: NodeJS.ProcessEnv } = {},
  ): Promise<RunResult> {
    return run('pulumi', [...args, ...QUIET], {
      cwd: this.dir,
      env: { ...this.env(), ...options.env },
      input: options.input,
    });
  }

  private env(): NodeJS.ProcessEnv {
    // As a shell says where it is; the environment's file is looked for there.
    return { ...process.env, PWD: this.dir, PULUMI_BACKEND_URL: `file://${this.stateDir}`, PULUMI_STACK: this.name };
  }

  /**
   * Runs Pulumi.
   *
   * @throws with all that it said, when it fails
   */
  public async demand(args: readonly string[], input?: string): Promise<string> {
    const { code, output } = await this.pulumi(args, { input });
    if (code !== 0) throw new Error(`pulumi ${args.join(' ')} failed:\n${output}`);
    return output;
  }

  /** Runs the `kaapana` command for this environment. */
  public kaapana(command: string, ...flags: readonly string[]): Promise<RunResult> {
    return run(process.execPath, ['bin/kaapana.cjs', command, '--env', this.file, ...flags], { cwd: PROJECT });
  }

  /** The objects of this environment, as `kaapana synth` renders them. */
  public async rendered(): Promise<Manifest[]> {
    const { stdout } = await this.kaapana('synth', '--show-secrets');
    return parseAllDocuments(stdout).map((document) => document.toJS() as Manifest);
  }

  /** Forgets the state, as a lost disk would. */
  public loseState(): void {
    fs.rmSync(this.stateDir, { recursive: true });
    fs.mkdirSync(this.stateDir);
  }
}
