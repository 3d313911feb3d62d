import { NeighbourPods, Workload } from '../../constructs/kube';
import { chart, object, objects, platform } from '../support';

/** A service of another tree, and how this tree sees it. */
function neighbour() {
  const server = new Workload(chart(), 'Keycloak', {
    platform: platform(),
    name: 'keycloak',
    namespace: 'admin',
    labels: { app: 'keycloak' },
    container: { image: 'keycloak', ports: { https: 8443, http: 8080 } },
  }).expose('Service', {
    name: 'keycloak-service',
    ports: { https: { port: 443, target: 'https' }, http: { port: 80, target: 'http' } },
  });
  const scope = chart();
  const pods = new NeighbourPods(scope, 'Keycloak', {
    name: 'keycloak',
    namespace: 'admin',
    podLabels: { app: 'keycloak' },
    guest: 'site2',
  });
  return {
    scope,
    tls: pods.endpoint(server.endpoint('https', { scheme: 'https' })),
    plain: pods.endpoint(server.endpoint('http')),
  };
}

test('it listens where its owner says', () => {
  const { tls } = neighbour();
  expect(tls).toMatchObject({
    host: 'keycloak-service.admin.svc',
    port: 443,
    url: 'https://keycloak-service.admin.svc',
    targetPort: 8443,
  });
  expect(tls.pods).toMatchObject({ namespace: 'admin', podLabels: { app: 'keycloak' } });
});

test('whom nobody lets in leaves nothing in the namespace of the neighbour', () => {
  expect(objects(neighbour().scope)).toEqual([]);
});

test('all who may connect stand in one policy with the name of the guest', () => {
  const { scope, tls, plain } = neighbour();
  tls.openTo({ namespace: 'site2-services', podLabels: { app: 'minio' } });
  plain.openTo({ namespace: 'site2-default', podLabels: { app: 'traefik' } });
  expect(objects(scope)).toHaveLength(1);
  expect(object(scope, 'NetworkPolicy', 'site2-keycloak-ingress')).toMatchObject({
    metadata: { namespace: 'admin' },
    spec: {
      podSelector: { matchLabels: { app: 'keycloak' } },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'site2-default' } } }],
          ports: [{ port: 8080 }],
        },
        {
          from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'site2-services' } } }],
          ports: [{ port: 8443 }],
        },
      ],
    },
  });
});

test('pods that wait for it are let in, and are deployed after nothing of their own tree', () => {
  const { scope, tls } = neighbour();
  const workload = new Workload(scope, 'Minio', {
    platform: platform(),
    name: 'minio',
    namespace: 'site2-services',
    waitFor: [tls],
    container: { image: 'minio' },
  });
  expect(object(scope, 'NetworkPolicy', 'site2-keycloak-ingress').spec.ingress).toHaveLength(1);
  expect(workload.node.findAll().flatMap(({ node }) => node.dependencies)).toEqual([]);
});
