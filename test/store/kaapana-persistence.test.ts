import { secretToken } from '../../constructs/kube';
import { KaapanaPersistence, type KaapanaPersistenceProps } from '../../constructs/store/kaapana-persistence';
import { address, envOf, labelsOf, platform } from '../flow/support';
import { chart, object } from '../support';

function persistence(props: Partial<KaapanaPersistenceProps> = {}) {
  const scope = chart();
  const opensearch = { ...address('opensearch-service', 9200), url: 'https://opensearch-service.services.svc:9200' };
  const archive = {
    ...address('dcm4chee-service', 8080),
    url: 'http://dcm4chee-service.services.svc:8080/dcm4chee-arc/aets/KAAPANA',
  };
  const kubeHelm = address('kube-helm-service', 5000);
  const component = new KaapanaPersistence(scope, 'Persistence', {
    platform: platform(),
    namespace: 'services',
    origin: { domain: 'kaapana.example.org', httpsPort: 443 },
    databasePassword: secretToken('persistence'),
    archive,
    opensearch,
    workflows: {
      adminNamespace: 'admin',
      release: { version: '0.6.0', registry: 'registry.example.org/kaapana' },
      node: { disk: 'big' },
      kubeHelm,
      dags: { name: 'dags-pv-claim' },
      plugins: { name: 'af-plugins-pv-claim' },
    },
    ...props,
  });
  const pod = object(scope, 'Deployment', 'kaapana-persistence-deployment').spec.template.spec;
  return { scope, component, archive, opensearch, kubeHelm, pod, env: envOf(pod.containers[0]) };
}

test('the password of its database stands in a Secret alone', () => {
  const { scope, env } = persistence();
  expect(object(scope, 'Secret', 'kaapana-persistence-mongodb-account').stringData).toEqual({
    username: 'kaapanauser',
    password: secretToken('persistence'),
    url: `mongodb://kaapanauser:${secretToken('persistence')}@kaapana-persistence-mongodb-service.services.svc:27017`,
  });
  expect(env.MONGODB_URL).toBe('kaapana-persistence-mongodb-account/url');
  expect(
    envOf(object(scope, 'Deployment', 'kaapana-persistence-mongodb-deployment').spec.template.spec.containers[0]),
  ).toEqual({
    MONGO_INITDB_ROOT_USERNAME: 'kaapana-persistence-mongodb-account/username',
    MONGO_INITDB_ROOT_PASSWORD: 'kaapana-persistence-mongodb-account/password',
  });
});

test('it starts once its database answers, which lets nobody else in', () => {
  const { scope, pod } = persistence();
  expect(envOf(pod.initContainers[0])).toMatchObject({
    WAIT: 'kaapana-persistence-mongodb-service,kaapana-persistence-mongodb-service.services.svc,27017',
    DELAY: '2',
  });
  expect(object(scope, 'NetworkPolicy', 'kaapana-persistence-mongodb-deployment-ingress').spec.ingress).toEqual([
    {
      from: [{ podSelector: { matchLabels: { 'app-name': 'kaapana-persistence' } } }],
      ports: [{ port: 27017, protocol: 'TCP' }],
    },
  ]);
});

test('it asks the archive and the index of its own instance, which let it in', () => {
  const { env, archive, opensearch } = persistence();
  expect(env).toMatchObject({
    OS_BASE_URL: 'https://opensearch-service.services.svc:9200',
    QUIDO_BASE_URL: 'http://dcm4chee-service.services.svc:8080/dcm4chee-arc/aets',
    WADO_BASE_URL: 'http://dcm4chee-service.services.svc:8080/dcm4chee-arc/aets',
    STOW_ROOT_URL: 'http://dcm4chee-service.services.svc:8080/dcm4chee-arc/aets',
  });
  for (const { peers } of [archive, opensearch])
    expect(peers.map(labelsOf)).toEqual([{ 'app-name': 'kaapana-persistence' }]);
});

test.each([
  [443, 'https://pacs.example.org'],
  [8443, 'https://pacs.example.org:8443'],
])('with port %i its links begin with %s', (httpsPort, url) => {
  const { env } = persistence({ origin: { domain: 'pacs.example.org', httpsPort } });
  expect(env).toMatchObject({
    BASE_URL: `${url}/persistence/api`,
    OHIF_VIEWER: `${url}/ohif/viewer`,
    HTTPS_PORT: String(httpsPort),
  });
});

test('API and pages have paths of their own, without them at the programs', () => {
  const { scope, component } = persistence();
  const route = (name: string) => object(scope, 'Ingress', name);
  const [api, pages] = [route('kaapana-persistence-ingress'), route('kaapana-persistence-frontend-ingress')];
  expect(api.spec.rules[0].http.paths[0]).toMatchObject({
    path: '/persistence/api',
    backend: { service: { name: 'kaapana-persistence-service', port: { number: 8080 } } },
  });
  expect(pages.spec.rules[0].http.paths[0]).toMatchObject({
    path: '/persistence',
    backend: { service: { name: 'kaapana-persistence-frontend-service', port: { number: 80 } } },
  });
  expect(object(scope, 'Middleware', 'strip-prefix-kaapana-persistence-api').spec.stripPrefix.prefixes).toEqual([
    '/persistence/api',
  ]);
  expect(object(scope, 'Middleware', 'strip-prefix-kaapana-persistence').spec.stripPrefix.prefixes).toEqual([
    '/persistence',
  ]);
  expect(component.api.url).toBe('http://kaapana-persistence-service.services.svc:8080');
  expect(component.web.url).toBe('http://kaapana-persistence-frontend-service.services.svc');
});

test('its data is kept on fast storage', () => {
  const { scope, pod } = persistence();
  expect(object(scope, 'PersistentVolume', 'services-kaapana-persistence-cas').spec).toMatchObject({
    hostPath: { path: '/home/kaapana/persistence/cas' },
    persistentVolumeReclaimPolicy: 'Retain',
  });
  expect(object(scope, 'PersistentVolume', 'services-kaapana-persistence-mongodb').spec.hostPath.path).toBe(
    '/home/kaapana/persistence/mongodb',
  );
  expect(pod.containers[0].volumeMounts).toEqual([{ name: 'kaapana-persistence-cas', mountPath: '/cas' }]);
});

test('its workflows are copied into Airflow', () => {
  const { scope, kubeHelm } = persistence();
  const { template } = object(scope, 'Job', 'dag-persistence-layer-operators').spec;
  expect(template.spec.containers[0]).toMatchObject({
    name: 'copy-dag-persistence-layer-operators',
    image: 'registry.example.org/kaapana/dag-persistence-layer-operators:0.6.0',
  });
  expect(template.spec.nodeSelector).toEqual({ disk: 'big' });
  expect(kubeHelm.peers).toHaveLength(1);
});
