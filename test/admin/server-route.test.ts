import { ServerRoute } from '../../constructs/admin/server-route';
import { externalAddress, type NetworkPeer } from '../../constructs/kube';
import { chart, object } from '../support';

test("a path of the instance's reverse proxy leads to the server's service, and its pods let the proxy in", () => {
  const scope = chart();
  const proxy: NetworkPeer = { namespace: 'site2-default' };
  const admitted: NetworkPeer[] = [];
  const to = {
    ...externalAddress('http://keycloak-external-service.admin.svc'),
    openTo: (peer: NetworkPeer) => void admitted.push(peer),
  };
  new ServerRoute(scope, 'Login', {
    namespace: 'site2-default',
    name: 'keycloak',
    path: '/auth',
    to,
    proxy,
    ingressClass: 'site2',
  });

  expect(object(scope, 'Service', 'keycloak').spec).toMatchObject({
    type: 'ExternalName',
    externalName: 'keycloak-external-service.admin.svc.cluster.local',
  });
  const { metadata, spec } = object(scope, 'Ingress', 'keycloak');
  expect(metadata).toMatchObject({
    namespace: 'site2-default',
    annotations: { 'kubernetes.io/ingress.class': 'site2' },
  });
  expect(spec.rules[0].http.paths).toEqual([
    {
      path: '/auth',
      pathType: 'ImplementationSpecific',
      backend: { service: { name: 'keycloak', port: { number: 80 } } },
    },
  ]);
  expect(admitted).toEqual([proxy]);
});
