import { squidConf, SquidProxy, type SquidProxyProps } from '../../constructs/admin/squid';
import { secretToken } from '../../constructs/kube';
import { chart, object, platform } from '../support';

function squid(props: Partial<SquidProxyProps> = {}) {
  const scope = chart();
  return { scope, component: new SquidProxy(scope, 'Squid', { platform: platform(), namespace: 'admin', ...props }) };
}

test('without proxies of the site, requests go out directly', () => {
  expect(squidConf()).toBe('http_port 3128\nhttp_access allow all\npinger_enable off\n');
});

test.each([
  ['http://proxy.example.org:8080', 'proxy.example.org parent 8080 0 no-query default name=proxy.example.org:8080'],
  ['http://proxy.example.org', 'proxy.example.org parent 80 0 no-query default name=proxy.example.org:80'],
  ['https://proxy.example.org', 'proxy.example.org parent 443 0 no-query default name=proxy.example.org:443 tls'],
  [
    ' https://proxy.example.org:3129/ ',
    'proxy.example.org parent 3129 0 no-query default name=proxy.example.org:3129 tls',
  ],
])('"%s" becomes a parent, and nothing goes around it', (url, peer) => {
  const lines = squidConf({ httpProxy: url }).split('\n');
  expect(lines).toContain(`cache_peer ${peer}`);
  expect(lines).toContain('never_direct allow all');
});

test('the same proxy for both is one parent, two proxies are two', () => {
  const peers = (text: string) => text.split('\n').filter((line) => line.startsWith('cache_peer '));
  const httpProxy = 'http://proxy.example.org:8080';
  expect(peers(squidConf({ httpProxy, httpsProxy: `${httpProxy}/` }))).toHaveLength(1);
  expect(peers(squidConf({ httpProxy, httpsProxy: 'http://proxy.example.org:8443' }))).toHaveLength(2);
  expect(peers(squidConf({ httpsProxy: httpProxy }))).toHaveLength(1);
});

test('some domains are reached without them', () => {
  const lines = squidConf({ httpProxy: 'http://proxy.example.org', noProxy: ['.example.org', 'registry.local'] }).split(
    '\n',
  );
  expect(lines).toContain('acl no_proxy dstdomain .example.org registry.local');
  expect(lines.indexOf('always_direct allow no_proxy')).toBeLessThan(lines.indexOf('never_direct allow all'));
});

test.each([
  { httpProxy: 'http://proxy.example.org:3128', httpsProxy: 'https://proxy.example.org:3128' },
  { httpProxy: 'https://proxy.example.org:3128', httpsProxy: 'http://proxy.example.org:3128/' },
])('one port with two schemes is two parents with names of their own, TLS first: %j', (upstream) => {
  expect(
    squidConf(upstream)
      .split('\n')
      .filter((line) => line.startsWith('cache_peer ')),
  ).toEqual([
    'cache_peer proxy.example.org parent 3128 0 no-query default name=https://proxy.example.org:3128 tls',
    'cache_peer proxy.example.org parent 3128 0 no-query default name=http://proxy.example.org:3128',
  ]);
});

test.each([
  [
    'a domain that another one takes in',
    ['example.org', '.example.org', 'registry.example.org', '.lab.example.org', 'notexample.org'],
    '.example.org notexample.org',
  ],
  [
    'a domain that stands twice, however it is written',
    ['registry.local', 'Registry.Local', 'registry.local:5000', 'registry.local'],
    'registry.local',
  ],
  [
    'what squid does not know: a star, a port',
    ['*.hospital.lan', 'registry.local:5000', ':80'],
    '.hospital.lan registry.local',
  ],
])('%s is left out of the domains', (_, noProxy, domains) => {
  const lines = squidConf({ noProxy }).split('\n');
  expect(lines).toContain(`acl no_proxy dstdomain ${domains}`);
  expect(lines).toContain('always_direct allow no_proxy');
  expect(lines.join('\n')).not.toContain('no_proxy_networks');
});

