import { type Address, externalAddress, type Peer, origin, PromisedAddress, waitLabel } from '../../constructs/kube';

test.each([
  [
    'https://sso.example.org/realms/x/',
    { host: 'sso.example.org', port: 443, url: 'https://sso.example.org/realms/x' },
  ],
  ['http://proxy.example.org', { host: 'proxy.example.org', port: 80, url: 'http://proxy.example.org' }],
  ['http://proxy.example.org:3128//', { host: 'proxy.example.org', port: 3128, url: 'http://proxy.example.org:3128' }],
  ['https://sso.example.org:8443', { host: 'sso.example.org', port: 8443, url: 'https://sso.example.org:8443' }],
])('%s lives elsewhere', (url, expected) => {
  expect(externalAddress(url)).toMatchObject(expected);
});

test('nothing has to be opened to reach what lives elsewhere', () => {
  expect(() => externalAddress('https://example.org').openTo({ namespace: 'admin' })).not.toThrow();
});

test('an address needs a host', () => {
  expect(() => externalAddress('file:///etc/passwd')).toThrow('"file:///etc/passwd" names no host');
  expect(() => externalAddress('example.org')).toThrow('Invalid URL');
});

test('a wait is called after its host', () => {
  const address = externalAddress('http://minio-service.services.svc:9000');
  expect(waitLabel({ address })).toBe('minio');
  expect(waitLabel({ address: externalAddress('http://localhost') })).toBe('localhost');
  expect(waitLabel({ address, label: 'store' })).toBe('store');
});

test('an origin has its port, and no path', () => {
  expect(origin(externalAddress('http://keycloak.admin.svc/auth'))).toBe('http://keycloak.admin.svc:80');
  expect(origin(externalAddress('https://keycloak.admin.svc:8443'))).toBe('https://keycloak.admin.svc:8443');
});

test('a promised address opens its owner to those who came before and after', () => {
  const peers: Peer[] = [];
  const owner: Address = {
    ...externalAddress('http://backend.services.svc:5000'),
    openTo: (peer) => {
      peers.push(peer);
    },
  };
  const promised = new PromisedAddress('http://backend.services.svc:5000');
  promised.openTo({ namespace: 'before' });
  expect(promised).toMatchObject({ host: 'backend.services.svc', port: 5000, url: 'http://backend.services.svc:5000' });
  expect(peers).toEqual([]);
  promised.resolve(owner);
  promised.openTo({ namespace: 'after' });
  expect(peers).toEqual([{ namespace: 'before' }, { namespace: 'after' }]);
});

test('a promise holds for one address', () => {
  const promised = new PromisedAddress('http://backend.services.svc:5000');
  expect(() => promised.resolve(externalAddress('http://backend.services.svc:8080'))).toThrow(
    'http://backend.services.svc:5000 was promised, but it is http://backend.services.svc:8080',
  );
  expect(() => new PromisedAddress('file:///x')).toThrow('names no host');
});
