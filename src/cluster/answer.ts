import { isObject, type Json, type JsonObject, textAt } from '../objects/manifest';

/** What came back of a request. */
export interface Answer {
  readonly status: number;
  readonly text: string;

  /** Media type, without parameters. */
  readonly type: string;

  /** Where a redirect leads. */
  readonly location?: string;

  /** In how many seconds to ask again. */
  readonly retryAfter?: number;
}

/** What Go's web server says of a path that it does not know, and so the API server of one in a group without kinds. */
const UNKNOWN_PATH = '404 page not found';

/** The JSON object of an answer that an API server may have given: each has a kind. */
export function objectOf({ text }: Answer): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) && textAt(value.kind) !== undefined ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the answer to GET /version is an API server's: it tells its version, or why it does not. */
export function isIdentity(answer: Answer): boolean {
  if (answer.status !== 200) return objectOf(answer)?.kind === 'Status';
  try {
    const value = JSON.parse(answer.text) as Json;
    return isObject(value) && (textAt(value.gitVersion) !== undefined || value.kind === 'Status');
  } catch {
    return false;
  }
}

/** Whether an API server says that there is no such thing. */
export function isNothing(answer: Answer): boolean {
  if (answer.status !== 404) return false;
  return objectOf(answer)?.kind === 'Status' || (answer.text.trim() === UNKNOWN_PATH && answer.type === 'text/plain');
}

/** What answered in place of an API server, in words; nothing of the content but its first words. */
export function whatElse({ status, text, type, location }: Answer): string {
  if (/HTTP request (was sent )?to an? HTTPS (server|port)/i.test(text))
    return 'it speaks TLS: its address begins with https://';
  if (status >= 300 && status < 400)
    return `it redirects${location === undefined ? '' : ` to ${siteOf(location)}`} (${status})`;
  if (status === 407) return 'a proxy asks for a login (407)';
  if (type === 'text/html' || /^\s*<(!doctype|html)/i.test(text)) return `it answers with a web page (${status})`;
  if (text.trim() === '') return `it answers with nothing (${status})`;
  return `it answers ${status} with "${text.trim().slice(0, 60).replace(/\s+/g, ' ')}"`;
}

/** Without the path and the query, which may have tokens. */
function siteOf(location: string): string {
  return URL.canParse(location) ? new URL(location).origin : 'another page';
}
