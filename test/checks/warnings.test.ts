import { platformWarnings } from '../../src/checks/warnings';
import { buildPlatform } from '../../src/environment/tree';
import { parseSettings } from '../../src/settings/parse';
import { printed } from '../findings/support';
import { REQUIRED } from '../settings/support';

/** What is said of a usual site, with `given` in place of what it has. */
function warnings(given: Readonly<Record<string, unknown>> = {}): string[] {
  const raw = {
    ...REQUIRED,
    distribution: 'microk8s',
    nodePortRange: '80-32767',
    serverIp: '192.0.2.10',
    apiServerIp: '192.0.2.10',
    ...given,
  };
  const { settings, secrets } = parseSettings(raw, 'test');
  return printed(
    platformWarnings({ environment: 'test', settings, secrets, graph: buildPlatform(settings, 'test').graph }),
  );
}

const USERS = { initPassword: 'geheim', systemUserPassword: 'Geheim-1' };

test('of a usual site there is nothing to say', () => {
  expect(warnings()).toEqual([]);
});

test('passwords that Keycloak refuses are named, each, where its rule holds', () => {
  const given = {
    credentials: { ...REQUIRED.credentials, ...USERS },
    projects: [{ name: 'a' }, { name: 'b', userPassword: 'GEHEIM-1' }],
  };
  expect(warnings({ ...given, devMode: false })).toEqual([
    expect.stringMatching(
      /^kaapana:credentials\.initPassword is too weak: .*--secret --path kaapana:credentials\.initPassword$/,
    ),
    expect.stringMatching(/^kaapana:projects\[1\]\.userPassword is too weak/),
  ]);
  expect(warnings({ ...given, devMode: true })).toEqual([]);
});

test.each([[{}], [{ internalCidrs: ['10.1.0.0/16', '10.152.183.0/24'] }]])(
  'without addresses of the server, %j keeps pods from the API server',
  (given) => {
    expect(warnings({ serverIp: undefined, apiServerIp: undefined, ...given })).toEqual([
      expect.stringMatching(
        /^kaapana:apiServerIp is missing, .*kubectl get endpoints kubernetes .*config set --stack test kaapana:apiServerIp 192\.0\.2\.10$/,
      ),
      expect.stringMatching(/^pods find kaapana\.example\.org by the cluster's DNS alone/),
    ]);
  },
);

test.each([[{ serverIp: '192.0.2.10' }], [{ domain: '192.0.2.10' }], [{ distribution: 'embedded' }]])(
  '%j is enough for the way to the API server',
  (given) => {
    expect(warnings({ serverIp: undefined, apiServerIp: undefined, ...given })).toEqual([]);
  },
);

test('namespaces that images do not know are said', () => {
  expect(warnings({ adminNamespace: 'gate' })).toEqual([
    expect.stringMatching(/aii-service\.services\.svc.* are in gate and services: projects cannot be set up/),
  ]);
  expect(warnings({ instanceUid: 'a' })).toEqual([expect.stringMatching(/are in admin and a-services/)]);
});

test('what an NFS server has to have is said', () => {
  const said = warnings({ enableNfs: true, nfs: { server: 'nas', path: '/export' } });
  expect(said).toHaveLength(3);
  expect(said[0]).toMatch(
    /^the directories of the volumes have to be on nas .*storage --env <environment> --directories/,
  );
  expect(said[1]).toMatch(/^the export nas:\/export needs no_root_squash/);
  expect(said[2]).toMatch(/^nothing makes volumes on demand with storageProvider nfs/);
});

test.each(['microk8s', 'k3s', 'embedded'])(
  '%s makes directories of the node for whoever claims some',
  (distribution) => {
    expect(warnings({ distribution, totalMemory: '64Gi' })).toEqual([]);
  },
);

test('where nobody does, applications of the store have no volumes', () => {
  expect(warnings({ distribution: 'kubeadm' })).toEqual([
    expect.stringMatching(
      /storageProvider hostpath on kubeadm: .*config set --stack test kaapana:storageProvider class$/,
    ),
  ]);
  expect(
    warnings({
      distribution: 'kubeadm',
      storageProvider: 'class',
      storageClasses: { fast: 'ceph' },
      volumeSlowData: '100Gi',
    }),
  ).toEqual([]);
});

test('a further instance is told what its server decides for it', () => {
  const { settings, secrets } = parseSettings(
    { ...REQUIRED, serverStack: 'prod', instanceUid: 'b', serverIp: '192.0.2.10', apiServerIp: '192.0.2.10' },
    'b',
  );
  const host = parseSettings({ ...REQUIRED, apiServerIp: '192.0.2.10' }, 'prod').settings;
  const said = printed(
    platformWarnings({ environment: 'b', settings, secrets, graph: buildPlatform(settings, 'b', host).graph }),
  );
  expect(said).toContainEqual(
    expect.stringMatching(
      /^applications of the store, and projects that users make .* for the instance of prod: .*kaapana:extensions and kaapana:projects$/,
    ),
  );
  expect(said).toContainEqual(
    expect.stringMatching(/^the identity provider asks only the instance of prod what a user may do/),
  );
});
