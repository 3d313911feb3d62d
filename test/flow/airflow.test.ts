import type { AirflowProps } from '../../constructs/flow/airflow';
import { externalAddress, type Peer, secretToken } from '../../constructs/kube';
import { object, objects } from '../support';
import { airflow, envOf, type address } from './support';

type Opened = ReturnType<typeof address>;

const MAIL = {
  host: 'mail.example.org',
  port: 587,
  username: 'kaapana',
  password: secretToken('mail'),
  sender: 'kaapana@example.org',
};

function deployed(change?: Parameters<typeof airflow>[0]) {
  const { scope, props, component } = airflow(change);
  const pod = (name: string) => object(scope, 'Deployment', name).spec.template.spec;
  const task = object(scope, 'ConfigMap', 'airflow-pod-template').data['pod_template.yaml'] as string;
  return { scope, props, component, scheduler: pod('airflow-scheduler'), webserver: pod('airflow-webserver'), task };
}

/** `props` with something else in its site. */
function site(props: AirflowProps, change: Partial<AirflowProps['site']>): Partial<AirflowProps> {
  return { site: { ...props.site, ...change } };
}

test('with the least props, tasks go by no proxy and send no mail', () => {
  const env = envOf(deployed().scheduler.containers[0]);
  expect(env).toMatchObject({ SMTP_HOST: '', SMTP_PORT: '0', SMTP_PASSWORD: '', GPU_SUPPORT: 'false' });
  expect(env).not.toHaveProperty('PROXY');
  expect(env).not.toHaveProperty('no_proxy');
});

test('with all props, tasks know proxy, mail and GPUs', () => {
  const { scope, scheduler } = deployed((props) =>
    site(props, {
      mail: MAIL,
      gpuSupport: true,
      egress: { proxy: externalAddress('http://proxy.example.org:3128'), domain: 'kaapana.example.org' },
    }),
  );
  expect(envOf(scheduler.containers[0])).toMatchObject({
    SMTP_HOST: 'mail.example.org',
    SMTP_PORT: '587',
    SMTP_USERNAME: 'kaapana',
    EMAIL_ADDRESS_SENDER: 'kaapana@example.org',
    SMTP_PASSWORD: 'airflow-credentials/mail-password',
    GPU_SUPPORT: 'true',
    PROXY: 'http://proxy.example.org:3128',
    https_proxy: 'http://proxy.example.org:3128',
    no_proxy: '.svc,.svc.cluster,.svc.cluster.local,kaapana.example.org',
  });
  expect(object(scope, 'Secret', 'airflow-credentials').stringData['mail-password']).toBe(secretToken('mail'));
});

test('what sends mail gets out to the port of the mail server: the scheduler, and pods of its executor', () => {
  const egress = (change?: Parameters<typeof airflow>[0]) =>
    Object.fromEntries(
      objects(deployed(change).scope)
        .filter(({ kind, spec }) => kind === 'NetworkPolicy' && spec.policyTypes.includes('Egress'))
        .map(({ metadata, spec }) => [metadata.name, spec]),
    );
  const ports = [{ port: 587, protocol: 'TCP' }];
  expect(egress((props) => site(props, { mail: MAIL }))).toMatchObject({
    'airflow-scheduler-mail-egress': {
      podSelector: { matchLabels: { 'app.kubernetes.io/component': 'scheduler' } },
      egress: [{ ports }],
    },
    'airflow-task-mail-egress': { podSelector: { matchLabels: { kubernetes_executor: 'True' } }, egress: [{ ports }] },
  });
  expect(egress()).toEqual({});
});

test('the rules on its pods know the volumes, the Secrets and the directory that tasks have', () => {
  const { scope, task, scheduler } = deployed();
  const rules = JSON.stringify(
    object(scope, 'ValidatingAdmissionPolicy', 'services-airflow-scheduler-tasks').spec.validations,
  );
  const used = (pattern: RegExp) => [...new Set([...task.matchAll(pattern)].map((match) => match[1] ?? ''))];
  const names = [...used(/claimName: "?([a-z-]+)/g), ...used(/secretKeyRef:\s+(?:key: \S+\s+)?name: "?([a-z-]+)/g)];
  expect(names.length).toBeGreaterThan(6);
  for (const name of names) expect(rules).toContain(`\\"${name}\\"`);
  expect(rules).toContain(`${envOf(scheduler.containers[0])['DATADIR']}/`);
  expect(envOf(scheduler.containers[0])['TASK_SECRET']).toBe('airflow-task-accounts');
});

