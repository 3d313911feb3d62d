import type { Answer, RequestOptions } from './http';
import type { Role } from './promise';
import type { Visitor } from './session';

/** Who asks, and how. */
export interface Requester {
  readonly name: string;

  /** Realm roles of the account whose session is used. @default - there is no session that counts */
  readonly roles?: readonly Role[];

  /** What the platform has to take a request for `path` for: the tables of rights decide about that one. */
  readonly asksFor: (path: string) => string;

  readonly send: (path: string) => Promise<Answer>;
}

/** Visitors with the sessions that the table needs. */
export interface Visitors {
  readonly nobody: Visitor;
  readonly user: Visitor;
  readonly manager: Visitor;
  readonly administrator: Visitor;

  /** A visitor of the first instance that has the cookies of an administrator's session at the second. */
  readonly neighbour: Visitor;

  /** A visitor whose session cookie is forged. */
  readonly forger: Visitor;

  /** The token that programs of the second instance get of an administrator. */
  readonly tokenOfNeighbour: string;
}

const USER: readonly Role[] = ['user'];

/** A token that says that its bearer may do everything, signed by nobody. */
const FORGED_TOKEN = [
  { alg: 'none', typ: 'JWT' },
  { sub: 'forger', preferred_username: 'forger', realm_access: { roles: ['admin'] }, exp: 4_102_444_800 },
]
  .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .concat('')
  .join('.');

/** Headers by which the login tells the program behind it who asks. */
export const FORGED_HEADERS: Readonly<Record<string, string>> = {
  'X-Forwarded-Access-Token': FORGED_TOKEN,
  'X-Forwarded-User': 'forger',
  'X-Forwarded-Email': 'forger@example.org',
  'X-Forwarded-Preferred-Username': 'forger',
  'X-Forwarded-Groups': 'role:admin',
};

/** Those of other proxies; they come through, and no program of the platform believes them. */
const FOREIGN_HEADERS: Readonly<Record<string, string>> = {
  'X-Auth-Request-Access-Token': FORGED_TOKEN,
  'X-Auth-Request-User': 'forger',
  'Remote-User': 'forger',
};

/** Headers that say that another path was asked for. */
const FORGED_PATHS: Readonly<Record<string, string>> = {
  'X-Forwarded-Prefix': '/docs/',
  'X-Forwarded-Uri': '/docs/',
  'X-Original-URL': '/docs/',
  'X-Rewrite-URL': '/docs/',
  'X-Forwarded-Method': 'HEAD',
};

type Change = (path: string) => string;

/** All who are tried on each route. */
export function requesters({
  nobody,
  user,
  manager,
  administrator,
  neighbour,
  forger,
  tokenOfNeighbour,
}: Visitors): Requester[] {
  const plain = (name: string, visitor: Visitor, roles?: readonly Role[], options?: RequestOptions): Requester => ({
    name,
    roles,
    asksFor: same,
    send: (path) => visitor.request(path, options),
  });
  /** Ways to ask that the servers between could read in different ways. */
  const trick = (name: string, change: Change, asksFor: Change = change): Requester => ({
    name: `user, ${name}`,
    roles: USER,
    asksFor,
    send: (path) => mended(user, change(path), asksFor(path)),
  });
  return [
    plain('no session', nobody),
    plain('no session, forged identity', nobody, undefined, { headers: { ...FORGED_HEADERS, ...FOREIGN_HEADERS } }),
    plain('no session, forged token', nobody, undefined, { headers: { Authorization: `Bearer ${FORGED_TOKEN}` } }),
    plain('forged session', forger),
    plain('session of the other instance', neighbour),
    plain('token of the other instance', nobody, undefined, {
      headers: { Authorization: `Bearer ${tokenOfNeighbour}` },
    }),
    plain('user', user, USER),
    plain('user, forged identity', user, USER, { headers: { ...FORGED_HEADERS, ...FOREIGN_HEADERS } }),
    plain('user, forged path in headers', user, USER, { headers: FORGED_PATHS }),
    plain('user, other host', user, USER, { headers: { Host: 'other.example.org' } }),
    trick('//path', (path) => `/${path}`, same),
    trick('/docs/../path', (path) => `/docs/..${path}`, same),
    trick('/docs/%2e%2e/path', (path) => `/docs/%2e%2e${path}`, same),
    trick('/docs/..;/path', (path) => `/docs/..;${path}`),
    trick('path in capitals', (path) => path.toUpperCase()),
    trick('encoded path', encoded, same),
    trick('path/', otherSlash),
    plain('project manager', manager, ['project-manager', 'user']),
    plain('administrator', administrator, ['admin']),
  ];
}

/** A proxy may answer with the path as it takes it, rather than pass it on. */
async function mended(visitor: Visitor, path: string, taken: string): Promise<Answer> {
  const answer = await visitor.request(path);
  return answer.status === 301 && path !== taken && answer.headers.location === taken ? visitor.request(taken) : answer;
}

/** The first letter in the form that servers decode. */
function encoded(path: string): string {
  return path.replace(/[a-z]/, (letter) => `%${letter.charCodeAt(0).toString(16)}`);
}

/** With a slash at its end, or without, where that is another path. */
function otherSlash(path: string): string {
  if (path === '/') return path;
  return path.endsWith('/') ? path.slice(0, -1) : `${path}/`;
}

function same(path: string): string {
  return path;
}
