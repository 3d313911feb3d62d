import { realpathSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { dirname, join } from 'node:path';
import { isSameServer, serverIdentity, type ServerIdentity } from '../cluster/server-identity';
import type { Settings } from '../settings/parse';
import type { Resolve } from './conflicts';

/** As much of an environment as tells which server it is on. */
interface Placed {
  readonly environment: string;
  readonly settings: Settings;
}

/**
 * The environments of each server: those that `serverStack` leads to the same one, and those whose kubeconfigs lead to
 * the same address or authority, whatever file and context. Where a kubeconfig is not on this machine, its path and
 * context tell. None set means the machine's own; the embedded server is one of its own.
 */
export function byServer<Environment extends Placed>(environments: readonly Environment[]): Environment[][] {
  const groups: { readonly places: Place[]; readonly members: Environment[] }[] = [];
  for (const each of environments) {
    const host = environments.find(({ environment }) => environment === each.settings.serverStack) ?? each;
    const place = placeOf(host.settings);
    const group = groups.find(({ places }) => places.some((other) => isSamePlace(place, other)));
    if (group === undefined) groups.push({ places: [place], members: [each] });
    else {
      group.places.push(place);
      group.members.push(each);
    }
  }
  return groups.map(({ members }) => members);
}

/** Whether the settings of two environments lead to one server. */
export function areOnOneServer(one: Settings, other: Settings): boolean {
  return isSamePlace(placeOf(one), placeOf(other));
}

interface Place {
  readonly key: string;
  readonly server?: ServerIdentity;
}

function placeOf({ distribution, kubeconfig, kubeContext }: Settings): Place {
  const isEmbedded = distribution === 'embedded';
  const server = isEmbedded ? undefined : serverIdentity({ path: kubeconfig, context: kubeContext });
  return { key: JSON.stringify([isEmbedded, kubeconfig, kubeContext]), ...(server && { server }) };
}

function isSamePlace(one: Place, other: Place): boolean {
  return one.key === other.key || (one.server && other.server ? isSameServer(one.server, other.server) : false);
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
