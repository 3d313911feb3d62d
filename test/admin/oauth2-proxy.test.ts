import { OAuth2Proxy, type OAuth2ProxyProps, sessionCookie } from '../../constructs/admin/oauth2-proxy';
import { externalAddress, RuntimeSecret, secretToken } from '../../constructs/kube';
import { chart, object, platform } from '../support';

function proxy(props: Partial<OAuth2ProxyProps> = {}) {
  const scope = chart();
  const all: OAuth2ProxyProps = {
    platform: platform(),
    namespace: 'admin',
    origin: { domain: 'kaapana.example.org', httpsPort: 443 },
    certificate: new RuntimeSecret(scope, 'Certificate', { name: 'certificate', namespace: 'admin', madeBy: scope }),
    keycloak: externalAddress('https://keycloak-internal-service.admin.svc'),
    upstream: externalAddress('https://traefik-0.admin.svc'),
    clientSecret: secretToken('credentials.oidcClientSecret'),
    cookieSecret: secretToken('cookieSecret'),
  };
  new OAuth2Proxy(scope, 'OAuth2Proxy', { ...all, ...props });
  const configuration: string = object(scope, 'ConfigMap', 'oauth2-proxy-cfg').data['oauth2-proxy.cfg'];
  const settings = Object.fromEntries(
    configuration
      .trim()
      .split('\n')
      .map((line): [string, unknown] => {
        const [, key = '', value = ''] = /^(\w+) = (.*)$/.exec(line) ?? [];
        return [key, JSON.parse(value)];
      }),
  );
  return { scope, configuration, settings, pod: object(scope, 'Deployment', 'oauth2-proxy').spec.template.spec };
}

test('users log in outside, tokens are fetched inside', () => {
  const { settings } = proxy();
  expect(settings).toMatchObject({
    oidc_issuer_url: 'https://kaapana.example.org/auth/realms/kaapana',
    login_url: 'https://kaapana.example.org/auth/realms/kaapana/protocol/openid-connect/auth',
    redeem_url: 'https://keycloak-internal-service.admin.svc/auth/realms/kaapana/protocol/openid-connect/token',
    oidc_jwks_url: 'https://keycloak-internal-service.admin.svc/auth/realms/kaapana/protocol/openid-connect/certs',
    profile_url: 'https://keycloak-internal-service.admin.svc/auth/realms/kaapana/protocol/openid-connect/userinfo',
    upstreams: ['https://traefik-0.admin.svc:443'],
  });
});

test('a port other than 443 is part of the address', () => {
  const { scope, settings } = proxy({ origin: { domain: 'kaapana.example.org', httpsPort: 8443 } });
  expect(settings.oidc_issuer_url).toBe('https://kaapana.example.org:8443/auth/realms/kaapana');
  expect(settings.login_url).toContain('https://kaapana.example.org:8443/auth/');
  expect(object(scope, 'Service', 'oauth2-proxy-service').spec).toMatchObject({
    type: 'NodePort',
    ports: [{ name: 'https-port', port: 8443, nodePort: 8443, targetPort: 'https' }],
  });
});

test('its two secrets are in a Secret, and nowhere else', () => {
  const { scope, configuration, pod } = proxy();
  expect(configuration).not.toMatch(/client_secret|cookie_secret/);
  expect(object(scope, 'Secret', 'oauth2-proxy-secrets').stringData).toEqual({
    'client-secret': secretToken('credentials.oidcClientSecret'),
    'cookie-secret': secretToken('cookieSecret'),
  });
  expect(pod.containers[0].env).toEqual([
    {
      name: 'OAUTH2_PROXY_CLIENT_SECRET',
      valueFrom: { secretKeyRef: { name: 'oauth2-proxy-secrets', key: 'client-secret' } },
    },
    {
      name: 'OAUTH2_PROXY_COOKIE_SECRET',
      valueFrom: { secretKeyRef: { name: 'oauth2-proxy-secrets', key: 'cookie-secret' } },
    },
  ]);
});

