import type { IncomingHttpHeaders } from 'node:http';
import * as https from 'node:https';
import { inParallel } from '../../../src/base/parallel';

/** Where requests of a client go, whatever their URL says. */
export interface Origin {
  /** Name that the client asks for. */
  readonly domain: string;

  /** Address of the node that answers. */
  readonly address: string;

  readonly port: number;
}

/** What is sent. */
export interface RequestOptions {
  /** @default 'GET' */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;

  /** Fields of a form. @default - no body */
  readonly form?: Readonly<Record<string, string>>;
}

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const TIMEOUT_MS = 30_000;

/** Cookies by their names, as one host sets them. */
export type Cookies = Map<string, string>;

/**
 * Sends one request with its path as it is: no library that would mend `//` or `%2e%2e` comes between.
 *
 * @param path path and query, as they stand in the request line
 * @throws where nobody answers within 30 s
 */
export function request(origin: Origin, path: string, cookies: Cookies, options: RequestOptions = {}): Promise<Answer> {
  const body = options.form && new URLSearchParams(options.form).toString();
  const port = origin.port === 443 ? '' : `:${origin.port}`;
  const headers = {
    Host: `${origin.domain}${port}`,
    ...(cookies.size > 0 && { Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }),
    ...(body !== undefined && {
      'Content-Type': 'application/x-www-form-urlencoded',
      'Content-Length': String(Buffer.byteLength(body)),
    }),
    ...options.headers,
  };
  return new Promise((resolve, reject) => {
    const sent = https.request(
      {
        host: origin.address,
        port: origin.port,
        servername: origin.domain,
        path,
        method: options.method ?? (body === undefined ? 'GET' : 'POST'),
        headers,
        // The certificate is the one that the platform made for itself.
        rejectUnauthorized: false,
        agent: false,
        timeout: TIMEOUT_MS,
      },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => {
          keep(answer.headers['set-cookie'] ?? [], cookies);
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            body: Buffer.concat(parts).toString('utf8'),
          });
        });
        answer.on('error', reject);
      },
    );
    sent.on('timeout', () => sent.destroy(new Error(`${origin.domain}${path} did not answer within 30 s`)));
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Keeps what an answer sets; an empty value takes a cookie away. */
function keep(lines: readonly string[], cookies: Cookies): void {
  for (const line of lines) {
    const [pair = ''] = line.split(';');
    const [name = '', ...rest] = pair.split('=');
    const value = rest.join('=');
    if (value === '' || /;\s*max-age=0\b/i.test(line)) cookies.delete(name);
    else cookies.set(name, value);
  }
}

/** Does `work` for each item, with at most `atOnce` of them under way; results stand in the order of the items. */
export async function limited<Item, Result>(
  atOnce: number,
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  await inParallel(items.entries(), atOnce, async ([index, item]) => {
    results[index] = await work(item);
  });
  return results;
}
