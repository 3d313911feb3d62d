import { objectAt, objectsAt, textAt } from '../objects/manifest';
import { ApiServerError, calledOf, type Entry, type Kubeconfig, type Merged, readKubeconfig } from './kubeconfig';

/** The cluster and the user of a context. */
export interface Target {
  readonly context: Entry;
  readonly cluster: Entry;
  readonly user: Entry;

  /** Address of the API server, without a slash at its end. */
  readonly url: string;
}

/**
 * What the kubeconfig says of its context, complete and without contradiction, as kubectl demands it. No file that it
 * names is read, and no plugin is run.
 *
 * @throws ApiServerError when the kubeconfig is missing or incomplete
 */
export function readTarget(kubeconfig: Kubeconfig): Target {
  const merged = readKubeconfig(kubeconfig);
  const context = contextOf(merged, kubeconfig.context ?? merged.currentContext ?? '');
  const named = (what: 'cluster' | 'user', among: ReadonlyMap<string, Entry>): Entry => {
    const name = textAt(context.value[what]) ?? '';
    const entry = among.get(name);
    if (entry) return entry;
    throw wrong(context, name === '' ? `names no ${what}` : `names the ${what} "${name}", which is not there`);
  };
  // Without a user, kubectl has no credential.
  const nobody: Entry = { ...context, name: '', value: {} };
  const user = textAt(context.value.user) ? named('user', merged.users) : nobody;
  const target = { context, cluster: named('cluster', merged.clusters), user };
  const [problem] = [...clusterProblems(target.cluster), ...userProblems(target.user)];
  if (problem !== undefined) throw wrong(context, problem);
  return { ...target, url: urlOf(target.cluster) };
}

function contextOf({ files, contexts }: Merged, name: string): Entry {
  const context = contexts.get(name);
  if (context) return context;
  const known = [...contexts.keys()].join(', ');
  throw new ApiServerError(
    `the kubeconfig ${calledOf(files)} has no context "${name}"; it has ${known || 'none'}; set kaapana:kubeContext`,
  );
}

function wrong({ name, file }: Entry, what: string): ApiServerError {
  return new ApiServerError(
    `the context "${name}" of the kubeconfig ${file} ${what}; correct it (kubectl config view shows it), or set kaapana:kubeContext to another one`,
  );
}

/** client-go asks by HTTP where an address has no scheme, cuts off the query, and keeps the path. */
function urlOf({ value: { server } }: Entry): string {
  const given = textAt(server) ?? '';
  const text = /^https?:\/\//i.test(given) ? given : `http://${given}`;
  const { origin, pathname } = new URL(text);
  return `${origin}${pathname.replace(/\/+$/, '')}`;
}

const PROXIES = ['http:', 'https:', 'socks5:'];

/** What is text, and no number that YAML makes of it. */
const TEXTS = {
  cluster: ['server', 'certificate-authority', 'certificate-authority-data', 'tls-server-name', 'proxy-url'],
  user: [
    ...['token', 'tokenFile', 'username', 'password', 'as', 'as-uid'],
    ...['client-certificate', 'client-certificate-data', 'client-key', 'client-key-data'],
  ],
} as const;

function numbers(what: keyof typeof TEXTS, { name, value }: Entry): string[] {
  return TEXTS[what]
    .filter((key) => has(value, key) && typeof value[key] !== 'string')
    .map((key) => `leads to the ${what} "${name}", whose ${key} is not a text: put it in quotes`);
}

function clusterProblems({ name, value, file }: Entry): string[] {
  const server = textAt(value.server) ?? '';
  const proxy = textAt(value['proxy-url']);
  const hasAuthority = has(value, 'certificate-authority') || has(value, 'certificate-authority-data');
  return [
    ...numbers('cluster', { name, value, file }),
    ...(server === '' ? [`leads to the cluster "${name}", which has no server`] : []),
    ...(server !== '' && !isAddress(server) ? [`leads to the cluster "${name}", whose server is not an address`] : []),
    ...(proxy && !(URL.canParse(proxy) && PROXIES.includes(new URL(proxy).protocol))
      ? [`leads to the cluster "${name}", whose proxy-url is not an address that begins with http, https or socks5`]
      : []),
    ...twice('cluster', name, value, 'certificate-authority'),
    ...(hasAuthority && value['insecure-skip-tls-verify'] === true && server.startsWith('https:')
      ? [`leads to the cluster "${name}", which has a certificate-authority and insecure-skip-tls-verify`]
      : []),
  ];
}

function isAddress(server: string): boolean {
  return /^https?:\/\/./i.test(server)
    ? URL.canParse(server)
    : /^[^/]+$/.test(server) && URL.canParse(`http://${server}`);
}

const MODES = ['Never', 'IfAvailable', 'Always'];

function userProblems({ name, value, file }: Entry): string[] {
  const at = `leads to the user "${name}", which has`;
  const exec = value.exec === undefined || value.exec === null ? undefined : objectAt(value.exec);
  const isNamed = (key: string): boolean => has(value, key) || has(value, `${key}-data`);
  const basic = has(value, 'username') || has(value, 'password');
  const { apiVersion, command, interactiveMode, env } = exec ?? {};
  return [
    ...numbers('user', { name, value, file }),
    ...twice('user', name, value, 'client-certificate'),
    ...(isNamed('client-certificate') ? twice('user', name, value, 'client-key') : []),
    ...(isNamed('client-certificate') && !isNamed('client-key')
      ? [`${at} a client-certificate without client-key`]
      : []),
    ...(basic && (has(value, 'token') || has(value, 'tokenFile')) ? [`${at} a token and a username`] : []),
    ...(['as-uid', 'as-groups', 'as-user-extra'].some((key) => has(value, key)) && !has(value, 'as')
      ? [`${at} groups, a uid or extras to act as, and no "as"`]
      : []),
    ...(exec === undefined
      ? []
      : [
          ...(value['auth-provider'] ? [`${at} an auth-provider and a credential plugin`] : []),
          ...(textAt(command) ? [] : [`${at} a credential plugin without command`]),
          ...(textAt(apiVersion) ? [] : [`${at} a credential plugin without apiVersion`]),
          ...(objectsAt(env).every((each) => textAt(each.name)) ? [] : [`${at} a variable without name`]),
          ...(interactiveMode === undefined && /v1beta1$/.test(textAt(apiVersion) ?? '')
            ? []
            : MODES.includes(textAt(interactiveMode) ?? '')
              ? []
              : [`${at} a credential plugin whose interactiveMode is none of ${MODES.join(', ')}`]),
        ]),
  ];
}

function has(value: Entry['value'], key: string): boolean {
  const given = value[key];
  return given !== undefined && given !== null && given !== '' && !(Array.isArray(given) && given.length === 0);
}

function twice(what: string, name: string, value: Entry['value'], key: string): string[] {
  return has(value, key) && has(value, `${key}-data`)
    ? [`leads to the ${what} "${name}", which has ${key} and ${key}-data`]
    : [];
}
