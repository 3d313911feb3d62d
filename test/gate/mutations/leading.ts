import { Accounts } from '../support/accounts';
import { edit } from './edit';
import type { Mutation } from './mutation';

/** Breaks and weakenings of where requests lead. */
export const LEADING: readonly Mutation[] = [
  {
    name: 'the client may send users to any address',
    make: async ({ enter }) => {
      const accounts = await Accounts.open(enter);
      const before = (await accounts.client('kaapana'))?.['redirectUris'];
      await accounts.setClient('kaapana', { redirectUris: ['*'] });
      // The first session is over by then.
      return async () => (await Accounts.open(enter)).setClient('kaapana', { redirectUris: before });
    },
    judge: ({ redirects }) => redirects(),
    says: /sends users to https:\/\/evil\.example\.org/,
  },
  {
    name: 'a route leads to another program',
    make: () =>
      edit('ingress', 'services/workflow-api-ingress', ({ spec }) => {
        spec.rules[0].http.paths[0].backend.service = { name: 'data-api', port: { number: 8080 } };
      }),
    judge: ({ route }) => route('/workflow-api', 'administrator'),
    says: /administrator asked for \/workflow-api and was let through \(200\), but by/,
  },
  {
    name: 'a prefix is not taken off',
    make: () =>
      edit('ingress', 'services/data-api-ingress', ({ metadata }) => {
        metadata.annotations['traefik.ingress.kubernetes.io/router.middlewares'] = 'services-nobody@kubernetescrd';
      }),
    judge: ({ route }) => route('/data-api', 'administrator'),
    says: /administrator asked for \/data-api and was let through \(200\), but by/,
  },
];
