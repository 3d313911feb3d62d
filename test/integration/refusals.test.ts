import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse, stringify } from 'yaml';
import { apply, get, kubectl, list } from './support/kubectl';
import { TestStack, type TestSettings } from './support/test-stack';

/**
 * What a preview refuses, so that nothing of somebody else's is touched, no data is cut off, and nothing fails
 * half-way.
 */

const label = (environment: string): Record<string, string> => ({
  'deploy.kaapana.ai/environment': environment,
  'deploy.kaapana.ai/instance': 'main',
});

let stack: TestStack;

beforeAll(async () => {
  stack = await TestStack.create('refusals');
});

/** What a preview that fails says. */
async function refusal(settings: TestSettings = {}): Promise<string> {
  const { code, output } = await stack.having(settings, () => stack.pulumi(['preview']));
  expect(code).not.toBe(0);
  // Sentences, not a stack trace of the program.
  expect(output).not.toMatch(/^ +at .*\.[jt]s:\d+/m);
  return output;
}

describe('objects of somebody else', () => {
  const objects = [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'admin' } },
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'traefik', namespace: 'admin', labels: label('prod') },
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: {
        name: 'admin-traefik',
        annotations: { 'meta.helm.sh/release-name': 'kaapana-admin-chart' },
        labels: { 'app.kubernetes.io/managed-by': 'Helm' },
      },
      rules: [],
    },
  ];
  const owners = {
    'Namespace//admin': 'nobody that it names',
    'ClusterRole//admin-traefik': 'the Helm release kaapana-admin-chart',
  };
  const versions = (): string[] =>
    objects.map(({ kind, metadata }) => get(kind, metadata.name, 'admin').metadata.resourceVersion);

  beforeAll(() => void apply(objects));
  afterAll(() => void kubectl(['delete', 'namespace/admin', 'clusterrole/admin-traefik']));

  test.each(['preview', 'up'])('stop %s, each with its owner, and stay as they are', async (command) => {
    const before = versions();
    const { code, output } = await stack.pulumi([command, ...(command === 'up' ? ['--yes', '--skip-preview'] : [])]);
    expect(code).not.toBe(0);
    expect(output).toContain(
      'ServiceAccount/admin/traefik exists already and belongs to the environment prod (instance main). It was not changed. Remove it or give this environment another name for it. ' +
        'Objects of another environment cannot be adopted. If prod no longer exists, remove its label first, then adopt it: ' +
        'kubectl label serviceaccount --all-namespaces --selector deploy.kaapana.ai/environment=prod deploy.kaapana.ai/environment-',
    );
    for (const [id, owner] of Object.entries(owners)) {
      expect(output).toContain(
        `${id} exists already and belongs to ${owner}. It was not changed. ` +
          `Remove it or give this environment another name for it; to adopt it, add "${id}" to kaapana:adopt.`,
      );
    }
    expect(versions()).toEqual(before);
  });

  test('stop nobody when each of them is adopted, that of another environment once its name is taken off, and stay as they are in a preview', async () => {
    const adopt = [...Object.keys(owners), 'ServiceAccount/admin/traefik'];
    expect(await stack.having({ adopt }, () => refusal())).toContain('1 problem:');
    expect(await stack.having({ adopt: ['*'] }, () => refusal())).toContain('1 problem:');
    kubectl([
      'label',
      'serviceaccount',
      '--all-namespaces',
      '--selector',
      'deploy.kaapana.ai/environment=prod',
      'deploy.kaapana.ai/environment-',
    ]);
    const before = versions();
    expect(await stack.having({ adopt }, () => stack.demand(['preview']))).toContain(
      'is adopted from the Helm release kaapana-admin-chart, as kaapana:adopt says: 1 ClusterRole (admin-traefik).',
    );
    expect(versions()).toEqual(before);
  });
});

