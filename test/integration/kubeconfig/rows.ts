import { HIDDEN_HOST } from './stand-in';

/** One rule of client-go, as files that show it. */
export interface Row {
  readonly rule: string;

  /** Entries of the cluster `c`. @default - the stand-in by TLS, with its authority */
  readonly cluster?: object;

  /** Entries of the user `u`. @default - the token `t` */
  readonly user?: object;

  /** Other kubeconfigs in place of `config`, by name. */
  readonly files?: Readonly<Record<string, unknown>>;

  /** Names of $KUBECONFIG. @default - config */
  readonly list?: readonly string[];

  /** A file and a context that are named outside of $KUBECONFIG. */
  readonly path?: string;
  readonly context?: string;

  /** What kubectl asks for on its own: of a path that it is given (get --raw), it makes the whole one. */
  readonly asked?: '/version';
  readonly env?: Readonly<Record<string, string>>;

  /** What comes of it. */
  readonly expected:
    | 'refused'
    | { readonly url?: string; readonly headers?: object; readonly client?: string; readonly by?: string };
}

const CA = { 'certificate-authority': 'ca.crt' };
const TOKEN = { headers: { authorization: 'Bearer t' } };
const EXEC = { apiVersion: 'client.authentication.k8s.io/v1', interactiveMode: 'Never' };
const FROM_PLUGIN = { headers: { authorization: 'Bearer from-plugin' } };
const UNKNOWN_HOST = { server: `https://${HIDDEN_HOST}`, ...CA };

/** A kubeconfig of one context, cluster and user, each called `name`. */
export function kubeconfig(name: string, cluster: object, user: object, current = name): object {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': current,
    contexts: [{ name, context: { cluster: name, user: name } }],
    clusters: [{ name, cluster }],
    users: [{ name, user }],
  };
}