test('its credentials are in Secrets alone', () => {
  const { scope, component } = deployed((props) => site(props, { mail: MAIL }));
  expect(object(scope, 'Secret', 'airflow-credentials').stringData).toMatchObject({
    'database-url': `postgresql+psycopg2://root:${secretToken('database')}@airflow-database-service.services.svc:5432/airflow`,
    'webserver-key': secretToken('webserver'),
  });
  expect(object(scope, 'Secret', component.apiAccount.name).stringData).toEqual({
    username: 'kaapana-internal',
    password: secretToken('api'),
  });
  const others = JSON.stringify(objects(scope).filter(({ kind }) => kind !== 'Secret'));
  for (const name of ['database', 'webserver', 'api', 'mail']) expect(others).not.toContain(secretToken(name));
});

test('what it is told about the site follows the site', () => {
  const { scheduler } = deployed();
  expect(envOf(scheduler.containers[0])).toMatchObject({
    DATADIR: '/home/kaapana/workflows/data',
    MINIODIR: '/mnt/slow/minio',
    HOSTDOMAIN: 'kaapana.example.org',
    HTTPS_PORT: '8443',
    KEYCLOAK_URL: 'http://keycloak-external-service.services.svc:80',
    OPENSEARCH_URL: 'opensearch-service.services.svc:9200',
    DEFAULT_PROJECT_NAMESPACE: 'project-admin',
    KAAPANA_STORAGE_NODE: 'storage',
    PULL_POLICY_IMAGES: 'IfNotPresent',
  });
  expect(scheduler.containers[0].resources).toMatchObject({ requests: { memory: '1Gi' }, limits: { memory: '3Gi' } });
});

test('the scheduler waits for what it cannot do without, the web server for the scheduler', () => {
  const { scope, scheduler, webserver } = deployed();
  expect(envOf(scheduler.initContainers[0])).toEqual({
    WAIT: 'airflow-database-,airflow-database-service.services.svc,5432;prometheus,prometheus-service.services.svc,9090;statsd-service,airflow-statsd-service.services.svc,9102',
    FILES_AND_FOLDERS_EXISTS: '/kaapana/mounted/workflows/plugins/kaapana',
    DELAY: '5',
    TIMEOUT: '10',
  });
  expect(envOf(webserver.initContainers[0]).FILES_AND_FOLDERS_EXISTS).toBe(
    '/kaapana/mounted/workflows/dags/__pycache__',
  );
  const paths = (path: string) =>
    scope.node
      .findAll()
      .find(({ node }) => node.path === `test/Airflow/${path}`)
      ?.node.dependencies.map(({ node }) => node.path);
  expect(paths('Scheduler/Server/Resource')).toContain('test/Plugin');
  expect(paths('Webserver/Server/Resource')).toContain('test/Airflow/Scheduler');
});

test('tasks reach the services, those of Airflow itself and those that run beside the services', () => {
  const { props } = deployed();
  const peers = (name: keyof AirflowProps['services']) => (props.services[name] as Opened).peers;
  const named = (peer: Peer) =>
    'pods' in peer
      ? ''
      : `${peer.namespace} ${peer.podLabels?.['app.kubernetes.io/component'] ?? peer.podLabels?.['kaapana.ai/type']}`;
  for (const name of ['minio', 'keycloak', 'opensearch'] as const) {
    expect(peers(name).map(named)).toEqual([
      'services scheduler',
      'services webserver',
      'services processing-container',
    ]);
  }
  expect((props.prometheus as Opened).peers.map(named)).toEqual(['services scheduler']);
});

test('only pods that report to the database reach it', () => {
  const { scope, component } = deployed();
  const { ingress } = object(scope, 'NetworkPolicy', 'airflow-database-ingress').spec;
  expect(component.database).toMatchObject({ host: 'airflow-database-service.services.svc', port: 5432 });
  const executor = { 'kaapana.ai/type': 'processing-container', kubernetes_executor: 'True' };
  expect(ingress).toContainEqual({
    from: [{ podSelector: { matchLabels: executor } }],
    ports: [{ port: 5432, protocol: 'TCP' }],
  });
  expect(ingress).toHaveLength(3);
});

test('pages and API are below one path, and the log of a running task comes from the scheduler', () => {
  const { scope, component } = deployed();
  expect(component.webserver.url).toBe('http://airflow-webserver-service.services.svc:8080/flow');
  expect(object(scope, 'Ingress', 'airflow-ingress-ip').spec.rules[0].http.paths[0]).toMatchObject({
    path: '/flow',
    backend: { service: { name: 'airflow-webserver-service', port: { name: 'airflow-http' } } },
  });
  expect(object(scope, 'NetworkPolicy', 'airflow-scheduler-ingress').spec.ingress).toEqual([
    {
      from: [
        {
          podSelector: {
            matchLabels: { 'app.kubernetes.io/component': 'webserver', 'app.kubernetes.io/name': 'airflow' },
          },
        },
      ],
      ports: [{ port: 8793, protocol: 'TCP' }],
    },
  ]);
});
