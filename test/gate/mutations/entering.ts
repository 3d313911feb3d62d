import { container, edit, type Live } from './edit';
import type { Mutation } from './mutation';
import type { Wave } from './waves';

const PROXY = 'admin/oauth2-proxy';
const TRAEFIK = 'admin/traefik';

/** Changes a setting of oauth2-proxy. */
function proxySetting(pattern: RegExp, text: string): Mutation['make'] {
  return () =>
    edit('configmap', 'admin/oauth2-proxy-cfg', ({ data }) => {
      const before = data['oauth2-proxy.cfg'] as string;
      data['oauth2-proxy.cfg'] = before.replace(pattern, text);
      if (data['oauth2-proxy.cfg'] === before) throw new Error('the mutation changed nothing');
    });
}

/** Changes the arguments of Traefik. */
function traefikArguments(change: (args: string[]) => string[]): Mutation['make'] {
  return () =>
    edit('deployment', TRAEFIK, (object) => {
      container(object).args = change(container(object).args);
    });
}

/** Breaks and weakenings of who gets in. */
export const ENTERING: readonly Wave[] = [
  {
    name: 'the entry point',
    mutations: [
      {
        name: 'nobody judges requests at the entry point',
        make: traefikArguments((args) => args.map((arg) => arg.replace('admin-auth-check@kubernetescrd,', ''))),
        judge: ({ route }) => route('/prometheus', 'user'),
        says: /user asked for \/prometheus and was let through/,
      },
      {
        name: 'headers of visitors are believed where nobody has to log in',
        make: proxySetting(/$/, '\nskip_auth_strip_headers = false\n'),
        restarts: [PROXY],
        judge: ({ headers }) => headers('/kaapana-backend/remote/anything'),
        says: /got what its visitor made up/,
      },
    ],
  },
  {
    name: 'a login without a wall',
    mutations: [
      {
        name: 'the login lets every path pass',
        make: proxySetting(/skip_auth_routes = .*/, 'skip_auth_routes = ["^/.*"]'),
        restarts: [PROXY],
        judge: ({ route }) => route('/ohif', 'no session'),
        says: /no session asked for \/ohif and was refused .*should have been sent to the login/,
      },
    ],
  },
  {
    name: 'policies and secrets',
    mutations: [
      {
        name: 'the policies allow what they do not know',
        make: () =>
          edit('configmap', 'admin/rego-configmap', ({ data }) => {
            data['auth-policies.rego'] = data['auth-policies.rego'].replace(
              'default allow := false',
              'default allow := true',
            );
          }),
        restarts: ['admin/auth-backend', 'admin/open-policy-agent'],
        judge: ({ route }) => route('/kubernetes', 'user'),
        says: /user asked for \/kubernetes and was let through/,
      },
      {
        name: 'the proxy and the identity provider have different secrets of the client',
        make: () =>
          edit('secret', 'admin/oauth2-proxy-secrets', ({ data }) => {
            data['client-secret'] = Buffer.from('another-secret').toString('base64');
          }),
        restarts: [PROXY],
        judge: ({ login }) => login(),
        says: /a user cannot log in|after the login, the landing page answered/,
      },
    ],
  },
  {
    name: 'sessions',
    mutations: [
      {
        name: 'both instances sign sessions alike',
        make: () => {
          const secret = 'U2Vzc2lvbnMtb2YtYm90aC1pbnN0YW5jZXMtMDAwMDE=';
          const undo = [
            ...['admin/oauth2-proxy-secrets', 'site2-default/oauth2-proxy-secrets'].map((place) =>
              edit('secret', place, ({ data }) => {
                data['cookie-secret'] = Buffer.from(secret).toString('base64');
              }),
            ),
            // The name of a cookie is part of what is signed.
            edit('configmap', 'site2-default/oauth2-proxy-cfg', ({ data }) => {
              data['oauth2-proxy.cfg'] = data['oauth2-proxy.cfg'].replace('"_oauth2_proxy-site2"', '"_oauth2_proxy"');
            }),
          ];
          return () => undo.forEach((one) => one());
        },
        restarts: [PROXY, 'site2-default/oauth2-proxy'],
        judge: ({ neighbour }) => neighbour('/ohif'),
        says: /session of the other instance asked for \/ohif and was let through/,
      },
    ],
  },
  {
    name: 'the judge of requests',
    mutations: [
      {
        name: 'the judge of requests looks for policies in another namespace',
        make: () =>
          edit('deployment', 'admin/auth-backend', (object) => {
            const variable = container(object).env.find(({ name }: Live) => name === 'ADMIN_NAMESPACE');
            variable.value = 'services';
          }),
        judge: ({ route }) => route('/ohif', 'user'),
        says: /user asked for \/ohif and was told of an error/,
      },
    ],
  },
  {
    name: 'rights',
    mutations: [
      {
        name: 'Traefik has no rights at the API server',
        make: () =>
          edit('clusterrole', '/admin-traefik', (object) => {
            object.rules = [];
          }),
        restarts: [TRAEFIK],
        judge: ({ route }) => route('/ohif', 'administrator'),
        says: /administrator asked for \/ohif and was told/,
      },
    ],
  },
];