/** @param ports of the stand-in; @param data reads a file of the certificates in base64 */
export function rows(ports: Readonly<Record<string, number>>, data: (name: string) => string): Row[] {
  const tls = { server: `https://127.0.0.1:${ports.tls}`, ...CA };
  const proxy = `http://127.0.0.1:${ports.proxy}`;
  const pair = { 'client-certificate': 'client.crt', 'client-key': 'client.key' };
  const basic = `Basic ${Buffer.from('me:secret').toString('base64')}`;
  const table: Row[] = [
    { rule: 'a token is sent', expected: TOKEN },
    { rule: 'files of a list that are not there are passed over', list: ['gone', 'config'], expected: TOKEN },
    { rule: 'without a file there is no server', list: ['gone'], expected: 'refused' },
    {
      rule: 'the first current context wins',
      files: { a: kubeconfig('a', tls, { token: 'first' }), b: kubeconfig('b', tls, { token: 'second' }) },
      list: ['a', 'b'],
      expected: { headers: { authorization: 'Bearer first' } },
    },
    {
      rule: 'a context of a later file is found',
      files: { a: kubeconfig('a', tls, { token: 'first' }), b: kubeconfig('b', tls, { token: 'second' }) },
      list: ['a', 'b'],
      context: 'b',
      expected: { headers: { authorization: 'Bearer second' } },
    },
    {
      rule: 'the first file with a name has all of its entry',
      files: {
        a: kubeconfig('a', tls, { token: 'first' }),
        b: kubeconfig('a', tls, { token: 'second', as: 'deployer' }),
      },
      list: ['a', 'b'],
      expected: { headers: { authorization: 'Bearer first' } },
    },
    {
      rule: 'an empty current context is none',
      files: { a: kubeconfig('a', tls, {}, ''), b: kubeconfig('b', tls, { token: 'second' }) },
      list: ['a', 'b'],
      expected: { headers: { authorization: 'Bearer second' } },
    },
    {
      rule: 'a broken file of a list stops it',
      files: { a: 'clusters: [', b: kubeconfig('b', tls, { token: 't' }) },
      list: ['a', 'b'],
      expected: 'refused',
    },
    {
      rule: 'a file that is named outside of the list is read alone',
      files: { a: kubeconfig('a', tls, { token: 'first' }), b: kubeconfig('b', tls, { token: 'second' }) },
      list: ['a'],
      path: 'b',
      expected: { headers: { authorization: 'Bearer second' } },
    },
    { rule: 'a context that is not there is refused', context: 'gone', expected: 'refused' },
    {
      rule: 'a context without its user is refused',
      files: { config: { ...kubeconfig('a', tls, {}), users: [] } },
      expected: 'refused',
    },
    {
      rule: 'a name twice in one file is refused',
      files: {
        config: {
          ...kubeconfig('a', tls, {}),
          users: [
            { name: 'a', user: {} },
            { name: 'a', user: {} },
          ],
        },
      },
      expected: 'refused',
    },
    { rule: 'a cluster without a server is refused', cluster: CA, expected: 'refused' },
    {
      rule: 'a path of the server stays',
      cluster: { ...tls, server: `https://127.0.0.1:${ports.tls}/k8s/clusters/c-1/` },
      expected: { ...TOKEN, url: '/k8s/clusters/c-1/version' },
      asked: '/version',
    },
    { rule: 'an address of IPv6', cluster: { server: `https://[::1]:${ports.tls6}`, ...CA }, expected: TOKEN },
    {
      rule: 'no credential is sent without TLS',
      cluster: { server: `http://127.0.0.1:${ports.plain}` },
      user: { token: 't', as: 'deployer' },
      expected: { headers: { 'impersonate-user': 'deployer' } },
    },
    { rule: 'an unknown authority is refused', cluster: { server: tls.server }, expected: 'refused' },
    {
      rule: 'the system’s authorities are trusted',
      cluster: { server: tls.server },
      env: { SSL_CERT_FILE: 'ca.crt' },
      expected: TOKEN,
    },
    {
      rule: 'an authority as data',
      cluster: { server: tls.server, 'certificate-authority-data': data('ca.crt') },
      expected: TOKEN,
    },
    {
      rule: 'an authority as data and as a file is refused',
      cluster: { ...tls, 'certificate-authority-data': data('ca.crt') },
      expected: 'refused',
    },
    {
      rule: 'another authority is refused',
      cluster: { ...tls, 'certificate-authority': 'other.crt' },
      expected: 'refused',
    },
    {
      rule: 'insecure-skip-tls-verify',
      cluster: { server: tls.server, 'insecure-skip-tls-verify': true },
      expected: TOKEN,
    },
    {
      rule: 'insecure-skip-tls-verify beside an authority is refused',
      cluster: { ...tls, 'insecure-skip-tls-verify': true },
      expected: 'refused',
    },
    { rule: 'tls-server-name', cluster: { ...tls, 'tls-server-name': 'inner.kaapana.test' }, expected: TOKEN },
    {
      rule: 'another tls-server-name is refused',
      cluster: { ...tls, 'tls-server-name': 'x.test' },
      expected: 'refused',
    },
    { rule: 'a client certificate beside its kubeconfig', user: pair, expected: { client: 'client' } },
    {
      rule: 'a client certificate as data',
      user: { 'client-certificate-data': data('client.crt'), 'client-key-data': data('client.key') },
      expected: { client: 'client' },
    },
    {
      rule: 'a client certificate without its key is refused',
      user: { 'client-certificate': 'client.crt' },
      expected: 'refused',
    },
    {
      rule: 'a client certificate and a token',
      user: { ...pair, token: 't' },
      expected: { ...TOKEN, client: 'client' },
    },
    {
      rule: 'a name and a password',
      user: { username: 'me', password: 'secret' },
      expected: { headers: { authorization: basic } },
    },
    {
      rule: 'a password and a token are refused',
      user: { username: 'me', password: 'secret', token: 't' },
      expected: 'refused',
    },
    {
      rule: 'a tokenFile is beside its kubeconfig',
      user: { tokenFile: 'token' },
      expected: { headers: { authorization: 'Bearer fresh' } },
    },
    {
      rule: 'a tokenFile is newer than the token',
      user: { tokenFile: 'token', token: 'stale' },
      expected: { headers: { authorization: 'Bearer fresh' } },
    },
    {
      rule: 'without its tokenFile, the token counts',
      user: { tokenFile: 'gone', token: 'stale' },
      expected: { headers: { authorization: 'Bearer stale' } },
    },
    { rule: 'a tokenFile that is not there is refused', user: { tokenFile: 'gone' }, expected: 'refused' },
    { rule: 'a token that is a number is refused', user: { token: 123 }, expected: 'refused' },
    {
      rule: 'a user, groups, a uid and extras to act as',
      user: {
        ...{ token: 't', as: 'deployer', 'as-uid': '42', 'as-groups': ['a', 'b'] },
        'as-user-extra': { 'example.org/Reason': ['x'] },
      },
      expected: {
        headers: {
          authorization: 'Bearer t',
          'impersonate-user': 'deployer',
          'impersonate-uid': '42',
          'impersonate-group': 'a, b',
          'impersonate-extra-example.org%2freason': 'x',
        },
      },
    },
    {
      rule: 'groups without a user to act as are refused',
      user: { token: 't', 'as-groups': ['a'] },
      expected: 'refused',
    },
    {
      rule: 'a plugin beside its kubeconfig',
      user: { exec: { ...EXEC, command: 'bin/plugin' } },
      expected: FROM_PLUGIN,
    },
    {
      rule: 'a plugin of the path',
      user: { exec: { ...EXEC, command: 'kaapana-test-plugin' } },
      expected: FROM_PLUGIN,
    },
    {
      rule: 'a plugin with arguments and variables',
      user: { exec: { ...EXEC, command: './bin/plugin', args: ['x'], env: [{ name: 'TOKEN', value: 'mine' }] } },
      expected: { headers: { authorization: 'Bearer mine-x' } },
    },
    {
      rule: 'a plugin is told of its cluster',
      user: { exec: { ...EXEC, command: 'bin/plugin', args: ['cluster'], provideClusterInfo: true } },
      expected: { headers: { authorization: `Bearer from-plugin-${tls.server}` } },
    },
    {
      rule: 'a token is preferred to a plugin',
      user: { token: 't', exec: { ...EXEC, command: 'bin/fails' } },
      expected: TOKEN,
    },
    { rule: 'a plugin that fails', user: { exec: { ...EXEC, command: 'bin/fails' } }, expected: 'refused' },
    { rule: 'a plugin that is not there', user: { exec: { ...EXEC, command: 'bin/gone' } }, expected: 'refused' },
    {
      rule: 'a plugin of another version than it prints',
      user: { exec: { ...EXEC, apiVersion: 'client.authentication.k8s.io/v1beta1', command: 'bin/plugin' } },
      expected: 'refused',
    },
    {
      rule: 'a plugin of a version that is gone',
      user: { exec: { ...EXEC, apiVersion: 'client.authentication.k8s.io/v1alpha1', command: 'bin/plugin' } },
      expected: 'refused',
    },
    {
      rule: 'a plugin without interactiveMode',
      user: { exec: { apiVersion: EXEC.apiVersion, command: 'bin/plugin' } },
      expected: 'refused',
    },
    {
      rule: 'a plugin that needs a terminal',
      user: { exec: { ...EXEC, interactiveMode: 'Always', command: 'bin/plugin' } },
      expected: 'refused',
    },
    { rule: 'an auth-provider that is gone', user: { 'auth-provider': { name: 'gcp' } }, expected: 'refused' },
    { rule: 'proxy-url', cluster: { ...UNKNOWN_HOST, 'proxy-url': proxy }, expected: { ...TOKEN, by: 'http proxy' } },
    {
      rule: 'proxy-url without TLS to the server',
      cluster: { server: `http://${HIDDEN_HOST}`, 'proxy-url': proxy },
      expected: { by: 'http proxy', headers: {} },
    },
    {
      rule: 'proxy-url of SOCKS finds the name itself',
      cluster: { ...UNKNOWN_HOST, 'proxy-url': `socks5://127.0.0.1:${ports.socks}` },
      expected: { ...TOKEN, by: 'socks proxy, by name' },
    },
    {
      rule: 'proxy-url of another kind is refused',
      cluster: { ...tls, 'proxy-url': 'ftp://127.0.0.1' },
      expected: 'refused',
    },
    {
      rule: 'HTTPS_PROXY',
      cluster: UNKNOWN_HOST,
      env: { HTTPS_PROXY: proxy },
      expected: { ...TOKEN, by: 'http proxy' },
    },
    {
      rule: 'HTTPS_PROXY without a scheme',
      cluster: UNKNOWN_HOST,
      env: { https_proxy: proxy.replace('http://', '') },
      expected: { ...TOKEN, by: 'http proxy' },
    },
    {
      rule: 'NO_PROXY leaves a domain out',
      cluster: UNKNOWN_HOST,
      env: { HTTPS_PROXY: proxy, NO_PROXY: 'localhost,kaapana.test' },
      expected: 'refused',
    },
    {
      rule: 'NO_PROXY of another port leaves nothing out',
      cluster: UNKNOWN_HOST,
      env: { HTTPS_PROXY: proxy, NO_PROXY: '.kaapana.test:8443' },
      expected: { ...TOKEN, by: 'http proxy' },
    },
    { rule: 'no proxy on the way to this machine', env: { HTTPS_PROXY: 'http://127.0.0.1:1' }, expected: TOKEN },
    {
      rule: 'NO_PROXY of a network leaves its addresses out',
      cluster: { ...UNKNOWN_HOST, server: 'https://192.0.2.10', 'tls-server-name': HIDDEN_HOST },
      env: { HTTPS_PROXY: proxy, NO_PROXY: '198.51.100.0/24' },
      expected: { ...TOKEN, by: 'http proxy' },
    },
  ];
  return table.map((row) => ({ cluster: tls, ...row }));
}
