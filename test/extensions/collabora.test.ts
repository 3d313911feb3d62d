import { secretToken } from '../../constructs/kube';
import { envOf } from '../flow/support';
import { type Manifest, object } from '../support';
import { stack } from './support';

const NAME = 'collabora-chart';
const chart = stack([{ name: NAME }], { services: { origin: { domain: 'kaapana.example.org', httpsPort: 8443 } } });
const pod = object(chart, 'Deployment', NAME).spec.template.spec;
const [gateway, office, documents] = pod.containers;
const files: Record<string, string> = object(chart, 'ConfigMap', NAME)['data'];

test('the password of its console is its own, in a Secret', () => {
  expect(envOf(office)).toEqual({ username: `${NAME}-account/username`, password: `${NAME}-account/password` });
  expect(object(chart, 'Secret', `${NAME}-account`)['stringData']).toEqual({
    username: 'admin',
    password: secretToken('extensions.collabora-chart.password'),
  });
});

test('documents are opened in jails, which take two capabilities', () => {
  expect(office.securityContext.capabilities).toEqual({ drop: ['NET_RAW', 'AUDIT_WRITE'] });
  expect(gateway.securityContext.capabilities.drop).toContain('SYS_CHROOT');
  expect(object(chart, 'Deployment', NAME).metadata.annotations).toEqual({
    'security-exception/collabora.MKNOD': 'it opens each document in a jail of its own, which has devices of its own',
    'security-exception/collabora.SYS_CHROOT': 'it opens each document in a jail of its own',
  });
});

test('the list of documents is ready when the office is, because it waits for it behind their services', () => {
  expect(documents.readinessProbe.tcpSocket).toEqual({ port: 9980 });
  expect(envOf(documents)).toMatchObject({
    APPLICATION_ROOT: '/collabora-wopi',
    COLLABORA_URL: 'http://collabora-chart.services:9981/collabora',
    WOPI_API_ENDPOINT: 'collabora-chart-wopi.services:5000',
  });
});

test('they reach each other, and the reverse proxy reaches them', () => {
  const { ingress } = object(chart, 'NetworkPolicy', `${NAME}-ingress`).spec;
  const peers = ingress.map(({ from: [{ podSelector }], ports }: Manifest) => [
    podSelector.matchLabels['app.kubernetes.io/name'],
    ports.map(({ port }: { port: number }) => port),
  ]);
  expect(peers).toEqual(
    expect.arrayContaining([
      [NAME, [5000, 9981]],
      ['traefik', [5000, 9981]],
    ]),
  );
  expect(peers).toHaveLength(2);
});

test('it tells browsers where the platform is', () => {
  expect(files['coolwsd.xml']).toContain('<server_name>kaapana.example.org:8443</server_name>');
  expect(files['coolwsd.xml']).toContain('<service_root>/collabora</service_root>');
  expect(files['coolwsd.xml']).toMatch(/<ssl>\s*<enable>false<\/enable>\s*<termination>true<\/termination>/);
});

test.each([
  ['127.0.0.1', true],
  ['10.1.255.7', true],
  ['::ffff:172.31.0.2', true],
  ['192.168.1.1', true],
  ['172.32.0.1', false],
  ['8.8.8.8', false],
  ['1010.1.1.1', false],
])('whether files come from %s: %s', (address, allowed) => {
  const hosts = [...(files['coolwsd.xml'] ?? '').matchAll(/<host>(.*)<\/host>/g)].map(
    ([, pattern]) => new RegExp(`^${pattern}$`),
  );
  expect(hosts).toHaveLength(4);
  expect(hosts.some((host) => host.test(address))).toBe(allowed);
});

test.each([
  ['/collabora/hosting/discovery', true],
  ['/collabora/hosting/capabilities', true],
  ['/collabora/cool/doc/ws', true],
  ['/collabora/lool/x', true],
  ['/collabora/', false],
  ['/other/collabora/cool/', false],
  ['/collabora/hosting/other', false],
])('whether the gateway leads on from %s: %s', (path, allowed) => {
  const [, pattern = ''] = /location ~ (\S+) \{/.exec(files['nginx.conf'] ?? '') ?? [];
  expect(new RegExp(pattern).test(path)).toBe(allowed);
  expect(gateway.ports).toEqual([{ name: 'gateway-http', containerPort: 9981 }]);
  expect(files['nginx.conf']).toContain('listen 9981;');
});
