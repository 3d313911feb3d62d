import { externalAddress, RuntimeSecret, secretToken } from '../../constructs/kube';
import { DicomWebFilter, type DicomWebFilterProps } from '../../constructs/store/dicom-web-filter';
import { chart, object, platform } from '../support';

function filter(props: Partial<DicomWebFilterProps> = {}) {
  const scope = chart();
  const component = new DicomWebFilter(scope, 'DicomWebFilter', {
    platform: platform(),
    namespace: 'services',
    archive: externalAddress('http://archive.example.org:8080/aets/KAAPANA'),
    accessInformation: externalAddress('http://aii-service.services.svc:8080'),
    keycloak: externalAddress('http://keycloak-external-service.adm2.svc'),
    certificate: new RuntimeSecret(scope, 'Certificate', { name: 'certificate', namespace: 'services', madeBy: scope }),
    databasePassword: secretToken('database'),
    ...props,
  });
  return { scope, component, pod: object(scope, 'Deployment', 'dicom-web-filter').spec.template.spec };
}

test('it waits for all that it asks, its database among them', () => {
  const { scope, pod } = filter();
  expect(pod.initContainers[0].env).toEqual([
    { name: 'WAIT', value: 'dcm4che;dicom-web-filter-database-;keycloak;access-information-interface' },
  ]);
  expect(object(scope, 'NetworkPolicy', 'dicom-web-filter-database-ingress').spec.ingress).toHaveLength(1);
  expect(object(scope, 'PersistentVolumeClaim', 'dicom-web-filter-pv-claim').spec.resources.requests.storage).toBe(
    '10Gi',
  );
});

test('it finds the archive, the rights and the identity provider where they are', () => {
  expect(filter().pod.containers[0].env).toEqual(
    expect.arrayContaining([
      { name: 'DICOMWEB_BASE_URL', value: 'http://archive.example.org:8080/aets/KAAPANA/rs' },
      { name: 'DICOMWEB_BASE_URL_WADO_URI', value: 'http://archive.example.org:8080/aets/KAAPANA/wado' },
      { name: 'ACCESS_INFORMATION_INTERFACE_URL', value: 'http://aii-service.services.svc:8080' },
      {
        name: 'DWF_IDENTITY_OPENID_CONFIG_URL',
        value: 'http://keycloak-external-service.adm2.svc:80/auth/realms/kaapana/.well-known/openid-configuration',
      },
    ]),
  );
});

test('the URL of its database, with the password, stands in a Secret', () => {
  const { scope, pod } = filter({ namespace: 'site2-services' });
  expect(pod.containers[0].env).toContainEqual({
    name: 'DATABASE_URL',
    valueFrom: { secretKeyRef: { name: 'dicom-web-filter-secrets', key: 'database-url' } },
  });
  expect(object(scope, 'Secret', 'dicom-web-filter-secrets').stringData['database-url']).toBe(
    `postgresql+asyncpg://kaapanauser:${secretToken('database')}@dicom-web-filter-database-service.site2-services.svc:5432`,
  );
  expect(object(scope, 'Secret', 'dicom-web-filter-database-account').stringData).toEqual({
    username: 'kaapanauser',
    password: secretToken('database'),
  });
});

test('users reach it without its path', () => {
  const { scope, component } = filter();
  expect(object(scope, 'Ingress', 'dicom-web-filter-ingress').spec.rules[0].http.paths[0].path).toBe(
    DicomWebFilter.path,
  );
  expect(object(scope, 'Middleware', 'strip-prefix-dicom-web-filter').spec).toEqual({
    stripPrefix: { prefixes: [DicomWebFilter.path] },
  });
  expect(component.api.url).toBe('http://dicom-web-filter-service.services.svc:8080');
});

test('pods that are started at run time may connect where they are named', () => {
  const client = { namespace: 'project-admin', podLabels: { 'kaapana.ai/type': 'processing-container' } };
  const rules = (props: Partial<DicomWebFilterProps>) =>
    object(filter(props).scope, 'NetworkPolicy', 'dicom-web-filter-ingress').spec.ingress;
  expect(rules({})).toHaveLength(1);
  expect(rules({ clients: [client] })).toHaveLength(2);
  expect(JSON.stringify(rules({ clients: [client] }))).toContain('"processing-container"');
});

test('with a way out of the cluster it reads the proxy', () => {
  const proxy = externalAddress('http://proxy.example.org:8118');
  expect(filter({ egress: { proxy, domain: 'x' } }).pod.containers[0].env).toContainEqual({
    name: 'https_proxy',
    value: proxy.url,
  });
  expect(JSON.stringify(filter().pod.containers[0].env)).not.toContain('proxy');
});
