import { randomBytes } from 'node:crypto';
import { OperatorError } from '../base/operator-error';
import { readEnvironment } from '../environment/file';
import { HowTo } from '../findings/how-to';
import { setSecret } from '../settings/problems';
import { SECRET_PATHS } from '../settings/sealing';
import { valueAt } from '../settings/shape';
import { pulumi } from './pulumi';

/** Bytes of a generated secret: 192 bits. */
const SECRET_BYTES = 24;

/** What a further instance logs in by at its server's identity provider, and what that is derived from. */
const SERVERS_OWN: ReadonlySet<string> = new Set(
  ['keycloakAdminPassword', 'oidcClientSecret', 'rootSecret', 'systemUserPassword'].map(
    (name) => `credentials.${name}`,
  ),
);

/** All secrets that a platform needs; those of the registry and the mail server are the site's. */
const GENERATED = [...SECRET_PATHS].filter((path) => path.startsWith('credentials.'));

/** A secret of its own for each purpose, by the path of its setting. */
export function newSecrets(): Map<string, string> {
  return new Map(GENERATED.map((path) => [path, randomSecret(path)]));
}

/**
 * Puts the secrets of the environment `server` in place of those that a further instance shares with it. What is not
 * set there is derived, and has to be here, too.
 */
export function takeServersOwn(secrets: Map<string, string>, server: string): void {
  const { environment, raw } = readEnvironment(server, process.cwd());
  for (const path of SERVERS_OWN) {
    if (valueAt(raw, path.split('.')) === undefined) secrets.delete(path);
    else
      secrets.set(
        path,
        pulumi(['config', 'get', '--path', `kaapana:${path}`, '--stack', environment]).replace(/\r?\n$/, ''),
      );
  }
  if (!secrets.has('credentials.oidcClientSecret')) {
    throw new OperatorError(
      `${server} has no kaapana:credentials.oidcClientSecret yet, which this instance logs in by. Set it there first: ${new HowTo(environment).command(setSecret('credentials.oidcClientSecret'))}`,
    );
  }
}

/** Random text with a letter of each case, a digit and a special character, as password rules want them. */
function randomSecret(path: string): string {
  // oauth2-proxy takes keys of 32 bytes in base64 for URLs.
  return path === 'credentials.cookieSecret'
    ? randomBytes(32).toString('base64url')
    : `${randomBytes(SECRET_BYTES).toString('base64url').replace(/^-/, 'k')}-Aa1`;
}