describe('what others have on the server', () => {
  const volume = {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: 'shop-data' },
    spec: { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], hostPath: { path: '/home/kaapana/shop' } },
  };
  const objects = [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'project-roads' } },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { type: 'NodePort', ports: [{ port: 443, nodePort: 443 }] },
    },
    volume,
  ];
  const stranger = 'exists already and belongs to nobody that it names';
  const sentences = [
    `Service/shop/web (${stranger}) and refusals (kaapana:httpsPort (Service/admin/oauth2-proxy-service of server/OAuth2Proxy)) want the node port 443/TCP. In refusals: set it, e.g.: pulumi config set --stack refusals kaapana:httpsPort 8443`,
    `PersistentVolume//shop-data (${stranger}) and refusals (kaapana:fastDataDir (Job/admin/version-file-writer of server/VersionFile)) want the directory /home/kaapana/shop, which lies in /home/kaapana. In refusals: set it, e.g.: pulumi config set --stack refusals kaapana:fastDataDir /home/kaapana2`,
    `Namespace//project-roads (${stranger}) and refusals (kaapana:instanceUid) want the namespace "project-roads", which begins as those of projects may that users of refusals make (project-...). In refusals: `,
  ];

  beforeAll(() => void apply(objects));
  afterAll(
    () =>
      void kubectl([
        'delete',
        'service/web',
        'persistentvolume/shop-data',
        'namespace/shop',
        'namespace/project-roads',
        '--namespace=shop',
      ]),
  );

  test.each(['preview', 'up'])(
    'stops %s, all in one list, with both owners and the remedy, before anything is applied',
    async (command) => {
      const { code, output } = await stack.pulumi([command, ...(command === 'up' ? ['--yes', '--skip-preview'] : [])]);
      expect(code).not.toBe(0);
      expect(output).toContain('3 problems:');
      for (const sentence of sentences) expect(output).toContain(sentence);
      expect(list('namespaces').map(({ metadata: { name } }) => name)).not.toContain('admin');
    },
  );

  test('is told by kaapana check, which asks the server when it is told to', async () => {
    const { code, output } = await stack.kaapana('check', '--live');
    expect(code).toBe(1);
    // Pulumi would not find the file by the name of the stack from here, so the command names it.
    const said = output.replaceAll(/ --config-file \S+/g, '');
    for (const sentence of sentences) expect(said).toContain(sentence);
    expect(await stack.kaapana('check')).toMatchObject({
      code: 0,
      output: expect.stringContaining('the server was not checked') as string,
    });
  });

  test('and more than its nodes have', async () => {
    const output = await refusal({ totalMemory: '4Ti' });
    expect(output).toMatch(
      /4 problems:[^]*refusals \(requests of its pods\).* more memory than the nodes have, \d+Mi of \d+Mi: .*refusals \d+Mi\. In refusals: .*totalMemory \d+Gi; or add a node/,
    );
  });
});

describe('fields that Kubernetes refuses to change', () => {
  const volume = {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: 'admin-keycloak', labels: label('refusals') },
    spec: {
      capacity: { storage: '10Gi' },
      accessModes: ['ReadWriteOnce'],
      persistentVolumeReclaimPolicy: 'Retain',
      storageClassName: 'kaapana-hostpath-fast-data-dir',
      hostPath: { path: '/where/the/data/is', type: 'DirectoryOrCreate' },
    },
  };
  const priority = {
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name: 'kaapana-high-priority', labels: label('refusals') },
    value: 5,
  };

  beforeAll(() => void apply([volume, priority]));
  afterAll(() => void kubectl(['delete', 'persistentvolume/admin-keycloak', 'priorityclass/kaapana-high-priority']));

  test('fail at preview, all at once, and say what to do', async () => {
    const output = await refusal();
    expect(output).toContain(
      'PriorityClass//kaapana-high-priority: value cannot change from 5 to 1000000. Delete the class with kubectl',
    );
    expect(output).toMatch(
      /PersistentVolume\/\/admin-keycloak: spec\.hostPath cannot change from .*"\/where\/the\/data\/is".* Its data would be cut off\./,
    );
  });
});

describe('a server that', () => {
  const kubeconfig = (change: (config: { clusters: { cluster: { server: string } }[] }) => void): string => {
    const config = parse(fs.readFileSync(process.env['KUBECONFIG'] ?? '', 'utf8')) as Parameters<typeof change>[0];
    change(config);
    const file = path.join(path.dirname(stack.file), 'kubeconfig.yaml');
    fs.writeFileSync(file, stringify(config));
    return file;
  };

  test('does not answer', async () => {
    const file = kubeconfig(({ clusters }) =>
      clusters.forEach(({ cluster }) => (cluster.server = 'https://127.0.0.1:9')),
    );
    expect(await refusal({ kubeconfig: file })).toContain(
      'the API server https://127.0.0.1:9 does not answer (connect ECONNREFUSED 127.0.0.1:9); nothing was changed.',
    );
  });

  test('is another one than the certificate says', async () => {
    const file = kubeconfig(({ clusters }) =>
      clusters.forEach(({ cluster }) => Object.assign(cluster, { 'tls-server-name': 'other.example.org' })),
    );
    expect(await refusal({ kubeconfig: file })).toMatch(
      /the API server https:\/\/\S+ does not answer \(.*certificate's altnames.*\); nothing was changed\./,
    );
  });

  test('has no kubeconfig', async () => {
    expect(await refusal({ kubeconfig: '/nowhere/kubeconfig' })).toContain(
      'cannot read the kubeconfig /nowhere/kubeconfig',
    );
  });
});

test('wrong settings are refused before the server is asked', async () => {
  const output = await refusal({ httpPort: 99999, domian: 'typo.example.org', kubeconfig: '/nowhere/kubeconfig' });
  expect(output).toContain('2 mistakes in the settings of refusals:');
  expect(output).toContain('kaapana:httpPort');
  expect(output).toContain('Did you mean domain?');
});
