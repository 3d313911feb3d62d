import * as pulumi from '@pulumi/pulumi';

/**
 * Keeps out of the state where in the program each resource was made: the SDK would record the whole stack of calls, by
 * lines of a bundle that no operator reads, as a fifteenth of the state. An SDK without this method records as it
 * likes.
 */
export function hideTraces(): void {
  Object.assign(pulumi.Resource, { stackTrace: (): [] => [] });
}
