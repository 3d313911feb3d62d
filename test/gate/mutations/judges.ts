import { loadEnvironment } from '../../../src/environment/load';
import { routeTable, type RouteRow } from '../../../src/report/routes';
import { neededConnections } from '../checks/connections';
import { writeMarkers } from '../checks/disk';
import { lineArrives, targetFindings } from '../checks/monitoring';
import { podFindings } from '../checks/pods';
import { portFindings } from '../checks/ports';
import { refusedConnections } from '../checks/refusals';
import { routeCells } from '../checks/routes';
import { forgeryFindings, redirectFindings } from '../checks/sessions';
import type { Gate } from '../support/gate';
import { requesters, type Visitors } from '../support/requesters';
import { Visitor } from '../support/session';
import { until } from '../support/until';
import { USER, visitors } from '../support/visitors';
import { worlds } from '../support/worlds';

const NO_LINE = 'a line that a pod writes does not come to Loki';

/** The checks of the gate, on the part of the platform that a mutation is about. */
export class Judges {
  private readonly platforms: ReturnType<typeof worlds>;
  private readonly routes: readonly RouteRow[];
  private current?: Visitors;

  constructor(public readonly gate: Gate) {
    this.platforms = worlds(gate.site);
    this.routes = routeTable(loadEnvironment(gate.first.file).graph);
  }

  /** Makes the accounts and the sessions of all visitors anew, once whoever lets them in answers again. */
  public async renewVisitors(): Promise<void> {
    const attempt = (): Promise<Visitors | Error> => visitors(this.gate).catch((error: Error) => error);
    const made = await until(attempt, (outcome) => !(outcome instanceof Error));
    if (made instanceof Error) throw made;
    this.current = made;
  }

  /** Whether the pods of a workload run. */
  public readonly pods = (place: string): Promise<string[]> =>
    Promise.resolve(podFindings().filter((finding) => finding.startsWith(`${place} `)));

  /** Whether the needed connections from or to a place are made. */
  public readonly connections = async (place: string): Promise<string[]> => {
    const choice = (row: string): boolean => row.includes(place) && !row.includes('{');
    return [...(await neededConnections(this.gate, this.platforms.first, new Map(), choice)).findings];
  };

  /** Whether connections to a place that nobody needs are stopped. */
  public readonly refusals = async (place: string): Promise<string[]> => [
    ...(await refusedConnections(this.gate, this.platforms.second, 20, ({ to }) => to.startsWith(place))).findings,
  ];

  /** Whether a route answers these requesters as promised; others are not asked. */
  public readonly route = async (path: string, ...names: readonly string[]): Promise<string[]> => {
    const asked = requesters(this.visitors).filter(({ name }) => names.includes(name));
    const { services } = this.platforms.first.connectivity.cluster;
    const cells = await routeCells(
      this.routes.filter((route) => route.path === path),
      asked,
      services,
    );
    return cells.flatMap(({ finding }) => finding ?? []);
  };

  /** Whether a user can log in. */
  public readonly login = async (): Promise<string[]> => {
    try {
      const visitor = new Visitor(this.visitors.nobody.origin);
      await visitor.logIn(USER);
      const { status } = await visitor.request('/');
      return status === 200 ? [] : [`after the login, the landing page answered ${status}`];
    } catch (error) {
      return [`a user cannot log in: ${(error as Error).message}`];
    }
  };

  /** Whether a session of the other instance, begun now, is worth something. */
  public readonly neighbour = async (path: string): Promise<string[]> => {
    await this.renewVisitors();
    return this.route(path, 'session of the other instance');
  };

  /** Whether the identity provider sends users to strangers. */
  public readonly redirects = (): Promise<string[]> =>
    redirectFindings(this.visitors.nobody, ['kaapana', 'kaapana-site2']);

  /** Whether a public program gets forged headers. */
  public readonly headers = (path: string): Promise<string[]> => forgeryFindings(this.visitors.nobody, path);

  /** Whether the ports of the node are those that are promised. */
  public readonly ports = (): Promise<string[]> => portFindings(this.gate, this.platforms.second);

  /** Whether the data of pods lie where they are promised. */
  public readonly disk = async (pods: string): Promise<string[]> =>
    (await writeMarkers(this.gate, 'mutation')).findings.filter((finding) => finding.includes(pods));

  /** Whether the targets of Prometheus at such addresses are up. */
  public readonly metrics = async (address: RegExp): Promise<string[]> =>
    (await targetFindings(this.gate, this.platforms.first)).filter((finding) => address.test(finding));

  /** Whether Loki gets what pods write. */
  public readonly logs = async (): Promise<string[]> =>
    (await lineArrives(this.gate, `line of a mutation ${Date.now()}`)) ? [] : [NO_LINE];

  private get visitors(): Visitors {
    if (this.current === undefined) throw new Error('the visitors have no sessions yet');
    return this.current;
  }
}
