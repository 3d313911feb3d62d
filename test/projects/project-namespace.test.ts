import { Construct } from 'constructs';
import { externalAddress, secretToken } from '../../constructs/kube';
import { openToProjects } from '../../constructs/platform/project-services';
import { ProjectNamespace, type ProjectNamespaceProps } from '../../constructs/projects/project-namespace';
import { ACCOUNTS, endpoint, keycloak, references, values } from '../portal/support';
import { chart, object, objects, platform } from '../support';

function project(props: Partial<ProjectNamespaceProps> = {}) {
  const scope = chart();
  const services: Required<ProjectNamespaceProps['services']> = {
    keycloak: keycloak(scope),
    accessInformation: endpoint(scope, 'aii-service.services', 8080, { app: 'access-information-interface' }),
    opensearch: endpoint(scope, 'opensearch-service.services', 9200, { app: 'opensearch' }),
    dicomWebFilter: endpoint(scope, 'dicom-web-filter-service.services', 8080, { app: 'dicom-web-filter' }),
    minio: endpoint(scope, 'minio-service.services', 9000, { app: 'minio' }),
    backend: endpoint(scope, 'kaapana-backend-service.services', 5000, { app: 'kaapana-backend' }),
    airflowDatabase: endpoint(scope, 'airflow-database-service.services', 5432, { scheme: 'postgresql' }),
    notifications: endpoint(scope, 'notification-service.services', 80, { target: 8080, app: 'notification-service' }),
    ctp: endpoint(scope, 'ctp-dicom-service.services', 11112, { app: 'ctp' }),
    egressProxy: endpoint(scope, 'squid-proxy-service.admin', 3128, { app: 'squid-proxy' }),
  };
  const all: Required<ProjectNamespaceProps> = {
    platform: platform(),
    project: { name: 'lung', id: '00000000-0000-4000-8000-000000000002', namespace: 'project-lung' },
    servicesNamespace: 'services',
    registry: { url: 'registry.example.org/kaapana' },
    pullSecret: 'registry-secret',
    origin: { domain: 'kaapana.example.org', httpsPort: 8443 },
    services,
    internalCidrs: ['10.1.0.0/16', '10.152.183.0/24'],
    externalProxy: externalAddress('http://proxy.example.org:3128'),
    mailPort: 587,
    fastDirectory: '/home/kaapana',
    accounts: ACCOUNTS,
    userPassword: secretToken('lung'),
    registered: new Construct(scope, 'Registered'),
    ...props,
  };
  const component = new ProjectNamespace(scope, 'Project', {
    ...all,
    pullSecret: undefined,
    externalProxy: undefined,
    mailPort: undefined,
    ...props,
  });
  const policy = (name: string) => object(scope, 'NetworkPolicy', name).spec;
  return { scope, component, all, services, policy, job: object(scope, 'Job', 'create-project-user') };
}

const from = (namespace: string, app: string) => [
  {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    podSelector: { matchLabels: { 'app.kubernetes.io/name': app } },
  },
];

test('everything of it is in its namespace', () => {
  const { component } = project();
  const namespaced = objects(component).filter(({ kind }) => !['Namespace', 'PersistentVolume'].includes(kind));
  expect(new Set(namespaced.map(({ metadata }) => metadata.namespace))).toEqual(new Set(['project-lung']));
  expect(objects(component).filter(({ kind }) => kind === 'NetworkPolicy')).toHaveLength(10);
  expect(component.name).toBe('project-lung');
});

test('its tasks may mount paths of the node, which rules of the API server bound', () => {
  const { labels, annotations } = object(project().scope, 'Namespace', 'project-lung').metadata;
  expect(labels).toMatchObject({
    'kaapana.ai/namespace': 'project',
    'pod-security.kubernetes.io/enforce': 'privileged',
  });
  expect(annotations).toHaveProperty(['security-exception/pod-security']);
});

test('nobody talks to anybody unless a rule says so', () => {
  const { policy } = project();
  expect(policy('deny-all-traffic')).toEqual({
    podSelector: {},
    policyTypes: ['Ingress', 'Egress'],
    ingress: [],
    egress: [],
  });
  expect(policy('allow-kube-dns').egress).toEqual([
    {
      to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } }, podSelector: {} }],
      ports: [
        { port: 53, protocol: 'UDP' },
        { port: 53, protocol: 'TCP' },
      ],
    },
  ]);
  expect(policy('allow-ingress-from-traefik')).toMatchObject({
    policyTypes: ['Ingress'],
    ingress: [{ from: from('admin', 'traefik') }],
  });
});

