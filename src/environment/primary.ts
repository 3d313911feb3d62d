import { OperatorError } from '../base/operator-error';
import { HowTo } from '../findings/how-to';
import type { PrimarySettings, Settings } from '../settings/parse';
import { readSettings } from './parsed';
import { SettingsError } from '../settings/problems';

/**
 * The settings of the environment in `directory` that owns the server's objects, where `settings` name one; a further
 * instance refers to what that one deploys.
 *
 * @throws OperatorError when there is no such environment, or its settings are wrong
 */
export function primarySettings(
  settings: Settings,
  environment: string,
  directory: string,
): PrimarySettings | undefined {
  const { serverStack } = settings;
  if (serverStack === undefined) return undefined;
  const howTo = new HowTo(environment);
  const wrong = (message: string, remedy: string): SettingsError =>
    new SettingsError(environment, [
      { key: 'serverStack', value: serverStack, message: `"${serverStack}" ${message}`, remedy },
    ]);
  const primary = read(serverStack, directory, (reason) =>
    wrong(`cannot be read: ${reason}`, howTo.set('serverStack', 'prod')),
  );
  if (primary.serverStack !== undefined) {
    throw wrong(
      `is no environment of a server, but a further instance on that of "${primary.serverStack}"`,
      howTo.set('serverStack', primary.serverStack),
    );
  }
  return primary;
}

function read(environment: string, directory: string, failure: (reason: string) => Error): Settings {
  try {
    return readSettings(environment, directory).settings;
  } catch (problem) {
    if (problem instanceof SettingsError || !(problem instanceof OperatorError)) throw problem;
    throw failure(problem.message);
  }
}
