import { setTimeout as sleep } from 'node:timers/promises';
import { run } from '../../tools/run';
import { deployed, identityOf, kindsOf, podsOf } from './support/inventory';
import { apply, get, kubectl, list, type LiveObject } from './support/kubectl';
import { SETTINGS, TestStack } from './support/test-stack';

/** One environment, from nothing to nothing, by `pulumi up` on a real control plane. */

jest.setTimeout(300_000);

let stack: TestStack;
let kinds: string;
let wanted: string[];

const CREDENTIALS = SETTINGS['credentials'] as object;
const COOKIE_SECRET = Buffer.alloc(32, 'c').toString('base64url');

beforeAll(async () => {
  stack = await TestStack.create('deploy');
  const rendered = await stack.rendered();
  kinds = kindsOf(rendered);
  wanted = rendered.map(identityOf).sort();
  await stack.up();
});

afterAll(() => stack.destroy());

/** What is there now, by identity, as far as an update could disturb it. */
function uids(): Record<string, string> {
  return Object.fromEntries([...deployed(stack.name, kinds)].map(([id, { metadata }]) => [id, metadata.uid]));
}

/** The names of the workloads whose pods are not the same as before. */
function restarted(before: ReadonlyMap<string, string[]>): string[] {
  const after = podsOf('admin');
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((name) => String(before.get(name)) !== String(after.get(name)))
    .sort();
}

/** Waits until the pods of what was replaced are gone. */
async function settled(): Promise<void> {
  for (let i = 0; i < 60 && list('pods').some(({ metadata }) => metadata.deletionTimestamp); i++) await sleep(500);
}

