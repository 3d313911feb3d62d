import { egressAddresses, egressEnv } from '../constructs/egress';
import { externalAddress } from '../constructs/kube';

const proxy = externalAddress('http://proxy.example.org:8118');

test('programs find the proxy, and reach the cluster and the platform without it', () => {
  expect(egressEnv({ proxy, domain: 'pacs.example.org' })).toEqual({
    http_proxy: 'http://proxy.example.org:8118',
    https_proxy: 'http://proxy.example.org:8118',
    no_proxy: '.svc,.svc.cluster,.svc.cluster.local,pacs.example.org',
  });
  expect(egressAddresses({ proxy, domain: 'pacs.example.org' })).toEqual([proxy]);
});

test('without a way out there is nothing to read and nobody to reach', () => {
  expect(egressEnv(undefined)).toEqual({});
  expect(egressAddresses(undefined)).toEqual([]);
});
