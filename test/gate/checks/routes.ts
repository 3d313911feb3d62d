import type { ServiceModel } from '../../../src/checks/network/cluster';
import type { RouteRow } from '../../../src/report/routes';
import { type Answer, limited } from '../support/http';
import { imagesOf } from '../support/images-of';
import { observed, type Outcome, promised } from '../support/promise';
import type { Requester } from '../support/requesters';

/** One request of the table. */
export interface Cell {
  readonly path: string;
  readonly requester: string;

  /** The route that the request has to be taken for. */
  readonly by: string;

  readonly promised: Outcome;
  readonly observed: Outcome;

  /** What is wrong. @default - nothing */
  readonly finding?: string;
}

/** How many requests are under way at once. */
const AT_ONCE = 8;

/**
 * Sends the requests of every requester to every route.
 *
 * @param services those that the routes lead to, by `namespace/name`
 */
export function routeCells(
  routes: readonly RouteRow[],
  requesters: readonly Requester[],
  services: ReadonlyMap<string, ServiceModel>,
): Promise<Cell[]> {
  const wanted = routes.flatMap(({ path }) => requesters.map((requester) => ({ path, requester })));
  return limited(AT_ONCE, wanted, async ({ path, requester }) => {
    const taken = requester.asksFor(path);
    const promise = promised(taken, requester.roles);
    const route = routeOf(taken, routes);
    const answer = await requester.send(path);
    const seen = observed(answer);
    const cell = { path, requester: requester.name, by: route?.path ?? '', promised: promise, observed: seen };
    const said = `${requester.name} asked for ${path} and was ${WORDS[seen]} (${answer.status})`;
    if (promise !== seen) return { ...cell, finding: `${said}, and should have been ${WORDS[promise]}` };
    const wrong = seen === 'reached' && route && stranger(answer, namesBehind(route, services));
    return wrong ? { ...cell, finding: `${said}, but by ${wrong}` } : cell;
  });
}

const WORDS: Readonly<Record<Outcome, string>> = {
  login: 'sent to the login',
  refused: 'refused',
  reached: 'let through',
  elsewhere: 'told that there is no such page',
  broken: 'told of an error',
};

/** How the programs behind a route can call themselves: workloads, and images. */
function namesBehind({ to }: RouteRow, services: ReadonlyMap<string, ServiceModel>): readonly string[] {
  const pods = services.get(to)?.pods ?? [];
  return pods.flatMap(({ name, workload }) => [name, ...(workload ? imagesOf(workload) : [])]);
}

/** The one that a path belongs to. */
function routeOf(path: string, routes: readonly RouteRow[]): RouteRow | undefined {
  const fitting = routes.filter((route) => path.startsWith(route.path));
  return fitting.sort((one, other) => other.path.length - one.path.length)[0];
}

/** Who answered, if it is none of `names`: stubs and static pages say who they are, other programs do not. */
function stranger({ body }: Answer, names: readonly string[]): string | undefined {
  const [, workload, page] =
    /^\{.*"workload":"([^"]+)"|^<!doctype html><html lang="en"><head><title>([a-z-]+)</s.exec(body) ?? [];
  const name = workload ?? page;
  return name === undefined || names.includes(name) ? undefined : name;
}
