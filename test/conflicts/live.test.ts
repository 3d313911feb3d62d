import { conflictsWith, liveFindings } from '../../src/conflicts/live';
import type { Cluster, Deployed } from '../../src/conflicts/live-claims';
import type { JsonObject } from '../../src/objects/manifest';
import { Secrets } from '../../src/settings/secrets';
import { standIn } from '../cluster/stand-in';
import { printed } from '../findings/support';
import { deployed, labels, node } from './live-support';

const EMPTY: Cluster = { namespaces: [], nodes: [node()], pods: [], services: [], volumes: [] };

function helm(release: string): JsonObject {
  return { labels: { 'app.kubernetes.io/managed-by': 'Helm' }, annotations: { 'meta.helm.sh/release-name': release } };
}

function namespace(name: string, metadata: JsonObject = {}): JsonObject {
  return { metadata: { name, ...metadata } };
}

function service(nodePort: number, metadata: JsonObject = {}, protocol = 'TCP'): JsonObject {
  return {
    metadata: { name: 'web', namespace: 'shop', ...metadata },
    spec: { ports: [{ port: 1, nodePort, protocol }] },
  };
}

function volume(source: JsonObject, metadata: JsonObject = {}): JsonObject {
  return { metadata: { name: 'shop-data', ...metadata }, spec: source };
}

function pod(spec: JsonObject, metadata: JsonObject = {}, phase = 'Running'): JsonObject {
  return {
    metadata: { name: 'agent-x7f', namespace: 'shop', ...metadata },
    spec: { nodeName: 'kaapana-node', ...spec },
    status: { phase },
  };
}

/** What makes a pod. */
function controller(kind: string, name: string): JsonObject {
  return { ownerReferences: [{ kind, name, controller: true }] };
}

function said(cluster: Partial<Cluster>, own: Deployed = deployed()): string[] {
  return printed(conflictsWith(own, { ...EMPTY, ...cluster }), own.environment);
}

