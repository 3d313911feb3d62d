import { buildPlatform } from '../../src/environment/tree';
import { GUEST } from '../conflicts/support';
import { settings } from '../settings/support';

const PROJECTS = { projects: [{ name: 'admin' }, { name: 'lung' }] };
const PROXY = 'allow-access-to-external-proxy';
const WITH_OUTSIDE = { matchLabels: { 'network-access-external-ips': 'true' } };
const EXECUTOR = { matchLabels: { 'kaapana.ai/type': 'processing-container', kubernetes_executor: 'True' } };

/** Policies that are in `changed` alone, by namespace and name. */
function added(
  base: ReturnType<typeof buildPlatform>,
  changed: ReturnType<typeof buildPlatform>,
): Record<string, unknown> {
  const policies = changed.graph.nodes.filter(
    ({ id, manifest }) => manifest.kind === 'NetworkPolicy' && !base.graph.byId.has(id),
  );
  return Object.fromEntries(
    policies.map(({ manifest: { metadata, spec } }) => [`${metadata.namespace}/${metadata.name}`, spec]),
  );
}

const plain = buildPlatform(settings(PROJECTS), 'test');

function to(podSelector: object, port: number, cidr?: string): object {
  const ports = [{ port, protocol: 'TCP' }];
  return {
    podSelector,
    policyTypes: ['Egress'],
    egress: [cidr === undefined ? { ports } : { to: [{ ipBlock: { cidr } }], ports }],
  };
}

test('a mail server is reached by Alertmanager, the scheduler and pods of its executor, and by nobody else', () => {
  const smtp = { host: 'mail.example.org', port: 587, sender: 'kaapana@example.org', recipients: ['ops@example.org'] };
  const policies = added(plain, buildPlatform(settings({ ...PROJECTS, smtp }), 'test'));
  expect(policies).toEqual({
    'services/alertmanager-mail-egress': to({ matchLabels: { 'app.kubernetes.io/name': 'alertmanager' } }, 587),
    'services/airflow-scheduler-mail-egress': to(
      { matchLabels: { 'app.kubernetes.io/name': 'airflow', 'app.kubernetes.io/component': 'scheduler' } },
      587,
    ),
    'services/airflow-task-mail-egress': to(EXECUTOR, 587),
    'project-admin/allow-access-to-mail-server': to(EXECUTOR, 587),
    'project-lung/allow-access-to-mail-server': to(EXECUTOR, 587),
  });
});

test('without a sender Alertmanager sends no mail', () => {
  const policies = added(plain, buildPlatform(settings({ ...PROJECTS, smtp: { host: 'mail.example.org' } }), 'test'));
  expect(Object.keys(policies)).not.toContain('services/alertmanager-mail-egress');
  expect(policies['services/airflow-scheduler-mail-egress']).toMatchObject({ egress: [{ ports: [{ port: 25 }] }] });
});

test.each([
  ['http://proxy.example.org:3128', 3128, '0.0.0.0/0'],
  ['https://proxy.example.org', 443, '0.0.0.0/0'],
  ['http://192.0.2.7:8080/', 8080, '192.0.2.7/32'],
  ['http://[2001:db8::7]:8080', 8080, '2001:db8::7/128'],
])(
  '%s, which is no pod, is reached from each namespace; in projects, by pods that may go outside',
  (externalEgressProxy, port, cidr) => {
    const policies = added(plain, buildPlatform(settings({ ...PROJECTS, externalEgressProxy }), 'test'));
    expect(policies).toEqual({
      ...Object.fromEntries(
        ['admin', 'services', 'extensions'].map((namespace) => [`${namespace}/${PROXY}`, to({}, port, cidr)]),
      ),
      ...Object.fromEntries(
        ['project-admin', 'project-lung'].map((namespace) => [`${namespace}/${PROXY}`, to(WITH_OUTSIDE, port, cidr)]),
      ),
    });
  },
);

test("a further instance goes by the proxy of its server's site", () => {
  const host = settings({ domain: 'kaapana.example.org', externalEgressProxy: 'http://proxy.example.org:3128' });
  const { graph } = buildPlatform(settings({ ...GUEST, serverStack: 'prod' }), 'site2', host);
  const namespaces = graph.nodes.flatMap(({ manifest: { metadata } }) =>
    metadata.name === PROXY ? metadata.namespace : [],
  );
  expect(namespaces).toEqual(['site2-services', 'site2-extensions', 'site2-project-admin']);
});
