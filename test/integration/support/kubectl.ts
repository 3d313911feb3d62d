import { spawnSync } from 'node:child_process';

/** A live object, as far as tests look into it. */
export interface LiveObject {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly deletionTimestamp?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests reach into any object
  readonly [key: string]: any;
}

/** What kubectl may take until it has written a few megabytes. */
const MAX_BUFFER = 256 * 1024 * 1024;

/**
 * What kubectl says on the control plane of this test run.
 *
 * @throws what it complains about
 */
export function kubectl(args: readonly string[], input?: string): string {
  const { status, stdout, stderr } = spawnSync('kubectl', args, { encoding: 'utf8', input, maxBuffer: MAX_BUFFER });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** Objects as kubectl reads them. */
export function listOf(items: readonly object[]): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}

/** Applies objects as somebody else than Pulumi would. */
export function apply(objects: readonly object[], ...flags: readonly string[]): string {
  return kubectl(['apply', '--server-side', '--filename', '-', ...flags], listOf(objects));
}

/** All objects of these kinds, in all namespaces. */
export function list(kinds: string, ...flags: readonly string[]): LiveObject[] {
  return (JSON.parse(kubectl(['get', kinds, '--all-namespaces', '--output=json', ...flags])) as { items: LiveObject[] })
    .items;
}

/** One object. */
export function get(kind: string, name: string, namespace = 'default'): LiveObject {
  return JSON.parse(kubectl(['get', kind, name, '--namespace', namespace, '--output=json'])) as LiveObject;
}

/** Every kind of the API server that can be listed, as `kubectl get` takes them. */
export function allKinds(): string {
  return kubectl(['api-resources', '--verbs=list', '--output=name']).trim().split('\n').join(',');
}
