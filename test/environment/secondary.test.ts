import { buildPlatform } from '../../src/environment/tree';
import type { Graph } from '../../src/objects/graph';
import type { Manifest } from '../../src/objects/manifest';
import { textsIn } from '../../src/objects/manifest';
import { GUEST } from '../conflicts/support';
import { settings } from '../settings/support';

const host = settings({ adminNamespace: 'gate', domain: 'kaapana.example.org' });
const guest = settings({ ...GUEST, serverStack: 'prod' });
const { graph, owner, outputs } = buildPlatform(guest, 'site2', host);

function object(id: string, from: Graph = graph): Manifest {
  const node = from.byId.get(id);
  if (!node) throw new Error(`there is no ${id}`);
  return node.manifest;
}

test('it needs the settings of its server', () => {
  expect(() => buildPlatform(guest, 'site2')).toThrow('the settings of prod are missing');
});

test('it is an instance of its own, at an address of its own', () => {
  expect(owner).toEqual({ environment: 'site2', instance: 'site2' });
  expect(outputs['url']).toBe('https://site2.example.org:8443');
});

test('every service of the server is looked for where the server has it', () => {
  const hosts = new Set(
    graph.nodes.flatMap(({ manifest }) =>
      [...textsIn(manifest)].flatMap(({ text }) => text.match(/[a-z0-9-]+\.(gate|admin)\.svc/g) ?? []),
    ),
  );
  expect([...hosts].sort()).toEqual(
    expect.arrayContaining([
      'auth-backend-service.gate.svc',
      'keycloak-external-service.gate.svc',
      'keycloak-internal-service.gate.svc',
      'kube-helm-service.gate.svc',
      'squid-proxy-service.gate.svc',
    ]),
  );
  expect([...hosts].filter((name) => name.endsWith('.admin.svc'))).toEqual([]);
});

test('what lets its pods in is there in the tree of the server, by the same labels', () => {
  const { graph: server } = buildPlatform(host, 'prod');
  const policies = graph.nodes
    .map(({ manifest }) => manifest)
    .filter(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.namespace === 'gate');
  expect(policies.length).toBeGreaterThan(4);
  for (const { metadata, spec } of policies) {
    const [, workload = ''] = /^site2-(.*)-ingress$/.exec(metadata.name) ?? [];
    const { template } = object(`Deployment/gate/${workload}`, server).spec as unknown as {
      template: { metadata: { labels: Record<string, string> } };
    };
    expect(template.metadata.labels).toMatchObject(
      (spec as unknown as { podSelector: { matchLabels: Record<string, string> } }).podSelector.matchLabels,
    );
  }
});

test('its users log in at the server, and come back to it', () => {
  const proxy = JSON.stringify(object('ConfigMap/site2-default/oauth2-proxy-cfg'));
  expect(proxy).toContain('https://kaapana.example.org/auth/realms/kaapana');
  expect(proxy).toContain('https://traefik-site2.site2-default.svc:8443');
  const clients = graph.nodes.flatMap(({ manifest }) =>
    [...textsIn(manifest)].flatMap(({ text }) => text.match(/client_id\W+kaapana-site2\b|^kaapana-site2$/g) ?? []),
  );
  // Those of oauth2-proxy, the object store and the dashboards, and the one that is made.
  expect(clients).toHaveLength(4);
});
