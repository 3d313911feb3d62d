import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { apiAnswers } from '../api-server';
import { shown } from '../paths';
import { Problem } from '../problem';
import { run, type RunResult, tail } from '../run';
import type { Toolchain } from '../toolchain';
import { writeConfig } from './config';
import { createNamespaces, destroyNamespaces, entering } from './namespaces';
import { ensurePki } from './pki';
import { firstProcess, processesOf } from './processes';
import { openFilesLimit, requireNode } from './requirements';
import { Sandboxes } from './sandboxes';
import { controllers, foundation, policyAgent, script, type Service } from './services';
import {
  keepSubnet,
  machineAddresses,
  type NodeSettings,
  nodeSettings,
  placesOf,
  type RealNodeOptions,
} from './settings';
import { ensureSystemImages } from './system-images';
import { systemObjects } from './system-objects';

export type NodeStatus = 'absent' | 'stopped' | 'running';

/** How a start found the node. */
export type NodeOutcome = 'created' | 'started again' | 'already running';

/** With the pods of a whole platform, which all start again at once. */
const START_MS = 300_000;
const POLL_MS = 100;

/**
 * A Kubernetes node with its control plane, in namespaces of its own on this machine: containerd, runc and the kubelet
 * run containers, kube-proxy and CoreDNS serve services, network policies are in force. Pods reach each other and the
 * node, and nothing beyond. Several run side by side.
 */
export class RealNode {
  /** Configuration for clients, as administrator; exists once the node was started. */
  public readonly kubeconfig: string;

  /** The node's address, for this machine: node ports, and the API server on port 6443. */
  public readonly address: string;

  private readonly settings: NodeSettings;
  private readonly sandboxes = new Sandboxes();

  constructor(options: RealNodeOptions) {
    this.settings = nodeSettings(options);
    this.address = this.settings.address;
    this.kubeconfig = placesOf(this.settings).kubeconfig;
  }

  /**
   * Starts the node, with the data of before if there are any, or finds it running. Comes back when its DNS answers
   * and no pod is said to run that does not.
   *
   * @throws Problem if this machine lacks something, or the node does not come up
   */
  public async start(toolchain: Toolchain): Promise<NodeOutcome> {
    const { settings } = this;
    const before = await this.status();
    if (before === 'running' && this.runs(this.services(toolchain))) return 'already running';
    await requireNode();
    await this.stop();
    this.requireFreeSubnet();
    for (const dir of [settings.dir, placesOf(settings).logs]) fs.mkdirSync(dir, { recursive: true });
    fs.mkdirSync(placesOf(settings).etcd, { recursive: true, mode: 0o700 });
    keepSubnet(settings);
    writeConfig(settings, openFilesLimit());
    await Promise.all([ensurePki(settings), ensureSystemImages(settings, toolchain)]);
    await this.bringUp(toolchain);
    return before === 'absent' ? 'created' : 'started again';
  }

  /** Ends the node as a power cut would; its data stay. */
  public async stop(): Promise<void> {
    await destroyNamespaces(this.settings);
  }

  /** Ends the node and deletes its data. */
  public async reset(): Promise<void> {
    await this.stop();
    fs.rmSync(this.settings.dir, { recursive: true, force: true });
  }

  public async status(): Promise<NodeStatus> {
    if (!fs.existsSync(this.kubeconfig)) return 'absent';
    return firstProcess(this.settings.dir) !== undefined && (await this.answers('/readyz')) ? 'running' : 'stopped';
  }

  /** Runs a program of this machine in the node: its network, processes and mounts (its /run and /var/lib). */
  public enter(args: readonly string[], input?: string): Promise<RunResult> {
    return run(...this.entering(args), { input });
  }

  /** The command that runs a program of this machine in the node, for callers that start it themselves. */
  private entering(args: readonly string[]): [command: string, args: string[]] {
    return entering(this.first(), args);
  }

  /**
   * Runs a program of this machine, with its files, in the network of a pod, which is told by its uid.
   *
   * @throws Problem if the pod does not run
   */
  public enterPod(uid: string, args: readonly string[], input?: string): Promise<RunResult> {
    return run('nsenter', [`--net=/proc/${this.sandboxes.processOf(uid)}/ns/net`, '--', ...args], { input });
  }

  /** Runs kubectl as administrator. */
  public kubectl(toolchain: Toolchain, args: readonly string[], input?: string): Promise<RunResult> {
    return run(toolchain.path('kubectl'), ['--kubeconfig', this.kubeconfig, ...args], { input });
  }

