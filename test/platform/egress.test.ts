import { externalAddress } from '../../constructs/kube';
import { egressAddresses, egressEnv } from '../../constructs/platform/egress';

const proxy = externalAddress('http://proxy.example.org:8118');

test('programs find the proxy, and reach the cluster and the platform without it', () => {
  expect(egressEnv({ proxy, domain: 'pacs.example.org' })).toEqual({
    http_proxy: 'http://proxy.example.org:8118',
    https_proxy: 'http://proxy.example.org:8118',
    no_proxy: '.svc,.svc.cluster,.svc.cluster.local,pacs.example.org',
  });
  expect(egressAddresses({ proxy, domain: 'pacs.example.org' })).toEqual([proxy]);
});

test('some networks are reached without the proxy too', () => {
  expect(egressEnv({ proxy, domain: 'pacs.example.org' }, ['10.1.0.0/16', '10.2.0.0/16']).no_proxy).toBe(
    '.svc,.svc.cluster,.svc.cluster.local,pacs.example.org,10.1.0.0/16,10.2.0.0/16',
  );
  expect(egressEnv(undefined, ['10.1.0.0/16'])).toEqual({});
});

test('without a way out there is nothing to read and nobody to reach', () => {
  expect(egressEnv(undefined)).toEqual({});
  expect(egressAddresses(undefined)).toEqual([]);
});
