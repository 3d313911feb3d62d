import { thirdPartyInstalls } from '../charts/load';
import { platformWarnings } from '../checks/warnings';
import { finding, type Finding } from '../findings/finding';
import { unreadWarnings } from '../settings/keys';
import { type ParsedEnvironment, readSettings } from './parsed';
import { primarySettings } from './primary';
import { buildPlatform, type PlatformTree } from './tree';

/** A valid environment and its objects. */
export interface Environment extends ParsedEnvironment, PlatformTree {
  /** What is allowed but worth a thought. */
  readonly warnings: readonly Finding[];
}

/**
 * Reads an environment by its name or path, and builds it.
 *
 * @throws OperatorError with everything that is wrong with it
 */
export function loadEnvironment(nameOrPath: string, directory = process.cwd()): Environment {
  return buildEnvironment(readSettings(nameOrPath, directory));
}

/**
 * Builds an environment with what its settings name: the environment that owns its server, and charts that others made.
 *
 * @throws OperatorError with all that is wrong with these, or when the objects do not fit together
 */
export function buildEnvironment(parsed: ParsedEnvironment): Environment {
  const { environment, settings, directory, howTo } = parsed;
  const tree = buildPlatform(
    settings,
    environment,
    primarySettings(settings, environment, directory),
    thirdPartyInstalls(settings, directory),
    howTo,
  );
  return {
    ...parsed,
    ...tree,
    warnings: [
      ...unreadWarnings(parsed.unread),
      ...plainSecrets(parsed),
      ...tree.findings,
      ...platformWarnings({ ...parsed, graph: tree.graph }),
    ],
  };
}

/** Pulumi gives secrets decrypted, so that only the file tells. */
function plainSecrets({ file, environment, secrets }: ParsedEnvironment): Finding[] {
  const plain = file === undefined || environment === 'dev' ? [] : secrets.plainInFile();
  return plain.map((key) => finding('plain-secret', { kind: 'setting', key }, {}, { kind: 'set-secret', key }));
}
