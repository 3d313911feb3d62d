import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'yaml';
import { apiAnswers } from './api-server';
import { COMPONENTS, controlPlaneConfig, PORT_NAMES, simulatedNode } from './control-plane-config';
import { shown } from './paths';
import { busyProblem, freePorts } from './ports';
import { Problem } from './problem';
import { end, recorded } from './processes';
import { run, tail } from './run';
import type { Toolchain } from './toolchain';

/** Programs that starting a control plane takes. */
export const CONTROL_PLANE_PROGRAMS: readonly string[] = [...Object.values(COMPONENTS), 'kwokctl', 'kubectl'];

/** Which control plane. */
export interface ControlPlaneOptions {
  /** Folder of everything it keeps: etcd's data, certificates, logs, process numbers. */
  readonly dir: string;

  readonly name: string;

  /** Names of its simulated nodes. @default ['kaapana-node'] */
  readonly nodes?: readonly string[];
}

export type ControlPlaneStatus = 'absent' | 'stopped' | 'running';

/** How a start found the control plane. */
export type StartOutcome = 'created' | 'started again' | 'already running';

const READY_MS = 60_000;
const POLL_MS = 100;

/** etcd, API server, controllers and scheduler as processes of this machine, with simulated nodes. */
export class ControlPlane {
  /** Configuration for clients; exists once the control plane was created. */
  public readonly kubeconfig: string;

  private readonly home: string;
  private readonly nodes: readonly string[];

  constructor(private readonly options: ControlPlaneOptions) {
    this.home = path.join(options.dir, 'clusters', options.name);
    this.nodes = options.nodes ?? ['kaapana-node'];
    this.kubeconfig = path.join(this.home, 'kubeconfig.yaml');
  }

  /** Creates it, starts it again with its data, or finds it running. */
  public async start(toolchain: Toolchain): Promise<StartOutcome> {
    const status = await this.status();
    if (status === 'running' && (await this.hasNodes())) return 'already running';
    await this.stop();
    if (status === 'stopped') await this.startAgain(toolchain);
    else await this.create(toolchain);
    await this.addNodes(toolchain);
    return status === 'stopped' ? 'started again' : 'created';
  }

  /** Ends its processes and keeps its data. */
  public async stop(): Promise<void> {
    const { etcd, ...others } = Object.fromEntries(await this.processes());
    // etcd last: an API server without it hangs instead of ending.
    await end(Object.values(others));
    if (etcd !== undefined) await end([etcd]);
    fs.rmSync(path.join(this.home, 'pids'), { recursive: true, force: true });
  }

  /** Ends its processes and deletes its data. */
  public async reset(): Promise<void> {
    await this.stop();
    fs.rmSync(this.options.dir, { recursive: true, force: true });
  }

  public async status(): Promise<ControlPlaneStatus> {
    if (!fs.existsSync(this.kubeconfig)) return 'absent';
    const complete = (await this.processes()).size === Object.keys(COMPONENTS).length;
    return complete && (await this.answers('/readyz')) ? 'running' : 'stopped';
  }

  private processes(): Promise<Map<string, number>> {
    return recorded(path.join(this.home, 'pids'), this.home);
  }

  private async create(toolchain: Toolchain): Promise<void> {
    // Whatever is there is half of a creation that was cut off.
    fs.rmSync(this.options.dir, { recursive: true, force: true });
    fs.mkdirSync(this.options.dir, { recursive: true, mode: 0o700 });
    const config = path.join(this.options.dir, 'config.yaml');
    fs.writeFileSync(config, controlPlaneConfig(toolchain, await freePorts(PORT_NAMES.length)));
    await this.kwokctl(toolchain, ['create', 'cluster', '--config', config]);
  }

  private async startAgain(toolchain: Toolchain): Promise<void> {
    this.checkPlace();
    const config = path.join(this.options.dir, 'config.yaml');
    const { options } = parse(fs.readFileSync(config, 'utf8')) as { options: Record<string, number> };
    const ports = PORT_NAMES.flatMap((name) => options[name] ?? []);
    const problem = await busyProblem(ports, 'start over with other ports and without the data ("npm run reset")');
    if (problem !== undefined) throw new Problem(problem);
    this.usePrograms(toolchain);
    fs.mkdirSync(path.join(this.home, 'pids'), { recursive: true });
    await this.kwokctl(toolchain, ['start', 'cluster', '--config', config]);
  }

  /** Certificates and data are named by absolute paths, so a moved folder is another folder. */
  private checkPlace(): void {
    if (fs.readFileSync(this.kubeconfig, 'utf8').includes(`${this.home}/pki/`)) return;
    throw new Problem(
      `${shown(this.options.dir)} was created elsewhere and then moved: run "npm run reset" to start over.`,
    );
  }

  /** The programs may have been built anew since: the links follow. */
  private usePrograms(toolchain: Toolchain): void {
    for (const program of Object.values(COMPONENTS)) {
      const link = path.join(this.home, 'bin', program === 'kwok' ? 'kwok-controller' : program);
      fs.rmSync(link, { force: true });
      fs.symlinkSync(toolchain.path(program), link);
    }
  }

  private async kwokctl(toolchain: Toolchain, args: readonly string[]): Promise<void> {
    // A kubeconfig of its own: kwokctl would write into the user's.
    const kubeconfig = args[0] === 'create' ? ['--kubeconfig', path.join(this.options.dir, 'kubeconfig')] : [];
    const { code, output } = await run(
      toolchain.path('kwokctl'),
      [...args, '--name', this.options.name, ...kubeconfig],
      {
        env: { ...process.env, KWOK_WORKDIR: this.options.dir },
      },
    );
    if (code !== 0 || !(await this.becomesReady())) {
      throw new Problem(
        `The control plane did not start; its logs are in ${shown(path.join(this.home, 'logs'))}. ` +
          `Run the same command again, or "npm run reset" to start over.\n${tail(output, 5)}`,
      );
    }
  }

  private async becomesReady(): Promise<boolean> {
    for (const until = Date.now() + READY_MS; Date.now() < until; await sleep(POLL_MS)) {
      if (await this.answers('/readyz')) return true;
    }
    return false;
  }

  private answers(url: string): Promise<boolean> {
    return apiAnswers(this.kubeconfig, path.join(this.home, 'pki'), url);
  }

  private async hasNodes(): Promise<boolean> {
    const found = await Promise.all(this.nodes.map((name) => this.answers(`/api/v1/nodes/${name}`)));
    return found.every(Boolean);
  }

  private async addNodes(toolchain: Toolchain): Promise<void> {
    if (await this.hasNodes()) return;
    const items = this.nodes.map(simulatedNode);
    const kubectl = (args: string[], input?: string): ReturnType<typeof run> =>
      run(toolchain.path('kubectl'), ['--kubeconfig', this.kubeconfig, ...args], { input });
    const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
    const applied = await kubectl(['apply', '--server-side', '--force-conflicts', '--filename', '-'], list);
    const waited = await kubectl(['wait', '--for=condition=Ready', 'node', '--all', '--timeout=30s']);
    if (applied.code !== 0 || waited.code !== 0) {
      throw new Problem(
        `The simulated nodes did not become ready: run "npm run reset" and try again.\n${applied.output}\n${waited.output}`,
      );
    }
  }
}