test('the certificate of its configuration is where it is mounted', () => {
  const { settings, pod } = proxy();
  expect(settings).toMatchObject({
    tls_cert_file: '/ssl/tls.crt',
    tls_key_file: '/ssl/tls.key',
    https_address: '0.0.0.0:8443',
  });
  expect(pod.volumes).toContainEqual({ name: 'ssl-config', secret: { secretName: 'certificate' } });
  expect(pod.containers[0].args).toEqual(['--config=/etc/oauth2-proxy/oauth2-proxy.cfg']);
});

test('it waits for the identity provider, and everybody may connect', () => {
  const { scope, pod } = proxy();
  expect(pod.initContainers[0].env).toEqual([{ name: 'WAIT', value: 'keycloak' }]);
  expect(object(scope, 'NetworkPolicy', 'oauth2-proxy-ingress').spec.ingress[0]).toEqual({
    ports: [{ port: 8443, protocol: 'TCP' }],
  });
  expect(pod.containers[0].readinessProbe.tcpSocket.port).toBe('https');
});

test('users of a further instance log in at the first one, by a client and with a session of their own', () => {
  const origin = { domain: 'kaapana.example.org', httpsPort: 8443 };
  const { settings } = proxy({
    origin,
    loginOrigin: { domain: 'kaapana.example.org', httpsPort: 443 },
    instanceUid: 'site2',
  });
  expect(settings).toMatchObject({
    oidc_issuer_url: 'https://kaapana.example.org/auth/realms/kaapana',
    client_id: 'kaapana-site2',
    cookie_name: '_oauth2_proxy-site2',
  });
  expect(proxy().settings).toMatchObject({ client_id: 'kaapana' });
  expect(proxy().settings).not.toHaveProperty('cookie_name');
});

test('tokens are for the instance whose client asked for them', () => {
  expect(proxy().settings).toMatchObject({ skip_jwt_bearer_tokens: true, oidc_audience_claims: ['azp'] });
});

test('nobody is believed about who asked, and answers may take as long as an upload needs', () => {
  expect(proxy().settings).toMatchObject({ reverse_proxy: false, upstream_timeout: '1h' });
});

describe('without a session', () => {
  const routes = (proxy().settings['skip_auth_routes'] as string[]).map((route) => new RegExp(route));
  const passes = (path: string): boolean => routes.some((route) => route.test(path));

  test.each([
    '/auth/',
    '/auth/realms/kaapana/protocol/openid-connect/auth',
    '/auth/realms/kaapana/.well-known/openid-configuration',
    '/auth/resources/x1/login/keycloak/css/login.min.css',
    '/kaapana-backend/remote/job',
    '/oauth2/metrics',
  ])('%s passes', (path) => expect(passes(path)).toBe(true));

  test.each([
    '/flow',
    '/auth',
    '/auth/../flow',
    '/auth/./x',
    '/auth/realms/../../flow/',
    '/auth/..',
    '/auth//flow',
    '/auth/x;/../flow',
    '/auth/x\\..\\flow',
    '/auth/%2e%2e/flow',
    '/auth/x#/flow',
    '/auth/x?/flow',
    '/oauth2/metrics/x',
    '/x/auth/y',
  ])('%s does not', (path) => expect(passes(path)).toBe(false));
});

test('cookies that oauth2-proxy makes of one name are never those of another instance', () => {
  // Parts of a long session, and logins that are under way (pkg/sessions/cookie, pkg/cookies/csrf.go, 7.15).
  const made = (name: string): string[] => [name, `${name}_0`, `${name}_1`, `${name}_csrf`, `${name}_csrf_a1b2`];
  const names = ['0', '1', 'csrf', 'csrf-a1b2', 'a', 'a-0', '12'].map((uid) => sessionCookie(uid));
  const all = ['_oauth2_proxy', ...names].flatMap(made);
  expect(new Set(all).size).toBe(all.length);
});
