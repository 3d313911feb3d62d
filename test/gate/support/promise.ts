import { PATHS_WITHOUT_SESSION, PUBLIC_PATHS, ROLE_RIGHTS } from '../../../constructs/admin/access-rights';
import type { Answer } from './http';

/**
 * What a request may meet: the form of the login, a refusal, the program behind the route, no such page, or a proxy or
 * judge that does not work.
 */
export type Outcome = 'login' | 'refused' | 'reached' | 'elsewhere' | 'broken';

/** Realm roles of an account of the platform; none without a session. */
export type Role = keyof typeof ROLE_RIGHTS;

/**
 * What the platform promises about a GET request: without a session, the login lets only its own paths pass; whoever
 * has one is judged by the tables of rights.
 */
export function promised(path: string, roles: readonly Role[] | undefined): Outcome {
  if (roles === undefined && !matches(PATHS_WITHOUT_SESSION, path)) return 'login';
  const allowed = [
    ...PUBLIC_PATHS,
    '^/$',
    ...(roles ?? []).flatMap((role) =>
      ROLE_RIGHTS[role].filter(({ methods }) => methods.includes('GET')).map((right) => right.path),
    ),
  ];
  if (!matches(allowed, path)) return 'refused';
  return WITHOUT_PAGE.includes(path) ? 'elsewhere' : 'reached';
}

/**
 * Traefik's own and Loki's, where they have no page, unlike below them (docs/content/operations/api.md of Traefik 3.5,
 * docs/api.md of Loki 1.6).
 */
const WITHOUT_PAGE: readonly string[] = ['/api', '/health', '/loki'];

/** What an answer is. */
export function observed({ status, headers, body }: Answer): Outcome {
  const { location = '' } = headers;
  if (status >= 300 && status < 400 && location.includes(LOGIN)) return 'login';
  if (status === 403 || status === 401) return 'refused';
  if (status >= 500) return 'broken';
  if (status === 404 && body === '404 page not found\n') return 'elsewhere';
  return 'reached';
}

/** The page of the identity provider, or the one that leads to it. */
const LOGIN = '/protocol/openid-connect/auth';

function matches(patterns: readonly string[], path: string): boolean {
  return patterns.some((pattern) => new RegExp(pattern).test(path));
}
