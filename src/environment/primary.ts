import { OperatorError } from '../base/operator-error';
import { FindingsError } from '../findings/error';
import { HowTo } from '../findings/how-to';
import type { PrimarySettings, Settings } from '../settings/parse';
import { type Mistake, mistake, set } from '../settings/problems';
import { readSettings } from './parsed';

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
  const key = 'serverStack';
  const wrong = (found: Mistake): FindingsError =>
    new FindingsError([{ ...found, subject: { ...found.subject, value: serverStack } }], new HowTo(environment));
  const primary = read(serverStack, directory, (reason) =>
    wrong(mistake('unreadable-server', key, { environment: serverStack, reason }, set(key, 'prod'))),
  );
  if (primary.serverStack !== undefined) {
    const facts = { environment: serverStack, primary: primary.serverStack };
    throw wrong(mistake('server-of-instance', key, facts, set(key, primary.serverStack)));
  }
  return primary;
}

function read(environment: string, directory: string, failure: (reason: string) => Error): Settings {
  try {
    return readSettings(environment, directory).settings;
  } catch (problem) {
    if (problem instanceof FindingsError || !(problem instanceof OperatorError)) throw problem;
    throw failure(problem.message);
  }
}
