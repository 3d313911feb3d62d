import * as pulumi from '@pulumi/pulumi';

/**
 * Keeps secrets out of what `pulumi --debug` and `--verbose` show: the SDK writes into its log what the engine answers,
 * every Secret in base64 included. (From `--verbose=7` on the engine does so itself.)
 */
export function hideResponses(): void {
  const { debug } = pulumi.log;
  const quiet: typeof debug = (message, ...rest) =>
    debug(message.replace(/(RPC finished: .*?, resp: ).*/s, '$1[left out]'), ...rest);
  Object.assign(pulumi.log, { debug: quiet });
}
