import { PREFIX } from '../base/keys';
import { OperatorError } from '../base/operator-error';
import type { Environment } from '../environment/load';
import { objectAt } from '../objects/manifest';
import { revealed } from '../objects/reveal';
import { parseSettings } from '../settings/parse';
import { pulumi } from './pulumi';

/** What `pulumi config --json` tells of a key. */
interface ConfigValue {
  readonly value?: string;
  readonly objectValue?: unknown;
}

/**
 * `loaded`, with its secrets opened by Pulumi where passwords that are set once are among them: these are compared with
 * the server's. Where Pulumi cannot, for want of the passphrase, the stack or itself, it is as it was, and the
 * comparison says so.
 */
export function opened(loaded: Environment): Environment {
  const { environment, directory, graph, secrets } = loaded;
  const texts = graph.initialCredentials.flatMap(({ secret, keys }) =>
    keys.map((key) => String(objectAt(graph.byId.get(secret)?.manifest.data)[key] ?? '')),
  );
  if (texts.every((text) => revealed(text, (name) => secrets.resolve(name)) !== undefined)) return loaded;
  try {
    const config = JSON.parse(
      pulumi(['config', '--show-secrets', '--json', '--stack', environment, '--cwd', directory]),
    ) as Record<string, ConfigValue>;
    const raw = Object.entries(config)
      .filter(([key]) => key.startsWith(PREFIX))
      .map(([key, { value, objectValue }]) => [key.slice(PREFIX.length), objectValue ?? value]);
    return {
      ...loaded,
      secrets: parseSettings(Object.fromEntries(raw) as Record<string, unknown>, environment).secrets,
    };
  } catch (problem) {
    if (problem instanceof OperatorError) return loaded;
    throw problem;
  }
}