describe('node ports', () => {
  test('of a stranger are named with both owners and the remedy', () => {
    expect(said({ services: [service(443)] })).toEqual([
      'Service/shop/web (exists already and belongs to nobody that it names) and prod (kaapana:httpsPort (Service/admin/oauth2-proxy-service of server/OAuth2Proxy)) want the node port 443/TCP. ' +
        'In prod: set it, e.g.: pulumi config set --stack prod kaapana:httpsPort 8443',
    ]);
  });

  test('of a release of Helm, in a namespace of our own, too', () => {
    expect(
      said({
        namespaces: [namespace('services')],
        services: [service(11112, { namespace: 'services', ...helm('ctp2') })],
      }),
    ).toEqual([
      expect.stringMatching(
        /^Service\/services\/web \(exists already and belongs to the Helm release ctp2\) and prod \(kaapana:dicomPort .*want the node port 11112\/TCP/,
      ),
    ]);
  });

  test('of another environment', () => {
    expect(said({ services: [service(8443, { labels: labels('trial', 'site3') })] }, deployed({}, 'site2'))).toEqual([
      expect.stringMatching(
        /^the environment trial \(Service\/shop\/web of the instance site3\) and site2 \(kaapana:httpsPort .* want the node port 8443\/TCP\. In site2: .*httpsPort 8444/,
      ),
    ]);
  });

  test('of pods count by what makes them, once', () => {
    const balancer = (name: string): JsonObject =>
      pod(
        { containers: [{ ports: [{ hostPort: 443, protocol: 'TCP' }] }] },
        { name, ...controller('DaemonSet', 'svclb-traefik') },
      );
    expect(said({ pods: [balancer('svclb-1'), balancer('svclb-2')] })).toEqual([
      expect.stringMatching(/^DaemonSet\/shop\/svclb-traefik \(exists already.*443\/TCP/),
    ]);
    expect(
      said({ pods: [pod({ containers: [{ ports: [{ hostPort: 80 }] }] }, controller('Node', 'kaapana-node'))] }),
    ).toEqual([expect.stringMatching(/^Pod\/shop\/agent-x7f /)]);
  });

  test('for the health of a load balancer count', () => {
    expect(
      said({ services: [{ metadata: { name: 'lb', namespace: 'shop' }, spec: { healthCheckNodePort: 11112 } }] }),
    ).toEqual([expect.stringMatching(/^Service\/shop\/lb .*11112\/TCP/)]);
  });

  test('of an extension that are fixed are given up', () => {
    expect(said({ services: [service(32000)] }, deployed({ extensions: [{ name: 'edk' }] }))).toEqual([
      expect.stringMatching(
        /32000\/TCP\. In prod: the extension can have no other, so remove it, e\.g\.: pulumi config rm --stack prod --path 'kaapana:extensions\[0\]'$/,
      ),
    ]);
  });

  test.each([
    ['our own, before a lost state', [service(443, { labels: labels('prod') })]],
    [
      'one of our objects, which is compared by name',
      [service(443, { name: 'oauth2-proxy-service', namespace: 'admin' })],
    ],
    ['another protocol', [service(443, {}, 'UDP')]],
    ['another port', [service(444)]],
    [
      'a service inside the cluster',
      [{ metadata: { name: 'web', namespace: 'shop' }, spec: { ports: [{ port: 443 }] } }],
    ],
  ])('%s is no conflict', (_, services) => {
    expect(said({ services })).toEqual([]);
  });

  test('of pods that have ended, or of our own namespaces, are free', () => {
    const taken = { containers: [{ ports: [{ hostPort: 443 }] }] };
    expect(
      said({
        pods: [pod(taken, {}, 'Succeeded'), pod(taken, { namespace: 'services' })],
        namespaces: [namespace('services', { labels: labels('prod') })],
      }),
    ).toEqual([]);
  });
});

describe('directories', () => {
  test.each([
    [
      'in ours',
      { hostPath: { path: '/home/kaapana/minio/' } },
      /^PersistentVolume\/\/shop-data \(exists already.*\) and prod \(kaapana:fastDataDir.*\) want the directory .*\/home\/kaapana\/minio.*lies in \/home\/kaapana\. In prod: .*fastDataDir/,
    ],
    [
      'around ours',
      { hostPath: { path: '/home' } },
      /^PersistentVolume\/\/shop-data .*want the directory \/home\/kaapana, which lies in \/home\. In prod: .*fastDataDir \/data\/kaapana2/,
    ],
    [
      'that are local volumes',
      { local: { path: '/home/kaapana' } },
      /^PersistentVolume\/\/shop-data .*want the directory \/home\/kaapana\. In prod: /,
    ],
  ])('of volumes %s', (_, source, message) => {
    expect(said({ volumes: [volume(source)] })[0]).toMatch(message);
  });

  test('of an export', () => {
    const own = deployed({ storageProvider: 'nfs', nfs: { server: 'nfs.example.org', path: '/export' } });
    expect(said({ volumes: [volume({ nfs: { server: 'nfs.example.org', path: '/export/fast' } })] }, own)).toEqual([
      expect.stringMatching(
        /^PersistentVolume\/\/shop-data .* want the directory nfs\.example\.org:\/export\/fast\. In prod: .*nfs\.path/,
      ),
    ]);
    expect(said({ volumes: [volume({ nfs: { server: 'other', path: '/export/fast' } })] }, own)).toEqual([]);
  });

  test('that a pod of others writes to, not those that it reads', () => {
    const agent = (readOnly: boolean): JsonObject =>
      pod({
        volumes: [{ name: 'data', hostPath: { path: '/home/kaapana/minio-x' } }],
        containers: [{ volumeMounts: [{ name: 'data', mountPath: '/data', readOnly }] }],
      });
    expect(said({ pods: [agent(false)] })).toEqual([
      expect.stringMatching(/^Pod\/shop\/agent-x7f .*\/home\/kaapana\/minio-x, which lies in \/home\/kaapana/),
    ]);
    expect(said({ pods: [agent(true)] })).toEqual([]);
  });

  test.each([
    ['beside ours', volume({ hostPath: { path: '/home/kaapana2' } })],
    ['of an earlier deployment', volume({ hostPath: { path: '/home/kaapana/old' } }, { labels: labels('prod') })],
    [
      'that our storage class made',
      volume({ hostPath: { path: '/home/kaapana/x-pvc-1' }, storageClassName: 'kaapana-hostpath-fast-data-dir' }),
    ],
    [
      'of a claim in a namespace of ours',
      volume({ hostPath: { path: '/home/kaapana/x' }, claimRef: { namespace: 'project-users' } }),
    ],
  ])('%s are no conflict', (_, given) => {
    expect(said({ volumes: [given], namespaces: [namespace('project-users', helm('project-users'))] })).toEqual([]);
  });

  test('of many volumes of one owner are one sentence, with their number and the first of them', () => {
    const volumes = Array.from({ length: 40 }, (_, index) =>
      volume(
        { hostPath: { path: `/home/kaapana/old${index}` } },
        { name: `old-${index}`, ...helm('kaapana-admin-chart') },
      ),
    );
    const found = said({ volumes: [...volumes, volume({ hostPath: { path: '/home/kaapana/x' } })] });
    expect(found).toHaveLength(2);
    expect(found[0]).toMatch(
      /^PersistentVolume\/\/old-0 \(.*the Helm release kaapana-admin-chart\) and prod \(.*\) want the directory \/home\/kaapana\/old0, .*; and the same with 39 more of the Helm release kaapana-admin-chart: PersistentVolume\/\/old-1: the directory .*; \.\.\.\. In prod: .*fastDataDir/,
    );
    expect(found[0]?.length).toBeLessThan(800);
    expect(found[1]).toMatch(/^PersistentVolume\/\/shop-data /);
  });

  test('of another environment are not adopted', () => {
    const volumes = [volume({ hostPath: { path: '/home/kaapana/x' } }, { labels: labels('trial') })];
    for (const adopt of [['*'], ['PersistentVolume//shop-data']])
      expect(said({ volumes }, deployed({ adopt }))).toEqual([
        expect.stringMatching(
          /^the environment trial \(PersistentVolume\/\/shop-data of the instance main\) and prod /,
        ),
      ]);
  });

  test('of a volume that is adopted are ours', () => {
    const volumes = [volume({ hostPath: { path: '/home/kaapana/x' } })];
    expect(said({ volumes }, deployed({ adopt: ['PersistentVolume//shop-data'] }))).toEqual([]);
    expect(said({ volumes }, deployed({ adopt: ['*'] }))).toEqual([]);
  });
});

describe('namespaces', () => {
  test('of strangers that begin as those of projects do', () => {
    expect(said({ namespaces: [namespace('project-roads')] })).toEqual([
      'Namespace//project-roads (exists already and belongs to nobody that it names) and prod (kaapana:instanceUid) want ' +
        'the namespace "project-roads", which begins as those of projects may that users of prod make (project-...). ' +
        'In prod: set it, e.g.: pulumi config set --stack prod kaapana:instanceUid kaapana2; or, if it is one of prod\'s own, add "Namespace//project-roads" to kaapana:adopt',
    ]);
  });

  test('of projects that users made are ours, of Helm or adopted', () => {
    expect(said({ namespaces: [namespace('project-users', helm('project-users'))] })).toEqual([]);
    expect(said({ namespaces: [namespace('project-roads', helm('roads'))] })).toHaveLength(1);
    expect(
      said({ namespaces: [namespace('project-roads')] }, deployed({ adopt: ['Namespace//project-roads'] })),
    ).toEqual([]);
  });

  test('of ours may not begin as those of another environment', () => {
    const others = [
      namespace('site2-b-services', { labels: labels('trial', 'site2-b') }),
      namespace('s-services', { labels: labels('small', 's') }),
    ];
    const found = said({ namespaces: others }, deployed({ instanceUid: 's-site2' }, 'site2'));
    expect(found).toContainEqual(
      expect.stringMatching(
        /^the environment small \(.* of the instance s\) and site2 \(kaapana:servicesNamespace .*"s-site2-services", which begins .* users of the environment small make \(s-\.\.\.\)\. In site2: .*instanceUid/,
      ),
    );
    expect(found.join()).not.toContain('trial');
  });

  test('a second first instance is told, and nothing that follows from it', () => {
    const namespaces = [
      namespace('other', { labels: labels('elsewhere') }),
      namespace('project-other', { labels: labels('elsewhere') }),
    ];
    expect(said({ namespaces, services: [service(443, { labels: labels('elsewhere') })] })).toEqual([
      expect.stringMatching(
        /^the environment elsewhere \(Namespace\/\/project-other of the instance main\) and prod \(kaapana:instanceUid\) want the name of the instance, "main"\. In prod: .*instanceUid kaapana2$/,
      ),
    ]);
  });
});

test('the server is asked once for each kind, beside its objects by name', async () => {
  const lists: Record<string, JsonObject[]> = {
    '/api/v1/nodes': [node()],
    '/api/v1/services': [service(443)],
    '/api/v1/namespaces/admin/services': [{ metadata: { name: 'keycloak-internal-service', namespace: 'admin' } }],
  };
  const asked: string[] = [];
  const server = await standIn(({ url = '' }, response) => {
    if (url === '/version') return void response.end('{"gitVersion": "v1.33.4"}');
    asked.push(url);
    return void response.end(JSON.stringify({ kind: 'List', items: lists[url] ?? [] }));
  });
  const findings = await liveFindings({
    secrets: new Secrets(() => 'main'),
    ...deployed({ kubeconfig: server.kubeconfig }),
  });
  await server.close();
  expect(printed(findings)).toEqual([
    expect.stringMatching(/^Service\/admin\/keycloak-internal-service exists already/),
    expect.stringMatching(/want the node port 443\/TCP/),
  ]);
  expect(findings.map(({ rule }) => rule)).toEqual(['object-of-others', 'shared-port']);
  expect(
    ['nodes', 'pods', 'services'].map((plural) => asked.filter((url) => url === `/api/v1/${plural}`).length),
  ).toEqual([1, 1, 1]);
});