describe('an update from nothing', () => {
  test('creates every object of the tree, and no other', () => {
    expect([...deployed(stack.name, kinds).keys()].sort()).toEqual(wanted);
  });

  test('ends with every pod running or done', () => {
    const pods = list('pods');
    expect(pods.length).toBeGreaterThanOrEqual(wanted.filter((id) => /^(Deployment|Job)\//.test(id)).length);
    expect([...new Set(pods.map(({ status }) => status.phase))].sort()).toEqual(['Running', 'Succeeded']);
  });

  test('ends with every claim bound to its volume', () => {
    const claims = list('persistentvolumeclaims');
    expect(claims.length).toBe(wanted.filter((id) => id.startsWith('PersistentVolumeClaim/')).length);
    for (const { metadata, status, spec } of claims) {
      expect([status.phase, spec.volumeName]).toEqual([
        'Bound',
        expect.stringContaining(`${metadata.namespace ?? ''}-`),
      ]);
    }
  });
});

describe('a second time', () => {
  test('an update changes nothing, and a preview says so', async () => {
    const before = uids();
    expect(await stack.up()).toMatch(/Resources:\n +\d+ unchanged\n/);
    expect(uids()).toEqual(before);
    await stack.demand(['preview', '--expect-no-changes']);
  });

  test('a refresh finds no drift', async () => {
    await stack.demand(['refresh', '--yes', '--skip-preview', '--expect-no-changes']);
  });
});

test('a lost state file heals: an update takes back what is there, without a restart', async () => {
  const [objects, pods] = [uids(), podsOf('admin')];
  stack.loseState();
  await stack.init();
  await stack.up();
  expect(uids()).toEqual(objects);
  expect(restarted(pods)).toEqual([]);
  await stack.demand(['preview', '--expect-no-changes']);
});

describe('a changed secret', () => {
  let before: Map<string, string[]>;
  let jobs: LiveObject[];

  beforeAll(async () => {
    before = podsOf('admin');
    jobs = list('jobs');
    // Neither the state that was lost nor a hand that was quicker keeps the new value out.
    const edited = { data: { 'cookie-secret': Buffer.from('by hand').toString('base64') } };
    kubectl(['patch', 'secret', 'oauth2-proxy-secrets', '--namespace', 'admin', '--patch', JSON.stringify(edited)]);
    stack.set({ credentials: { ...CREDENTIALS, cookieSecret: COOKIE_SECRET, initPassword: 'another' } });
    await stack.up();
    await settled();
  });

  test('starts new pods of those that read it, and no others', () => {
    // The cookie secret is read by oauth2-proxy alone, the password by keycloak-init.
    expect(restarted(before)).toEqual(['keycloak-init', 'oauth2-proxy']);
  });

  test('is what its Secret holds', () => {
    const { data } = get('secret', 'oauth2-proxy-secrets', 'admin');
    expect(Buffer.from(data['cookie-secret'], 'base64').toString()).toBe(COOKIE_SECRET);
  });

  test('makes a changed Job a new one, and removes the old one', () => {
    const named = (objects: readonly LiveObject[]): string[] =>
      objects.map(({ metadata }) => metadata.name).filter((name) => /^keycloak-init-[0-9a-f]{8}$/.test(name));
    expect(named(list('jobs'))).toHaveLength(1);
    expect(named(list('jobs'))).not.toEqual(named(jobs));
    expect(list('jobs')).toHaveLength(jobs.length);
  });

  test('leaves nothing to do', async () => {
    await stack.demand(['preview', '--expect-no-changes']);
  });
});

describe('another password for a database that is there', () => {
  const changed = {
    credentials: {
      ...CREDENTIALS,
      cookieSecret: COOKIE_SECRET,
      initPassword: 'another',
      keycloakDatabasePassword: 'geheim-2',
      keycloakAdminPassword: 'geheim-3',
    },
  };
  const id = 'set-when-created/admin/keycloak-database-account/password';
  const problem =
    'password of Secret/admin/keycloak-database-account has another value than on the server, by kaapana:credentials.keycloakDatabasePassword.';
  const remedy = `pulumi config set --plaintext --stack deploy --path 'kaapana:acknowledged["${id}"]' '<reason>'`;

  test.each(['preview', 'check --live'])('stops %s, which says how to go on, and no value', async (command) => {
    const { code, output } = await stack.having(changed, () =>
      command === 'preview' ? stack.pulumi(['preview']) : stack.kaapana('check', '--live'),
    );
    expect(code).not.toBe(0);
    expect(output).toContain(problem);
    // From where it is checked Pulumi would not find the file by the name of the stack, so the command names it.
    const named = / --config-file \S+\/Pulumi\.deploy\.yaml/g;
    expect(command === 'preview' ? output : output.replaceAll(named, '')).toContain(remedy);
    expect(named.test(output)).toBe(command !== 'preview');
    expect(output).toContain('password of Secret/admin/keycloak-admin has another value');
    expect(output).not.toMatch(/geheim|-of-tests/);
  });

  test('goes through once that is acknowledged by the command, and is forgotten again', async () => {
    await stack.having(
      { credentials: { ...changed.credentials, keycloakAdminPassword: 'admin-of-tests' } },
      async () => {
        await stack.demand([
          'config',
          'set',
          '--plaintext',
          '--path',
          `kaapana:acknowledged["${id}"]`,
          'changed in psql',
        ]);
        expect(await stack.demand(['preview'])).toContain(
          `${problem} It is set when PersistentVolumeClaim/admin/keycloak-pv-claim is made, and to change it in a Secret does not change it in the data; acknowledged: changed in psql`,
        );
      },
    );
    await stack.having({}, async () => {
      await stack.demand([
        'config',
        'set',
        '--plaintext',
        '--path',
        `kaapana:acknowledged["${id}"]`,
        'changed in psql',
      ]);
      expect(await stack.demand(['preview'])).toContain(
        `pulumi config rm --stack deploy --path 'kaapana:acknowledged["${id}"]'`,
      );
      await stack.demand(['config', 'rm', '--path', `kaapana:acknowledged["${id}"]`]);
      expect(await stack.demand(['preview', '--expect-no-changes'])).not.toContain('acknowledged');
    });
  });

  test('stops check --live too where it is encrypted and Pulumi can open it; else it is told as not compared', async () => {
    await stack.having(changed, async () => {
      await stack.demand([
        'config',
        'set',
        '--secret',
        '--path',
        'kaapana:credentials.keycloakDatabasePassword',
        'geheim-2',
      ]);
      const env = { ...process.env, PULUMI_BACKEND_URL: `file://${stack.stateDir}` };
      const { output } = await run(process.execPath, ['bin/kaapana.cjs', 'check', '--live', '--env', stack.file], {
        env,
      });
      expect(output).toContain(problem);
      expect(output).not.toMatch(/geheim|whether these/);
      expect((await stack.kaapana('check', '--live')).output).toMatch(
        /warning: whether these still have .*: password of Secret\/admin\/keycloak-database-account\. pulumi preview --stack deploy compares them/,
      );
    });
  });
});

describe('after a removal', () => {
  const volumes = (): Record<string, unknown> =>
    Object.fromEntries(
      list('persistentvolumes').map(({ metadata, spec }) => [
        metadata.name,
        { path: spec.hostPath.path, claim: spec.claimRef.name, policy: spec.persistentVolumeReclaimPolicy },
      ]),
    );
  let before: Record<string, unknown>;

  beforeAll(async () => {
    before = volumes();
    await stack.destroy();
  });

  test('nothing is left', () => {
    const definitions = wanted.filter((id) => id.startsWith('CustomResourceDefinition/'));
    expect(
      list('customresourcedefinitions')
        .map(identityOf)
        .filter((id) => definitions.includes(id)),
    ).toEqual([]);
    expect(list('namespaces').map(({ metadata }) => metadata.name)).not.toContain('admin');
    expect(list('persistentvolumes')).toEqual([]);
  });

  test('another update finds the data again', async () => {
    // In a namespace that somebody else has made meanwhile, which is adopted.
    apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'admin' } }]);
    stack.set({ adopt: ['Namespace//admin'] });
    await stack.up();
    expect([...deployed(stack.name, kinds).keys()].sort()).toEqual(wanted);
    expect(volumes()).toEqual(before);
    expect(list('persistentvolumeclaims').map(({ status }) => status.phase)).toEqual(
      Object.keys(before).map(() => 'Bound'),
    );
  });
});
