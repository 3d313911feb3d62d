import { z } from 'zod';
import { firstFree } from '../../constructs/kube/port';
import { OperatorError } from '../base/operator-error';
import { serverUrl } from '../cluster/access';
import { ApiServerError } from '../cluster/kubeconfig';
import { environmentsIn, readEnvironment } from '../environment/file';
import { fieldAt } from '../settings/shape';

/** The first port from `first` on that no environment of this directory has, and none of `own` is. */
export function freePort(first: number, own: readonly unknown[]): string {
  return String(firstFree(first, [...own.map(Number), ...environmentsIn(process.cwd()).flatMap(portsOf)]));
}

function portsOf(environment: string): number[] {
  try {
    const { raw } = readEnvironment(environment, process.cwd());
    return ['httpPort', 'httpsPort', 'dicomPort'].map((key) => Number(fieldAt([key])?.safeParse(raw[key]).data));
  } catch (problem) {
    // What cannot be read has no ports; `kaapana check` says why.
    if (problem instanceof OperatorError) return [];
    throw problem;
  }
}

/**
 * The address of the API server in a kubeconfig, unless it has a name, or is one that only the server itself reaches.
 */
export function apiServerAddress(kubeconfig: string | undefined): string | undefined {
  try {
    const url = serverUrl({ path: kubeconfig });
    const host = URL.canParse(url) ? new URL(url).hostname : '';
    return z.ipv4().safeParse(host).success && !/^(127|0)\./.test(host) ? host : undefined;
  } catch (problem) {
    if (problem instanceof ApiServerError) return undefined;
    throw problem;
  }
}
