import { realpathSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { dirname, join } from 'node:path';
import type { Settings } from '../settings/parse';
import type { Resolve } from './conflicts';

/** As much of an environment as tells which server it is on. */
interface Placed {
  readonly environment: string;
  readonly settings: Settings;
}

/**
 * The environments of each server: those that `serverStack` leads to the same one, and those with the same kubeconfig
 * and context. None set means the machine's own; the embedded server is one of its own.
 */
export function byServer<Environment extends Placed>(environments: readonly Environment[]): Environment[][] {
  const groups = new Map<string, Environment[]>();
  for (const each of environments) {
    const { settings } = environments.find(({ environment }) => environment === each.settings.serverStack) ?? each;
    const key = JSON.stringify([settings.distribution === 'embedded', settings.kubeconfig, settings.kubeContext]);
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()];
}

/** Follows links of this machine, where it is the server itself. */
export function resolveHere(tenants: readonly Placed[]): Resolve | undefined {
  const addresses = new Set(
    Object.values(networkInterfaces()).flatMap((given) => given?.map(({ address }) => address) ?? []),
  );
  return tenants.some(({ settings: { serverIp } }) => serverIp !== undefined && addresses.has(serverIp))
    ? withoutLinks
    : undefined;
}

/** `path` without links, also where its end is not there yet. */
export function withoutLinks(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(withoutLinks(parent), path.slice(parent.length));
  }
}
