import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { KeycloakProgram } from '../../constructs/platform/keycloak-program';
import { pythonTest } from '../python';
import { chart, object } from '../support';

const testPython = pythonTest('the program that sets up the identity provider');

/**
 * A realm with one user and a history of passwords: setting the one that it has is refused, as Keycloak does with 400.
 */
const HELPER = `import json
import requests

class KeycloakHelper:
    keycloak_host, keycloak_https_port = "keycloak", 443

    def get_access_token(self, username, password, protocol, host, port, ssl_check, client_id, realm="master", client_secret=None):
        with open("realm.json") as file:
            known = json.load(file)
        if (realm, client_id, known.get(username)) != ("kaapana", "admin-cli", password):
            raise requests.HTTPError("401")
        return "token"

    def post_user(self, payload, reset_password=False, **kwargs):
        name, password = payload["username"], payload["credentials"][0]["value"]
        with open("realm.json") as file:
            known = json.load(file)
        if name not in known or reset_password:
            if known.get(name) == password:
                raise requests.HTTPError("400: passwordHistory")
            known[name] = password
        with open("realm.json", "w") as file:
            json.dump(known, file)
`;
const PROGRAM = `import os
from KeycloakHelper import KeycloakHelper

if __name__ == "__main__":
    user = {"username": "system", "credentials": [{"type": "password", "value": os.environ["SYSTEM_USER_PASSWORD"]}]}
    KeycloakHelper().post_user(user, reset_password=True)
    open("ended", "a").write("!")
`;

function program() {
  const scope = chart();
  const { container, env } = new KeycloakProgram(scope, 'Program', {
    namespace: 'admin',
    name: 'keycloak-init',
    program: 'configure_realm.py',
  });
  const { data } = object(scope, 'ConfigMap', 'keycloak-init-script');
  return { container, env, script: data['run_again.py'] as string };
}

test('it runs the program of the image by a script that is mounted', () => {
  const { container } = program();
  expect(container.command).toEqual(['python3', '-u', '/script/run_again.py', 'configure_realm.py']);
  expect(container.mounts?.map(({ spec }) => spec.mountPath)).toEqual(['/script']);
});

describe('over kept data', () => {
  let directory: string;

  beforeEach(() => {
    directory = fs.mkdtempSync(path.join(os.tmpdir(), 'keycloak-program-'));
    const files = {
      'KeycloakHelper.py': HELPER,
      'requests.py': 'class HTTPError(Exception):\n    pass\n',
      'configure_realm.py': PROGRAM,
      'realm.json': '{}',
      ended: '',
    };
    for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(directory, name), text);
  });
  afterEach(() => fs.rmSync(directory, { recursive: true }));

  /** What `realm.json` holds stands for the database that is kept. */
  function run(password: string): { status: number | null; stderr: string; realm: string; ended: string } {
    const { env, script } = program();
    fs.writeFileSync(path.join(directory, 'run_again.py'), script);
    const { status, stderr } = spawnSync('python3', ['-u', 'run_again.py', 'configure_realm.py'], {
      cwd: directory,
      encoding: 'utf8',
      env: { ...process.env, ...env, SYSTEM_USER_PASSWORD: password, PYTHONDONTWRITEBYTECODE: '1' },
    });
    const read = (name: string): string => fs.readFileSync(path.join(directory, name), 'utf8');
    return { status, stderr, realm: read('realm.json'), ended: read('ended') };
  }

  testPython('running it again is success, and a new password arrives', () => {
    expect(run('first')).toMatchObject({ status: 0, realm: '{"system": "first"}', ended: '!' });
    expect(run('first')).toMatchObject({ status: 0, realm: '{"system": "first"}', ended: '!!' });
    expect(run('second')).toMatchObject({ status: 0, realm: '{"system": "second"}', ended: '!!!' });
  });

  testPython('what fails otherwise, still fails', () => {
    fs.writeFileSync(path.join(directory, 'realm.json'), 'no JSON');
    expect(run('first')).toMatchObject({ status: 1, stderr: expect.stringMatching(/JSONDecodeError/), ended: '' });
  });
});
