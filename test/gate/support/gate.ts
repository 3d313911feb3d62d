import * as fs from 'node:fs';
import * as path from 'node:path';
import { RealNode } from '../../../tools/node/real-node';
import { CACHE } from '../../../tools/paths';
import { TestStack } from '../../integration/support/test-stack';
import type { EnterPod } from './dial';
import type { Site } from './environments';

/** Folder of everything that the gate keeps. */
export const GATE_DIR = path.join(CACHE, 'gate');

/** Folder of the images of all environments. */
export const IMAGES_DIR = path.join(GATE_DIR, 'images');

/** Folder of Pulumi's state; those of the environments are beside it. */
export const STATE_DIR = path.join(GATE_DIR, 'state');

/** Where the volumes of all environments are, on the node. */
const DATA = '/srv/kaapana';

/** The node with the platforms that are judged. */
export class Gate {
  public readonly node = new RealNode({
    dir: path.join(GATE_DIR, 'node'),
    name: 'gate',
    images: [IMAGES_DIR],
    domains: ['kaapana.example.org', 'site2.example.org'],
    capacity: { processors: 16, memory: 128 },
  });
  public readonly site: Site;

  constructor() {
    const { address } = this.node;
    this.site = { node: address, outside: address.replace(/\d+$/, '1'), data: DATA, memory: '64Gi' };
  }

  /** The first instance; its folder follows from the backend that the environment names. */
  public get first(): TestStack {
    return TestStack.at('first', 'gate');
  }

  /** The further instance, beside it. */
  public get second(): TestStack {
    return TestStack.at('second', 'gate');
  }

  /** Ends the node; it takes its data with it, and what the states say of them. */
  public async reset(): Promise<void> {
    await this.node.reset();
    for (const dir of [STATE_DIR, path.join(GATE_DIR, 'stacks')]) fs.rmSync(dir, { recursive: true, force: true });
  }

  /** Runs a program of this machine in the network of a pod. */
  public readonly enter: EnterPod = async (pod, args, input) => {
    const { code, stdout, output } = await this.node.enterPod(pod.uid, args, input);
    if (code !== 0) throw new Error(`${args.join(' ')} in the network of ${pod.workload} failed: ${output}`);
    return stdout;
  };
}