  private first(): number {
    const first = firstProcess(this.settings.dir);
    if (first === undefined) throw new Problem(`The node ${this.settings.name} does not run.`);
    return first;
  }

  private services(toolchain: Toolchain): Service[] {
    const { settings } = this;
    return [...foundation(settings, toolchain), ...controllers(settings, toolchain), policyAgent(settings, toolchain)];
  }

  private runs(services: readonly Service[]): boolean {
    const running = new Set(processesOf(this.first()).map(({ args }) => args.join('\0')));
    return services.every(({ command, args }) => running.has([command, ...args].join('\0')));
  }

  private requireFreeSubnet(): void {
    const { hostAddress, address } = this.settings;
    if (!machineAddresses().includes(hostAddress)) return;
    throw new Problem(
      `Another node or network has the address ${hostAddress}, which this node's ${address} belongs to: ` +
        'end that one, or reset this node, which then takes another network.',
    );
  }

  private async bringUp(toolchain: Toolchain): Promise<void> {
    const { settings } = this;
    const begun = Date.now();
    await createNamespaces(settings, toolchain.path('pause'));
    this.launch(foundation(settings, toolchain));
    await this.until('the API server', () => this.answers('/readyz'));
    this.launch(controllers(settings, toolchain));
    const list = { apiVersion: 'v1', kind: 'List', items: systemObjects(settings) };
    await this.succeed(toolchain, ['apply', '--server-side', '--force-conflicts', '-f', '-'], JSON.stringify(list));
    await this.until('the node', () => this.answers(`/api/v1/nodes/${settings.nodeName}`));
    // The policy agent ends if the node has no network for pods yet.
    for (const condition of ['jsonpath={.spec.podCIDR}', 'condition=Ready']) {
      await this.succeed(toolchain, ['wait', `--for=${condition}`, `node/${settings.nodeName}`, '--timeout=60s']);
    }
    this.launch([policyAgent(settings, toolchain)]);
    const question = [settings.dns, 'kubernetes.default.svc.cluster.local', String(START_MS)];
    const asked = await this.enter([...script('tools/node/resolve-name.ts'), ...question]);
    if (asked.code !== 0) throw this.failure('DNS', asked.output);
    await this.until('the pods', async () => !(await this.pretenders(toolchain, begun)));
    if (!this.runs(this.services(toolchain))) throw this.failure('a program of it', 'it ended by itself');
  }

  /** Whether a pod is said to have a container that runs since before `begun`: the kubelet has not looked yet. */
  private async pretenders(toolchain: Toolchain, begun: number): Promise<boolean> {
    const path = '{.items[*].status.containerStatuses[*].state.running.startedAt}';
    const { stdout } = await this.kubectl(toolchain, ['get', 'pods', '--all-namespaces', `-o=jsonpath=${path}`]);
    // Kubernetes leaves out fractions of a second.
    return stdout.split(' ').some((time) => Date.parse(time) + 1_000 < begun);
  }

  private launch(services: readonly Service[]): void {
    for (const { name, command, args } of services) {
      const log = fs.openSync(path.join(placesOf(this.settings).logs, `${name}.log`), 'w');
      const child = spawn(...this.entering([command, ...args]), { detached: true, stdio: ['ignore', log, log] });
      child.on('error', () => undefined).unref();
      fs.closeSync(log);
    }
  }

  private answers(url: string): Promise<boolean> {
    return apiAnswers(this.kubeconfig, placesOf(this.settings).pki, url);
  }

  private async succeed(toolchain: Toolchain, args: readonly string[], input?: string): Promise<void> {
    const { code, output } = await this.kubectl(toolchain, args, input);
    if (code !== 0) throw this.failure(`kubectl ${args.slice(0, 2).join(' ')}`, output);
  }

  private async until(what: string, holds: () => Promise<boolean>): Promise<void> {
    for (const until = Date.now() + START_MS; !(await holds()); await sleep(POLL_MS)) {
      if (Date.now() > until) throw this.failure(what, `not ready after ${START_MS / 1000} s`);
    }
  }

  private failure(what: string, said: string): Problem {
    const { logs } = placesOf(this.settings);
    return new Problem(
      `The real node did not start, as ${what} failed; its logs are in ${shown(logs)}.\n${tail(said, 5)}`,
    );
  }
}
