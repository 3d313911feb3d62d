import * as path from 'node:path';
import type { EnterPod } from './dial';
import type { Answer } from './http';
import { livePods } from './pods';

const SCRIPT = path.resolve('test/gate/support/ask.cjs');

/** A request to a program, from its own pod. */
export interface InsideRequest {
  /** With `localhost` as host. */
  readonly url: string;

  /** @default 'GET' */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;

  /** @default - none */
  readonly body?: string;
}

/**
 * Asks a program of a workload in the network of its pod, where no policy holds.
 *
 * @param workload `namespace/name`
 * @throws where no pod of it runs, or nobody answers
 */
export async function askInside(enter: EnterPod, workload: string, request: InsideRequest): Promise<Answer> {
  const [answer] = await askAllInside(enter, workload, [request]);
  if (answer === undefined) throw new Error(`${workload} did not answer`);
  return answer;
}

/** The same for several requests, one after the other. */
export async function askAllInside(
  enter: EnterPod,
  workload: string,
  requests: readonly InsideRequest[],
): Promise<Answer[]> {
  const pod = livePods().find((candidate) => candidate.workload === workload && candidate.address !== undefined);
  if (pod === undefined) throw new Error(`no pod of ${workload} runs`);
  return JSON.parse(await enter(pod, [process.execPath, SCRIPT], JSON.stringify(requests))) as Answer[];
}

/**
 * The same, for an answer in JSON.
 *
 * @throws where the answer is no success
 */
export async function jsonInside<Value>(enter: EnterPod, workload: string, request: InsideRequest): Promise<Value> {
  const { status, body } = await askInside(enter, workload, request);
  if (status < 200 || status > 299) throw new Error(`${workload} answered ${request.url} with ${status}: ${body}`);
  return (body === '' ? undefined : JSON.parse(body)) as Value;
}