test('tasks reach the services that they use, at the ports of the pods', () => {
  const { policy } = project();
  const { podSelector, egress } = policy('egress-for-processing-containers');
  expect(podSelector.matchLabels).toEqual({ 'kaapana.ai/type': 'processing-container' });
  const reached = egress.map(
    ({
      to: [pods],
      ports: [{ port }],
    }: {
      to: [{ podSelector: { matchLabels: Record<string, string> } }];
      ports: [{ port: number }];
    }) => `${Object.values(pods.podSelector.matchLabels)[0]} ${port}`,
  );
  expect(egress[0]).toEqual({ to: from('admin', 'keycloak'), ports: [{ port: 8080, protocol: 'TCP' }] });
  expect(reached).toEqual([
    'keycloak 8080',
    'access-information-interface 8080',
    'opensearch 9200',
    'dicom-web-filter 8080',
    'minio 9000',
    'kaapana-backend 5000',
    'notification-service 8080',
  ]);
});

test("pods of Airflow's executor reach its database", () => {
  const { policy } = project();
  expect(policy('allow-access-to-airflow-database')).toEqual({
    podSelector: { matchLabels: { 'kaapana.ai/type': 'processing-container', kubernetes_executor: 'True' } },
    policyTypes: ['Egress'],
    egress: [{ to: from('services', 'airflow-database-service'), ports: [{ port: 5432, protocol: 'TCP' }] }],
  });
});

test('a label lets a pod reach the outside, OpenSearch or CTP', () => {
  const { policy } = project();
  expect(policy('allow-external-ips')).toMatchObject({
    podSelector: { matchLabels: { 'network-access-external-ips': 'true' } },
    egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.1.0.0/16', '10.152.183.0/24'] } }] }],
  });
  expect(policy('allow-access-to-squid-proxy').egress).toEqual([
    { to: from('admin', 'squid-proxy'), ports: [{ port: 3128, protocol: 'TCP' }] },
  ]);
  expect(policy('allow-opensearch-egress').egress[0].ports).toEqual([{ port: 9200, protocol: 'TCP' }]);
  expect(policy('allow-access-to-ctp').podSelector.matchLabels).toEqual({ 'network-access-ctp': 'true' });
});

test('a proxy that is no pod needs no rule', () => {
  const { services } = project();
  const { scope } = project({ services: { ...services, egressProxy: undefined } });
  expect(objects(scope).map(({ metadata }) => metadata.name)).not.toContain('allow-access-to-squid-proxy');
});

test('IPv6 networks are no exceptions from a block of IPv4', () => {
  const { policy } = project({ internalCidrs: ['fd00::/8', '10.1.0.0/16', '::1/128'] });
  expect(policy('allow-external-ips').egress).toEqual([
    { to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.1.0.0/16'] } }] },
  ]);
});

test('where every network is inside, nothing is outside', () => {
  const { scope } = project({ internalCidrs: ['10.1.0.0/16', '0.0.0.0/0'] });
  expect(objects(scope).map(({ metadata }) => metadata.name)).not.toContain('allow-external-ips');
});

test("a proxy elsewhere is reached by pods that may go outside, the mail server by those of Airflow's executor", () => {
  const { all } = project();
  const { policy } = project({ externalProxy: all.externalProxy, mailPort: all.mailPort });
  expect(policy('allow-access-to-external-proxy')).toEqual({
    podSelector: { matchLabels: { 'network-access-external-ips': 'true' } },
    policyTypes: ['Egress'],
    egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports: [{ port: 3128, protocol: 'TCP' }] }],
  });
  expect(policy('allow-access-to-mail-server')).toEqual({
    podSelector: { matchLabels: { 'kaapana.ai/type': 'processing-container', kubernetes_executor: 'True' } },
    policyTypes: ['Egress'],
    egress: [{ ports: [{ port: 587, protocol: 'TCP' }] }],
  });
});

