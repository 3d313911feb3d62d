import * as kplus from 'cdk8s-plus-27';
import { parse } from 'yaml';
import { externalAddress, RuntimeSecret } from '../../constructs/kube';
import { MetaInit } from '../../constructs/meta/meta-init';
import { OpenSearchDashboards, type OpenSearchDashboardsProps } from '../../constructs/meta/opensearch-dashboards';
import { chart, object, platform } from '../support';

function dashboards(props: Partial<OpenSearchDashboardsProps> = {}) {
  const scope = chart();
  const shared = {
    platform: platform(),
    namespace: 'services',
    origin: { domain: 'pacs.example.org', httpsPort: 8443 },
    opensearch: externalAddress('https://opensearch-service.services.svc:9200'),
    keycloak: externalAddress('http://keycloak-external-service.adm2.svc'),
    oidcClient: kplus.Secret.fromSecretName(scope, 'Client', 'oidc-client-secret'),
    systemUser: kplus.Secret.fromSecretName(scope, 'User', 'system-user-password'),
  };
  const component = new OpenSearchDashboards(scope, 'Dashboards', {
    ...shared,
    dashboardsUser: kplus.Secret.fromSecretName(scope, 'DashboardsUser', 'opensearch-dashboard-user-password'),
    certificate: new RuntimeSecret(scope, 'Certificate', { name: 'certificate', namespace: 'services', madeBy: scope }),
    ...props,
  });
  const settings = parse(object(scope, 'ConfigMap', 'os-dash-config').data['opensearch_dashboards.yml']);
  return {
    scope,
    shared,
    component,
    settings,
    pod: object(scope, 'Deployment', 'os-dashboards-de').spec.template.spec,
  };
}

const PASSWORD = {
  name: 'KAAPANA_KIBANASERVER_PASSWORD',
  valueFrom: {
    secretKeyRef: { name: 'opensearch-dashboard-user-password', key: 'opensearch-dashboard-user-password' },
  },
};
const CLIENT = {
  name: 'KAAPANA_CLIENT_SECRET',
  valueFrom: { secretKeyRef: { name: 'oidc-client-secret', key: 'oidc-client-secret' } },
};

test('users log in at the identity provider and come back to where they reach the platform', () => {
  const {
    opensearch_security: { auth, openid },
    server,
  } = dashboards().settings;
  expect(auth.type).toBe('openid');
  expect(openid).toMatchObject({
    base_redirect_url: 'https://pacs.example.org:8443/meta',
    connect_url: 'http://keycloak-external-service.adm2.svc:80/auth/realms/kaapana/.well-known/openid-configuration',
  });
  expect(server).toMatchObject({ basePath: '/meta', rewriteBasePath: true });
});

test('its credentials stand in its environment, from Secrets, and not in its settings', () => {
  const { settings, pod } = dashboards();
  expect(settings.opensearch.password).toBe(`\${${PASSWORD.name}}`);
  expect(settings.opensearch_security.openid.client_secret).toBe(`\${${CLIENT.name}}`);
  expect(pod.containers[0].env).toEqual([PASSWORD, CLIENT]);
});

test('the user that it acts as is made before it starts, once index and identity provider are up', () => {
  const { pod } = dashboards();
  const [waiter, maker] = pod.initContainers;
  expect(waiter.env).toEqual([{ name: 'WAIT', value: 'opensearch;keycloak' }]);
  expect(maker.name).toBe('create-opensearch-system-user');
  expect(maker.env).toEqual(
    expect.arrayContaining([
      PASSWORD,
      CLIENT,
      { name: 'OPENSEARCH_HOST', value: 'opensearch-service.services.svc' },
      { name: 'KEYCLOAK_URL', value: 'http://keycloak-external-service.adm2.svc:80' },
    ]),
  );
});

test('it trusts the certificate of the platform', () => {
  const { settings, pod } = dashboards();
  expect(settings.opensearch).toMatchObject({
    hosts: ['https://opensearch-service.services.svc:9200'],
    ssl: { verificationMode: 'certificate', certificateAuthorities: ['/etc/certs/kaapana.pem'] },
  });
  expect(pod.containers[0].volumeMounts).toContainEqual({
    name: 'kaapana-cert',
    mountPath: '/etc/certs/kaapana.pem',
    subPath: 'tls.crt',
  });
  expect(pod.containers[0].securityContext.readOnlyRootFilesystem).toBe(true);
});

test('with a way out of the cluster both of its containers read the proxy', () => {
  const proxy = externalAddress('http://proxy.example.org:8118');
  const { pod } = dashboards({ egress: { proxy, domain: 'x' } });
  for (const container of [pod.initContainers[1], pod.containers[0]]) {
    expect(container.env).toContainEqual({ name: 'https_proxy', value: proxy.url });
  }
  expect(JSON.stringify(dashboards().pod)).not.toContain('https_proxy');
});

test('the first dashboards are made when it and the index are up', () => {
  const { scope, shared, component } = dashboards();
  new MetaInit(scope, 'MetaInit', { ...shared, dashboards: component.web });
  const { backoffLimit, template } = object(scope, 'Job', 'init-meta').spec;
  expect(backoffLimit).toBe(10);
  expect(template.spec.initContainers[0].env).toEqual([{ name: 'WAIT', value: 'os-dashboards;opensearch' }]);
  expect(template.spec.containers[0].env).toEqual(
    expect.arrayContaining([
      CLIENT,
      { name: 'DASHBOARDS_URL', value: 'http://os-dashboards-service.services.svc:5601/meta' },
      { name: 'DOMAIN', value: 'pacs.example.org' },
      { name: 'HTTPS_PORT', value: '8443' },
      {
        name: 'KAAPANA_PROJECT_USER_PASSWORD',
        valueFrom: { secretKeyRef: { name: 'system-user-password', key: 'system-user-password' } },
      },
    ]),
  );
  expect(JSON.stringify(object(scope, 'NetworkPolicy', 'os-dashboards-de-ingress').spec.ingress)).toContain(
    '"init-meta"',
  );
});
