import { type Answer, type Cookies, type Origin, request, type RequestOptions } from './http';

/** An account of the identity provider. */
export interface Account {
  readonly username: string;
  readonly password: string;
}

const LONGEST_WALK = 12;

/** Where a walk has ended. */
export interface Arrival extends Answer {
  readonly place: Place;
}

interface Place {
  readonly origin: Origin;
  readonly path: string;
}

/** One visitor, with the cookies of one browser. */
export class Visitor {
  private readonly jars = new Map<string, Cookies>();

  /**
   * @param origin what the visitor asks for
   * @param others where redirects may lead besides: a further instance logs in at the first
   */
  constructor(
    public readonly origin: Origin,
    private readonly others: readonly Origin[] = [],
  ) {}

  /** Those of the origin. */
  public get cookies(): Cookies {
    return this.jar(this.origin);
  }

  /** Sends one request, and follows nothing. */
  public request(path: string, options: RequestOptions = {}): Promise<Answer> {
    return request(this.origin, path, this.cookies, options);
  }

  /**
   * Follows redirects as a browser does.
   *
   * @throws where they leave the known origins, or do not end
   */
  public visit(path: string): Promise<Arrival> {
    return this.walk({ origin: this.origin, path });
  }

  /**
   * Logs in by the form of the identity provider.
   *
   * @throws where there is no form, or it is shown again
   */
  public async logIn({ username, password }: Account): Promise<Arrival> {
    const { body, place } = await this.visit('/');
    const [, action] = /<form[^>]*\saction="([^"]+)"/.exec(body) ?? [];
    if (action === undefined) throw new Error(`no form at ${place.origin.domain}${place.path}: ${body.slice(0, 300)}`);
    const form = { username, password, credentialId: '' };
    const arrival = await this.walk(this.placeOf(action.replaceAll('&amp;', '&'), place.origin), { form });
    if (/name="password/.test(arrival.body)) throw new Error(`${username} was not let in: ${messageOf(arrival.body)}`);
    return arrival;
  }

  private async walk(from: Place, options: RequestOptions = {}): Promise<Arrival> {
    let place = from;
    for (let step = 0; step < LONGEST_WALK; step++) {
      const { origin, path } = place;
      const answer = await request(origin, path, this.jar(origin), step === 0 ? options : {});
      const { location } = answer.headers;
      if (answer.status < 300 || answer.status > 399 || location === undefined) return { ...answer, place };
      place = this.placeOf(location, origin);
    }
    throw new Error(`${from.path} was still redirected after ${LONGEST_WALK} steps, last to ${place.path}`);
  }

  private jar({ domain }: Origin): Cookies {
    const cookies = this.jars.get(domain) ?? new Map<string, string>();
    this.jars.set(domain, cookies);
    return cookies;
  }

  private placeOf(location: string, from: Origin): Place {
    const url = new URL(location, `https://${from.domain}:${from.port}`);
    const origin = [this.origin, ...this.others].find(
      ({ domain, port }) => url.hostname === domain && Number(url.port || 443) === port,
    );
    if (origin === undefined) throw new Error(`sent away from https://${from.domain}:${from.port}, to ${location}`);
    return { origin, path: `${url.pathname}${url.search}` };
  }
}

/** What a page of the identity provider complains about. */
function messageOf(page: string): string {
  const [, text] = /id="input-error[^>]*>([^<]*)</.exec(page) ?? /class="[^"]*error[^>]*>\s*([^<]*)</.exec(page) ?? [];
  return text?.trim() ?? 'without a reason';
}
