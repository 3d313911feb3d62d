import { conflicts } from '../../src/conflicts/conflicts';
import { printed } from '../findings/support';
import { REQUIRED } from '../settings/support';
import { GUEST, type Keys, tenants, THIRD, told } from './support';

const NFS: Keys = { storageProvider: 'nfs', nfs: { server: 'nfs.example.org', path: '/export' } };
const EDK: Keys = { extensions: [{ name: 'edk' }] };
const desktop = (name: string): Keys => ({
  extensions: [{ name, as: 'desk', parameters: { service_type: 'NodePort' } }],
});

/** Two environments that would hurt each other, and what of each has to be named. */
interface Pair {
  readonly what: string;

  /** The server's own environment, `prod`. */
  readonly prod?: Keys;

  /** A further one; on the server of `prod` unless it says otherwise. */
  readonly site2?: Keys;

  /** One more, on that server too. @default - none */
  readonly site3?: Keys;

  /** What is reported, whose it is, and the setting that mends it. */
  readonly expected: readonly [what: RegExp, first: string, by: RegExp, second: string, by: RegExp, setting: string];
}

const PAIRS: readonly Pair[] = [
  {
    what: 'the port of HTTPS',
    site2: { httpsPort: 443 },
    expected: [
      /^the node port 443\/TCP$/,
      'prod',
      /^kaapana:httpsPort \(Service\/admin\/oauth2-proxy-service of server\/OAuth2Proxy\)$/,
      'site2',
      /^kaapana:httpsPort \(Service\/site2-default\/oauth2-proxy-service/,
      'httpsPort',
    ],
  },
  {
    what: 'the port of HTTP',
    site2: { httpPort: 80 },
    expected: [
      /^the node port 80\/TCP$/,
      'prod',
      /^kaapana:httpPort/,
      'site2',
      /^kaapana:httpPort \(Service\/site2-default\/traefik-http/,
      'httpPort',
    ],
  },
  {
    what: 'the port of DICOM',
    site2: { dicomPort: 11112 },
    expected: [
      /^the node port 11112\/TCP$/,
      'prod',
      /^kaapana:dicomPort/,
      'site2',
      /^kaapana:dicomPort \(Service\/site2-services\/ctp/,
      'dicomPort',
    ],
  },
  {
    what: 'ports of different uses',
    site2: { httpsPort: 11112 },
    expected: [/^the node port 11112\/TCP$/, 'prod', /^kaapana:dicomPort/, 'site2', /^kaapana:httpsPort/, 'httpsPort'],
  },
  {
    what: 'DICOM at the port of HTTP',
    site2: { dicomPort: 80 },
    expected: [/^the node port 80\/TCP$/, 'prod', /^kaapana:httpPort/, 'site2', /^kaapana:dicomPort/, 'dicomPort'],
  },
  {
    what: 'the port of HTTPS of two further instances',
    site2: {},
    site3: { httpsPort: 8443 },
    expected: [/^the node port 8443\/TCP$/, 'site2', /^kaapana:httpsPort/, 'site3', /^kaapana:httpsPort/, 'httpsPort'],
  },
  {
    what: 'the fixed port of an extension',
    prod: EDK,
    site2: EDK,
    expected: [
      /^the node port \d+\/TCP$/,
      'prod',
      /^Service\/services\/.* of extensions\/edk$/,
      'site2',
      /^Service\/site2-services\/.* of extensions\/edk$/,
      "In site2: the extension can have no other, so remove it from one of the two environments, e.g.: pulumi config rm --stack site2 --path 'kaapana:extensions[0]'",
    ],
  },
  {
    what: 'the port that an extension can do without',
    prod: desktop('mitk-workbench-chart'),
    site2: desktop('mitk-workbench-chart'),
    expected: [
      /^the node port 22223\/TCP$/,
      'prod',
      /of extensions\/mitk-workbench-chart-desk$/,
      'site2',
      /of extensions\/mitk-workbench-chart-desk$/,
      "In site2: set service_type ClusterIP for one of them, e.g.: pulumi config set --stack site2 --path 'kaapana:extensions[0].parameters.service_type' ClusterIP",
    ],
  },
  {
    what: 'the port of an extension of many',
    prod: desktop('desktop-container-chart'),
    site2: { extensions: [{ name: 'edk' }, ...(desktop('desktop-container-chart')['extensions'] as object[])] },
    expected: [
      /^the node port 22224\/TCP$/,
      'prod',
      /^Service/,
      'site2',
      /^Service/,
      'kaapana:extensions[1].parameters.service_type',
    ],
  },
  {
    what: 'an object of an extension outside of its instance',
    prod: EDK,
    site2: EDK,
    expected: [
      /^ConfigMap\/kube-public\/local-registry-hosting$/,
      'prod',
      /of extensions\/edk$/,
      'site2',
      /of extensions\/edk$/,
      "remove it from one of the two environments, e.g.: pulumi config rm --stack site2 --path 'kaapana:extensions[0]'",
    ],
  },
  {
    what: 'the fixed port of an extension, set for HTTPS',
    prod: EDK,
    site2: { httpsPort: 32000 },
    expected: [
      /^the node port 32000\/TCP$/,
      'prod',
      /^Service\/services\/.* of extensions\/edk$/,
      'site2',
      /^kaapana:httpsPort/,
      'httpsPort 32001',
    ],
  },
  {
    what: 'a port that is set, fixed for an extension',
    prod: { dicomPort: 32000 },
    site2: EDK,
    expected: [
      /^the node port 32000\/TCP$/,
      'site2',
      /of extensions\/edk$/,
      'prod',
      /^kaapana:dicomPort/,
      'In prod: set it, e.g.: pulumi config set --stack prod kaapana:dicomPort 32001',
    ],
  },
  {
    what: 'the same name',
    site2: {},
    site3: { instanceUid: 'site2' },
    expected: [
      /^the name of the instance, "site2"$/,
      'site2',
      /^kaapana:instanceUid$/,
      'site3',
      /^kaapana:instanceUid$/,
      'instanceUid',
    ],
  },
  {
    what: 'the name of the first instance',
    prod: { instanceUid: 'site2' },
    site2: {},
    expected: [
      /^the name of the instance, "site2"$/,
      'prod',
      /^kaapana:instanceUid$/,
      'site2',
      /^kaapana:instanceUid$/,
      'instanceUid',
    ],
  },
  {
    what: 'objects in a namespace of one name',
    prod: { servicesNamespace: 'site2-services' },
    site2: {},
    expected: [
      /^Service\/site2-services\/minio-service$/,
      'prod',
      /of instance\/Minio$/,
      'site2',
      /of instance\/Minio$/,
      'instanceUid kaapana2',
    ],
  },
  {
    what: 'a volume of one name',
    prod: { servicesNamespace: 'site2-services' },
    site2: {},
    expected: [
      /^PersistentVolume\/\/site2-services-minio$/,
      'prod',
      /of instance\/Minio$/,
      'site2',
      /of instance\/Minio$/,
      'instanceUid kaapana2',
    ],
  },
  {
    what: 'a name that begins as another',
    site2: {},
    site3: { instanceUid: 'site2-b' },
    expected: [
      /^the namespace "site2-b-services", which begins .*\(site2-\.\.\.\)$/,
      'site2',
      /^kaapana:instanceUid$/,
      'site3',
      /^kaapana:servicesNamespace/,
      'instanceUid',
    ],
  },
  {
    what: 'a namespace that begins as another instance',
    prod: { servicesNamespace: 'site2-x' },
    site2: {},
    expected: [
      /^the namespace "site2-x", which begins .*\(site2-\.\.\.\)$/,
      'site2',
      /^kaapana:instanceUid$/,
      'prod',
      /^kaapana:servicesNamespace/,
      'servicesNamespace',
    ],
  },
  {
    what: 'a name that begins as projects do',
    site2: { instanceUid: 'project-x' },
    expected: [
      /^the namespace "project-x-services", which begins .*\(project-\.\.\.\)$/,
      'prod',
      /^kaapana:instanceUid$/,
      'site2',
      /^kaapana:servicesNamespace/,
      'instanceUid',
    ],
  },
  {
    what: 'a namespace of services',
    prod: { servicesNamespace: 'site2-services' },
    site2: {},
    expected: [
      /^the namespace "site2-services"$/,
      'prod',
      /^kaapana:servicesNamespace \(Namespace\/\/site2-services of instance\/ServicesNamespace\)$/,
      'site2',
      /^kaapana:servicesNamespace/,
      'servicesNamespace',
    ],
  },
  {
    what: 'a namespace of extensions',
    prod: { extensionsNamespace: 'site2-extensions' },
    site2: {},
    expected: [
      /^the namespace "site2-extensions"$/,
      'prod',
      /^kaapana:extensionsNamespace/,
      'site2',
      /^kaapana:extensionsNamespace/,
      'extensionsNamespace',
    ],
  },
  {
    what: 'the namespace of the server',
    prod: { adminNamespace: 'site2-default' },
    site2: {},
    expected: [
      /^the namespace "site2-default"$/,
      'prod',
      /^kaapana:adminNamespace/,
      'site2',
      /^kaapana:helmNamespace/,
      'helmNamespace',
    ],
  },
  {
    what: 'namespaces of different uses',
    prod: { extensionsNamespace: 'site2-services' },
    site2: {},
    expected: [
      /^the namespace "site2-services"$/,
      'prod',
      /^kaapana:extensionsNamespace/,
      'site2',
      /^kaapana:servicesNamespace/,
      'servicesNamespace',
    ],
  },
  {
    what: 'the namespace of a project',
    prod: { projects: [{ name: 'admin' }, { name: 'x' }] },
    site2: { instanceUid: 'project', servicesNamespace: 'x' },
    expected: [
      /^the namespace "project-x"$/,
      'prod',
      /^kaapana:projects\[1\]\.name/,
      'site2',
      /^kaapana:servicesNamespace/,
      'servicesNamespace',
    ],
  },
  {
    what: 'a namespace of jobs',
    prod: { components: ['jobs-namespace'], jobsNamespace: 'site2-services' },
    site2: {},
    expected: [
      /^the namespace "site2-services"$/,
      'prod',
      /^kaapana:jobsNamespace/,
      'site2',
      /^kaapana:servicesNamespace/,
      'servicesNamespace',
    ],
  },
  {
    what: 'a directory in a directory',
    site2: { fastDataDir: '/home/kaapana/x', slowDataDir: '/home/kaapana/x' },
    expected: [
      /^the directory \/home\/kaapana\/x-site2, which lies in \/home\/kaapana$/,
      'prod',
      /^kaapana:fastDataDir/,
      'site2',
      /^kaapana:fastDataDir/,
      'fastDataDir',
    ],
  },
  {
    what: 'a directory around a directory',
    prod: { fastDataDir: '/data-site2/x', slowDataDir: '/data-site2/x' },
    site2: { fastDataDir: '/data', slowDataDir: '/data' },
    expected: [
      /^the directory \/data-site2\/x, which lies in \/data-site2$/,
      'site2',
      /^kaapana:fastDataDir/,
      'prod',
      /^kaapana:fastDataDir/,
      'fastDataDir',
    ],
  },
  {
    what: 'the same directory',
    prod: { fastDataDir: '/data-site2', slowDataDir: '/data-site2' },
    site2: { fastDataDir: '/data', slowDataDir: '/data' },
    expected: [
      /^the directory \/data-site2$/,
      'prod',
      /^kaapana:fastDataDir/,
      'site2',
      /^kaapana:fastDataDir/,
      'fastDataDir',
    ],
  },
  {
    what: 'bulk data in fast data',
    prod: { fastDataDir: '/ssd', slowDataDir: '/hdd' },
    site2: { fastDataDir: '/fast', slowDataDir: '/ssd/kaapana' },
    expected: [
      /^the directory \/ssd\/kaapana-site2, which lies in \/ssd$/,
      'prod',
      /^kaapana:fastDataDir/,
      'site2',
      /^kaapana:slowDataDir/,
      'slowDataDir',
    ],
  },
  {
    what: 'an export in an export',
    prod: NFS,
    site2: { ...NFS, nfs: { server: 'nfs.example.org', path: '/export/fast' } },
    expected: [
      /^the directory nfs\.example\.org:\/export\/fast\/site2\/fast, which lies in nfs\.example\.org:\/export\/fast$/,
      'prod',
      /^kaapana:nfs\.path/,
      'site2',
      /^kaapana:nfs\.path/,
      'nfs.path',
    ],
  },
  {
    what: 'the same export',
    prod: { ...NFS, nfs: { server: 'nfs.example.org', path: '/export/site2' } },
    site2: NFS,
    expected: [
      /^the directory nfs\.example\.org:\/export\/site2\/fast$/,
      'prod',
      /^kaapana:nfs\.path/,
      'site2',
      /^kaapana:nfs\.path/,
      'nfs.path',
    ],
  },
  {
    what: 'the same address',
    site2: {},
    site3: { domain: 'site2.example.org', httpsPort: 8443 },
    expected: [
      /^the address https:\/\/site2\.example\.org:8443$/,
      'site2',
      /^kaapana:domain$/,
      'site3',
      /^kaapana:domain$/,
      'domain site3.example.org',
    ],
  },
  {
    what: 'the same redirect address',
    site2: {},
    site3: { domain: 'site2.example.org', httpsPort: 8443 },
    expected: [
      /^the address https:\/\/site2\.example\.org:8443\/oauth2\/callback$/,
      'site2',
      /^Job\/site2-default\/oidc-client of server\/OidcClient$/,
      'site3',
      /^Job\/site3-default\/oidc-client/,
      'domain site3.example.org',
    ],
  },
  {
    what: 'two owners of the server',
    site2: { serverStack: undefined, instanceUid: 'site2' },
    expected: [
      /^the server layer$/,
      'prod',
      /^kaapana:serverStack$/,
      'site2',
      /^kaapana:serverStack$/,
      'make this one a secondary instance of it: pulumi config set --stack site2 kaapana:serverStack prod; if',
    ],
  },
  {
    what: 'two owners of the server without a name',
    site2: { serverStack: undefined, instanceUid: '' },
    expected: [
      /^the server layer$/,
      'prod',
      /^kaapana:serverStack$/,
      'site2',
      /^kaapana:serverStack$/,
      'kaapana:serverStack prod and pulumi config set --stack site2 kaapana:instanceUid kaapana2; if',
    ],
  },
  {
    what: 'another cluster',
    site2: { kubeconfig: '/etc/other' },
    expected: [
      /^different clusters for one server, by kubeconfig$/,
      'prod',
      /^kaapana:kubeconfig$/,
      'site2',
      /^kaapana:kubeconfig$/,
      'kubeconfig',
    ],
  },
  {
    what: 'another context',
    prod: { kubeContext: 'a' },
    site2: { kubeContext: 'b' },
    expected: [
      /^different clusters for one server, by kubeContext$/,
      'prod',
      /^kaapana:kubeContext$/,
      'site2',
      /^kaapana:kubeContext$/,
      'kubeContext a',
    ],
  },
  {
    what: 'another distribution',
    prod: { distribution: 'kubeadm' },
    site2: { distribution: 'k3s' },
    expected: [
      /^different distributions for one server, kubeadm and k3s$/,
      'prod',
      /^kaapana:distribution$/,
      'site2',
      /^kaapana:distribution$/,
      'In site2: set it, e.g.: pulumi config set --stack site2 kaapana:distribution kubeadm',
    ],
  },
  {
    what: 'another name of the administrator',
    site2: { credentials: { ...REQUIRED.credentials, keycloakAdminUsername: 'root' } },
    expected: [
      /^different values for the account credentials\.keycloakAdminUsername/,
      'prod',
      /keycloakAdminUsername$/,
      'site2',
      /keycloakAdminUsername$/,
      'In site2: take that of prod. Set it, e.g.: pulumi config set --stack site2 --path kaapana:credentials.keycloakAdminUsername admin',
    ],
  },
  {
    what: 'another secret of the client',
    site2: { credentials: { ...REQUIRED.credentials, oidcClientSecret: 'Other2020' } },
    expected: [
      /^different values for the account credentials\.oidcClientSecret/,
      'prod',
      /oidcClientSecret$/,
      'site2',
      /oidcClientSecret$/,
      'credentials.oidcClientSecret',
    ],
  },
  {
    what: 'another administrator',
    site2: { credentials: { ...REQUIRED.credentials, keycloakAdminPassword: 'Other2020' } },
    expected: [
      /^different values for the account credentials\.keycloakAdminPassword/,
      'prod',
      /keycloakAdminPassword$/,
      'site2',
      /keycloakAdminPassword$/,
      'credentials.keycloakAdminPassword',
    ],
  },
  {
    what: 'another system user',
    site2: { credentials: { ...REQUIRED.credentials, rootSecret: 'Other2020' } },
    expected: [
      /^different values for the account credentials\.systemUserPassword/,
      'prod',
      /systemUserPassword$/,
      'site2',
      /systemUserPassword$/,
      'credentials.systemUserPassword',
    ],
  },
  {
    what: 'more memory than there is',
    prod: { totalMemory: '32Gi' },
    site2: { totalMemory: '64Gi' },
    expected: [
      /^more memory than the server has, \d+Mi of 32Gi: prod \d+Mi, site2 \d+Mi$/,
      'prod',
      /^requests/,
      'site2',
      /^requests/,
      'In prod: set its true size, if that is 45Gi or more. Set it, e.g.: pulumi config set --stack prod kaapana:totalMemory 45Gi; or give site2 less. In site2: set how much it may use. Set it, e.g.: pulumi config set --stack site2 kaapana:totalMemory 21Gi',
    ],
  },
];

test.each(PAIRS)(
  '$what: both owners and the remedy are named',
  ({ prod, site2 = {}, site3, expected: [what, first, firstBy, second, secondBy, setting] }) => {
    const found = told(
      conflicts(
        tenants({
          prod: { ...prod },
          site2: { ...GUEST, ...site2 },
          ...(site3 ? { site3: { ...THIRD, ...site3 } } : {}),
        }),
      ),
    );
    const conflict = found.find((each) => what.test(each.what));
    expect(conflict).toMatchObject({
      owners: [
        { environment: first, by: expect.stringMatching(firstBy) as string },
        { environment: second, by: expect.stringMatching(secondBy) as string },
      ],
      remedy: expect.stringContaining(setting) as string,
    });
  },
);

test('a port that objects and settings take is one conflict, with both and the remedy as data', () => {
  const found = conflicts(tenants({ prod: {}, site2: { ...GUEST, httpsPort: 443 } }));
  const object = (id: string): object => expect.objectContaining({ id }) as object;
  expect(found).toContainEqual({
    rule: 'shared-port',
    severity: 'error',
    subject: { kind: 'environment', name: 'site2' },
    facts: {
      wanted: '443/TCP',
      mutual: true,
      change: { kind: 'value', key: 'httpsPort' },
      owners: [
        {
          environment: 'prod',
          by: { setting: 'httpsPort', object: object('Service/admin/oauth2-proxy-service') },
        },
        {
          environment: 'site2',
          by: { setting: 'httpsPort', object: object('Service/site2-default/oauth2-proxy-service') },
        },
      ],
    },
    remedies: [{ kind: 'set', key: 'httpsPort', example: 8443, in: { environment: 'site2' } }],
  });
  expect(found.filter(({ rule }) => rule === 'shared-port')).toHaveLength(1);
});

test('directories that lie in each other are one conflict, not one for each volume', () => {
  const found = conflicts(
    tenants({ prod: {}, site2: { ...GUEST, fastDataDir: '/home/kaapana/x', slowDataDir: '/home/kaapana/x' } }),
  );
  expect(found.filter(({ rule }) => rule === 'shared-directory')).toHaveLength(1);
});

test('links lead to the same directory', () => {
  const resolve = (path: string): string => path.replace(/^\/data-site2/, '/home/kaapana/data');
  const found = conflicts(
    tenants({ prod: {}, site2: { ...GUEST, fastDataDir: '/data', slowDataDir: '/data' } }),
    resolve,
  );
  expect(told(found).map(({ what }) => what)).toEqual([
    'the directory /data-site2 (in truth /home/kaapana/data), which lies in /home/kaapana',
  ]);
});

test('trailing slashes make no other directory', () => {
  const [prod, site2] = tenants({ prod: {}, site2: GUEST }).map((tenant) => ({ ...tenant, graph: undefined }));
  if (!prod || !site2) throw new Error('there are two');
  const found = conflicts([
    prod,
    { ...site2, settings: { ...site2.settings, fastDataDir: '/home/kaapana//', slowDataDir: '/other' } },
  ]);
  expect(told(found).map(({ what }) => what)).toEqual([expect.stringMatching(/^the directory \/home\/kaapana/)]);
});

describe('what nearly all else follows from is told alone', () => {
  test.each<[string, Readonly<Record<string, Keys>>, string[]]>([
    ['two that own the server', { prod: {}, site2: {} }, ['the server layer']],
    [
      'three that own the server',
      { prod: {}, site2: { instanceUid: 'site2' }, site3: {} },
      ['the server layer', 'the server layer', 'the server layer'],
    ],
    [
      "an instance of the name of its server's",
      { prod: { instanceUid: 'site2' }, site2: GUEST },
      ['the name of the instance, "site2"'],
    ],
    [
      'two instances of one name',
      { prod: { totalMemory: '256Gi' }, site2: GUEST, site3: { ...THIRD, instanceUid: 'site2' } },
      ['the name of the instance, "site2"'],
    ],
    [
      'of two among others',
      { prod: { totalMemory: '256Gi' }, site2: GUEST, site3: { ...THIRD, instanceUid: 'site2', dicomPort: 11112 } },
      ['the node port 11112/TCP', 'the name of the instance, "site2"'],
    ],
  ])('%s', (_, given, expected) => {
    expect(told(conflicts(tenants(given))).map(({ what }) => what)).toEqual(expected);
  });

  test('all others become further instances of the same one', () => {
    const owners = told(conflicts(tenants({ prod: {}, site2: {}, site3: {} }))).map(({ remedy }) =>
      remedy.replace(/;.*/, ''),
    );
    expect(owners).toEqual(
      ['site2', 'site3', 'site3'].map(
        (name) =>
          `In ${name}: one environment owns the server, so make this one a secondary instance of it: pulumi config set --stack ${name} kaapana:serverStack prod and pulumi config set --stack ${name} kaapana:instanceUid kaapana2`,
      ),
    );
  });
});

test('objects of the same components are one sentence', () => {
  const found = conflicts(tenants({ prod: { servicesNamespace: 'site2-services' }, site2: GUEST }));
  expect(found.length).toBeGreaterThan(200);
  const lines = printed(found);
  expect(lines.length).toBeLessThan(80);
  expect(lines).toContainEqual(
    expect.stringMatching(
      /^prod \(\S+ of instance\/Minio\) and site2 \(\S+ of instance\/Minio\) want \S+ and \d+ more of the same component\. In site2: /,
    ),
  );
});

test('what Pulumi alone can open is not compared', () => {
  const sealed = { ...REQUIRED.credentials, oidcClientSecret: { secure: 'v1:x' } };
  expect(
    conflicts(tenants({ prod: {}, site2: { ...GUEST, credentials: sealed } })).filter(
      ({ rule }) => rule === 'different-account',
    ),
  ).toEqual([]);
});