test('the services let in tasks of every project, also those that users make later', () => {
  const { services, policy } = project();
  openToProjects(services, ['project-admin', 'project-lung']);
  openToProjects({ ...services, egressProxy: undefined }, ['project-lung']);
  const podSelector = { matchLabels: { 'kaapana.ai/type': 'processing-container' } };
  const from = [
    {
      podSelector,
      namespaceSelector: {
        matchExpressions: [
          { key: 'kubernetes.io/metadata.name', operator: 'In', values: ['project-admin', 'project-lung'] },
        ],
      },
    },
    {
      podSelector,
      namespaceSelector: {
        matchExpressions: [
          { key: 'deploy.kaapana.ai/instance', operator: 'DoesNotExist' },
          {
            key: 'kubernetes.io/metadata.name',
            operator: 'NotIn',
            values: ['default', 'kube-node-lease', 'kube-public', 'kube-system'],
          },
        ],
      },
    },
  ];
  for (const name of [
    'minio-service-9000',
    'aii-service-8080',
    'kaapana-backend-service-5000',
    'notification-service-80',
    'keycloak-external-service-80',
  ]) {
    expect(policy(`${name}-ingress`).ingress).toContainEqual(expect.objectContaining({ from }));
  }
  expect(policy('airflow-database-service-5432-ingress').ingress[0].from[0].podSelector.matchLabels).toEqual({
    'kaapana.ai/type': 'processing-container',
    kubernetes_executor: 'True',
  });
  expect(policy('ctp-dicom-service-11112-ingress').ingress).toHaveLength(2);
  expect(policy('squid-proxy-service-3128-ingress').ingress[0].from[0].podSelector.matchLabels).toEqual({
    'network-access-external-ips': 'true',
  });
});

test('its files are its own, but for the directories of Airflow', () => {
  const { scope, component } = project();
  const paths = Object.fromEntries(
    objects(component)
      .filter(({ kind }) => kind === 'PersistentVolume')
      .map(({ metadata, spec }) => [metadata.name, spec.hostPath.path]),
  );
  expect(paths).toEqual({
    'project-lung-tensorboard': '/home/kaapana/project-lung/tensorboard',
    'project-lung-models': '/home/kaapana/project-lung/models',
    'project-lung-workflow-data': '/home/kaapana/project-lung/workflow-data',
    'project-lung-dags-pv': '/home/kaapana/workflows/dags',
    'project-lung-af-plugins-pv': '/home/kaapana/workflows/plugins',
    'project-lung-af-logs-pv': '/home/kaapana/airflow/logs',
  });
  expect(object(scope, 'PersistentVolumeClaim', 'tensorboard-pv-claim').spec.resources.requests.storage).toBe('10Gi');
});

test('its user is made once the project is registered', () => {
  const { component, all, job } = project();
  const { spec } = job.spec.template;
  expect(values(spec.containers[0])).toMatchObject({
    PROJECT_NAME: 'lung',
    project_id: '00000000-0000-4000-8000-000000000002',
    SERVICES_NAMESPACE: 'services',
    HOSTNAME: 'kaapana.example.org',
    HTTPS_PORT: '8443',
    KEYCLOAK_HOST: 'keycloak-internal-service.admin.svc',
  });
  expect(spec.initContainers[0].env).toEqual([{ name: 'WAIT', value: 'keycloak' }]);
  expect(component.node.findChild('CreateUser').node.dependencies).toContain(all.registered);
});

test('its credentials are Secrets of its namespace; the first password of users is not among them', () => {
  const { scope, job } = project();
  const env = references(job.spec.template.spec.containers[0]);
  expect(env).toMatchObject({
    KEYCLOAK_PASSWORD: 'keycloak-admin-account/password',
    OIDC_CLIENT_SECRET: 'oidc-client-secret/oidc-client-secret',
    PROJECT_USER: 'project-user-credentials/project-user',
    PROJECT_USER_PASSWORD: 'project-user-credentials/project-user-password',
  });
  expect(env).not.toHaveProperty('KAAPANA_INIT_PASSWORD');
  expect(object(scope, 'Secret', 'project-user-credentials').stringData).toEqual({
    'project-user': 'project-lung-system-user',
    'project-user-password': secretToken('lung'),
  });
});
