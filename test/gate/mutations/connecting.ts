import { edit, remove } from './edit';
import type { Mutation } from './mutation';

/** Breaks and weakenings of who may connect to whom. */
export const CONNECTING: readonly Mutation[] = [
  {
    name: 'a policy does not let the judge of requests to the projects',
    make: () =>
      edit('networkpolicy', 'services/access-information-interface-ingress', ({ spec }) => {
        spec.ingress = spec.ingress.filter((rule: unknown) => !JSON.stringify(rule).includes('"auth-backend"'));
      }),
    judge: ({ connections }) => connections('services/aii-service'),
    says: /admin\/auth-backend -> svc:services\/aii-service:8080.* did not pass/,
  },
  {
    name: 'a policy names another namespace',
    make: () =>
      edit('networkpolicy', 'admin/keycloak-ingress', ({ spec }) => {
        for (const { from } of spec.ingress) {
          const labels = from[0].namespaceSelector?.matchLabels;
          if (labels?.['kubernetes.io/metadata.name'] === 'services') labels['kubernetes.io/metadata.name'] = 'service';
        }
      }),
    judge: ({ connections }) => connections('services/opensearch-de -> '),
    says: /services\/opensearch-de -> svc:admin\/keycloak.* did not pass/,
  },
  {
    name: 'a Service leads to a port at which nobody listens',
    make: () =>
      edit('service', 'services/opensearch-service', ({ spec }) => {
        spec.ports[0].targetPort = 9201;
      }),
    judge: ({ connections }) => connections('svc:services/opensearch-service'),
    says: /-> svc:services\/opensearch-service:9200.* did not pass/,
  },
  {
    name: 'a Service leads to pods that are not there',
    make: () =>
      edit('service', 'services/loki-service', ({ spec }) => {
        spec.selector['app.kubernetes.io/name'] = 'lokki';
      }),
    judge: ({ connections }) => connections('svc:services/loki-service'),
    says: /-> svc:services\/loki-service:3100.* did not pass/,
  },
  {
    name: 'the namespace does not deny what nobody allows',
    make: () => {
      const undo = [
        remove('networkpolicy', 'services/default-deny-ingress'),
        remove('networkpolicy', 'services/data-api-database-ingress'),
      ];
      return () => undo.forEach((one) => one());
    },
    judge: ({ refusals }) => refusals('services/data-api-database'),
    says: /-> services\/data-api-database:5432 passed/,
  },
  {
    name: 'a database takes everybody',
    make: () =>
      edit('networkpolicy', 'services/postgres-dcm4che-ingress', ({ spec }) => {
        spec.ingress = [{}];
      }),
    judge: ({ refusals }) => refusals('services/postgres-dcm4che'),
    says: /-> services\/postgres-dcm4che:5432 passed/,
  },
];
