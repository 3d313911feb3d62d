import { externalAddress, waitLabel } from '../../constructs/kube';

test.each([
  ['https://sso.example.org/realms/x/', { host: 'sso.example.org', port: 443, url: 'https://sso.example.org/realms/x' }],
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
