import * as http from 'node:http';
import * as https from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { type JsonObject, textAt } from '../objects/manifest';
import { type Access, readAccess } from './access';
import { type Answer, isIdentity, isNothing, objectOf, whatElse } from './answer';
import { ApiServerError, type Kubeconfig } from './kubeconfig';
import { proxyAgent } from './proxy';
import { hintFor, inWords, refusalOf } from './refusal';

/** How long an answer may take, in milliseconds. */
const TIMEOUT_MS = 15_000;

/** How often an answer that says when to ask again is followed, and for how long one is waited for at most. */
const RETRIES = 10;
const MAX_WAIT_SECONDS = 10;

const CONNECTIONS = { keepAlive: true, maxSockets: 16 };

interface Body {
  readonly method: string;
  readonly type: string;
  readonly text: string;
}

/** Reads from an API server, and changes single fields. Where it is follows from a kubeconfig, as for kubectl. */
export class ApiServer {
  public readonly url: string;
  private readonly access: Access;
  private agent?: Promise<http.Agent>;
  private identity?: Promise<void>;

  /** @throws ApiServerError when the kubeconfig is missing or incomplete, or gives no credential */
  constructor(kubeconfig: Kubeconfig) {
    this.access = readAccess(kubeconfig);
    this.url = this.access.url;
  }

  /**
   * The answer to GET `path`; undefined when there is no such thing. Where the server asks to be asked again, as it
   * does while the store of a new kind starts, that is done (as often as kubectl does it).
   *
   * @throws ApiServerError when the server does not answer or refuses, or what answers is no API server
   */
  public async get(path: string, accept = 'application/json'): Promise<JsonObject | undefined> {
    this.identity ??= this.identify();
    await this.identity;
    for (let asked = 1; ; asked++) {
      const answer = await this.asked(path, accept);
      const { status, retryAfter } = answer;
      if (isNothing(answer)) return undefined;
      const found = objectOf(answer);
      if (status === 200 && found !== undefined) return found;
      if (status < 400 || (status === 404 && found === undefined)) throw this.noApiServer(path, answer);
      if (retryAfter === undefined || asked > RETRIES) throw new ApiServerError(refusalOf(path, answer, this.access));
      await sleep(retryAfter * 1000);
    }
  }

  /**
   * Changes the fields of the object at `path` that `change` names; null removes one (JSON merge patch).
   *
   * @throws ApiServerError when the server does not answer or refuses
   */
  public async patch(path: string, change: JsonObject): Promise<void> {
    const body = { method: 'PATCH', type: 'application/merge-patch+json', text: JSON.stringify(change) };
    const { status, text } = await this.ask(`${path}?fieldManager=kaapana`, 'application/json', body).catch(
      (problem: Error) => {
        throw new ApiServerError(`the API server ${this.url} does not answer (${problem.message})`);
      },
    );
    if (status !== 200)
      throw new ApiServerError(
        `the API server ${this.url} refused to change ${path} (${status}): ${text.slice(0, 300)}`,
      );
  }

  /**
   * Why the server would refuse to apply `object` at `path`: it is only asked, with its strict field validation.
   * Undefined where it would take it, or knows no such kind yet.
   *
   * @throws ApiServerError when the server does not answer
   */
  public async tryOut(path: string, object: JsonObject): Promise<string | undefined> {
    const body = { method: 'PATCH', type: 'application/apply-patch+yaml', text: JSON.stringify(object) };
    const options = 'dryRun=All&fieldValidation=Strict&force=true&fieldManager=kaapana';
    for (let asked = 1; ; asked++) {
      const answer = await this.asked(`${path}?${options}`, 'application/json', body);
      const { status, retryAfter, text } = answer;
      if (status < 400 || isNothing(answer)) return undefined;
      if (retryAfter === undefined || asked > RETRIES) return textAt(objectOf(answer)?.message) ?? text.slice(0, 300);
      await sleep(retryAfter * 1000);
    }
  }

  /** Asks first whether it is an API server: what another one does not know is not "nothing there". */
  private async identify(): Promise<void> {
    const answer = await this.asked('/version', 'application/json');
    if (!isIdentity(answer)) throw this.noApiServer('/version', answer);
  }

  private noApiServer(path: string, answer: Answer): ApiServerError {
    const through = this.access.proxy === undefined ? '' : ` through the proxy ${new URL(this.access.proxy).host}`;
    return new ApiServerError(
      `what answers at ${this.url}${through} is not an API server: asked for ${path}, ${whatElse(answer)}; nothing was changed. Set the address of the API server in the kubeconfig: its port is 16443 with MicroK8s, 6443 with k3s and kubeadm`,
    );
  }

  private asked(path: string, accept: string, body?: Body): Promise<Answer> {
    return this.ask(path, accept, body).catch((problem: Error) => {
      throw new ApiServerError(
        `the API server ${this.url} does not answer (${inWords(problem)}); nothing was changed. ${hintFor(problem, this.access)}`,
      );
    });
  }

  private async ask(path: string, accept: string, body?: Body): Promise<Answer> {
    const { headers: own, authority: ca, certificate: cert, key, serverName: servername, verified } = this.access;
    this.agent ??= this.connect();
    const agent = await this.agent;
    return new Promise((done, fail) => {
      const headers = { ...own, accept, ...(body && { 'content-type': body.type }) };
      const tls = this.url.startsWith('http:') ? {} : { ca, cert, key, servername, rejectUnauthorized: verified };
      const { request } = this.url.startsWith('http:') ? http : https;
      const asked = request(
        `${this.url}${path}`,
        { ...tls, agent, method: body?.method, headers, timeout: TIMEOUT_MS },
        (answer) => {
          const chunks: Buffer[] = [];
          const { statusCode: status = 0, headers: given } = answer;
          const { 'retry-after': after = '', 'content-type': type = '', location } = given;
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('error', fail);
          answer.on('end', () =>
            done({
              status,
              text: Buffer.concat(chunks).toString('utf8'),
              type: type.split(';')[0]?.trim().toLowerCase() ?? '',
              location,
              ...(/^\d+$/.test(after) && { retryAfter: Math.min(Number(after), MAX_WAIT_SECONDS) }),
            }),
          );
        },
      );
      asked.on('timeout', () => asked.destroy(new Error(`no answer in ${TIMEOUT_MS / 1000} s`)));
      asked.on('error', fail);
      asked.end(body?.text);
    });
  }

  private async connect(): Promise<http.Agent> {
    const { proxy } = this.access;
    if (proxy !== undefined) return proxyAgent(proxy, this.url, CONNECTIONS);
    return this.url.startsWith('http:') ? new http.Agent(CONNECTIONS) : new https.Agent(CONNECTIONS);
  }

  /** Lets the process end. */
  public close(): void {
    void this.agent?.then((agent) => agent.destroy());
  }
}