test.each([
  [
    'networks and addresses',
    ['10.0.0.0/8', '192.0.2.7', 'fd00::/8', '2001:db8::1'],
    '10.0.0.0/8 192.0.2.7/32 fd00::/8 2001:db8::1/128',
  ],
  ['the port of an address', ['192.0.2.7:8080', '192.0.2.7'], '192.0.2.7/32'],
  ['bits beyond the mask', ['10.1.2.3/8'], '10.0.0.0/8'],
  ['an address in a network that comes later', ['10.1.1.1', '10.1.0.0/16', '10.0.0.0/8', '10.0.0.0/8'], '10.0.0.0/8'],
])('%s: networks have a list of their own', (_, noProxy, networks) => {
  const lines = squidConf({ noProxy }).split('\n');
  expect(lines).toContain(`acl no_proxy_networks dst -n ${networks}`);
  expect(lines).toContain('always_direct allow no_proxy_networks');
  expect(lines.join('\n')).not.toContain('dstdomain');
});

test('what is not a network after all counts as a domain', () => {
  const lines = squidConf({ noProxy: ['10.0.0.0/33', '10.1/16', '300.1.1.1', '.example.org', '10.0.0.0/8'] }).split(
    '\n',
  );
  expect(lines).toContain('acl no_proxy dstdomain 10.0.0.0/33 10.1/16 300.1.1.1 .example.org');
  expect(lines).toContain('acl no_proxy_networks dst -n 10.0.0.0/8');
});

test.each(['proxy.example.org:8080', 'socks5://proxy.example.org', ''])('"%s" is no proxy', (httpProxy) => {
  expect(() => squidConf({ httpProxy })).toThrow(`the upstream proxy "${httpProxy}" is not an http or https URL`);
});

test('credentials have no place in a ConfigMap', () => {
  expect(() => squidConf({ httpProxy: 'http://me:secret@proxy.example.org' })).toThrow(
    'the upstream proxy http://proxy.example.org has a user or password: squid.conf stands in a ConfigMap',
  );
  expect(() => squidConf({ httpsProxy: secretToken('proxy') })).toThrow('an upstream proxy must not be a secret');
});

test('it reads that configuration and writes its logs to the output', () => {
  const { scope } = squid({ upstream: { httpProxy: 'http://proxy.example.org' } });
  expect(object(scope, 'ConfigMap', 'squid-config').data['squid.conf']).toContain('cache_peer proxy.example.org ');
  const [container] = object(scope, 'Deployment', 'squid-proxy').spec.template.spec.containers;
  expect(container.volumeMounts).toEqual([
    { name: 'squid-config', mountPath: '/etc/squid/squid.conf', subPath: 'squid.conf' },
  ]);
  expect(container.env).toContainEqual({ name: 'SQUID_ACCESS_LOG', value: '/dev/stdout' });
});

test('it alone reaches the outside', () => {
  const { spec } = object(squid().scope, 'NetworkPolicy', 'squid-proxy-allow-egress');
  expect(spec).toEqual({
    podSelector: { matchLabels: { 'app.kubernetes.io/name': 'squid-proxy' } },
    policyTypes: ['Egress'],
    egress: [{}],
  });
});

test('it has the whole name that lists of exceptions hold', () => {
  expect(squid().component.endpoint.url).toBe('http://squid-proxy-service.admin.svc.cluster.local:3128');
});

test('it lets in whom it is told to, and by default nobody', () => {
  expect(object(squid().scope, 'NetworkPolicy', 'squid-proxy-ingress').spec.ingress).toEqual([]);
  const { scope } = squid({
    clients: [{ namespace: 'services', podLabels: { app: 'airflow' } }, { namespace: 'admin' }],
  });
  expect(object(scope, 'NetworkPolicy', 'squid-proxy-ingress').spec.ingress).toEqual([
    { from: [{ podSelector: {} }], ports: [{ port: 3128, protocol: 'TCP' }] },
    {
      from: [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'services' } },
          podSelector: { matchLabels: { app: 'airflow' } },
        },
      ],
      ports: [{ port: 3128, protocol: 'TCP' }],
    },
  ]);
});
