import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A server in the place of an API server. */
export interface StandIn {
  readonly url: string;

  /** Path of a kubeconfig that leads to it, without a credential. */
  readonly kubeconfig: string;

  /** Ends it, and deletes its kubeconfig. */
  close(): Promise<void>;
}

/** Starts a server that answers as told. */
export async function standIn(answer: RequestListener): Promise<StandIn> {
  const server = createServer(answer);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const directory = mkdtempSync(join(tmpdir(), 'kaapana-stand-in-'));
  const kubeconfig = join(directory, 'config');
  writeFileSync(kubeconfig, kubeconfigFor(url));
  return {
    url,
    kubeconfig,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      rmSync(directory, { recursive: true });
    },
  };
}

/** A kubeconfig with one context, whose user has these credentials. */
export function kubeconfigFor(server: string, user: object = {}): string {
  return JSON.stringify({
    'current-context': 'here',
    contexts: [{ name: 'here', context: { cluster: 'c', user: 'u' } }],
    clusters: [{ name: 'c', cluster: { server } }],
    users: [{ name: 'u', user }],
  });
}
