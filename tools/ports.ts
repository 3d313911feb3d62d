import { createServer } from 'node:net';
import { Problem } from './problem';

const ADDRESS = '127.0.0.1';

/** Below the range from which systems take ports for outgoing connections. */
const FIRST = 20_000;
const LAST = 32_000;

/** Whether nothing listens on a port. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: ADDRESS, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Free ports, searched from a random start so that two control planes starting at once do not meet. */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  let port = FIRST + Math.floor(Math.random() * (LAST - FIRST - 1_000));
  for (; ports.length < count && port < LAST; port++) {
    if (await isFree(port)) ports.push(port);
  }
  if (ports.length < count) {
    throw new Problem(
      `Fewer than ${count} ports are free between ${FIRST} and ${LAST}: end a program that holds them and try again.`,
    );
  }
  return ports;
}

/** What to say about ports that another program took, if any. */
export async function busyProblem(ports: readonly number[], remedy: string): Promise<string | undefined> {
  const checked = await Promise.all(ports.map(async (port) => ({ port, free: await isFree(port) })));
  const busy = checked.filter(({ free }) => !free).map(({ port }) => port);
  if (busy.length === 0) return undefined;
  return `Another program listens on ${ADDRESS}, port ${busy.join(' and ')}, which the control plane needs: end that program, or ${remedy}.`;
}
