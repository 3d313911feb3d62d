import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import * as http from 'node:http';
import * as https from 'node:https';
import * as net from 'node:net';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';

/** A name that only the stand-in's proxies find. */
export const HIDDEN_HOST = 'api.kaapana.test';

/** What an API server sees of a request that matters to whom and how it is asked. */
export interface Seen {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;

  /** Name of the client's certificate. */
  readonly client?: string;

  /** The proxy that it came by. */
  readonly by?: string;
}

/** Certificates that the rows of the table name, in `directory`. */
export function makeCertificates(directory: string): void {
  const openssl = (...args: string[]): Buffer => execFileSync('openssl', args, { cwd: directory, stdio: 'pipe' });
  const subject = (name: string): string[] => ['-subj', `/CN=${name}`];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.crt', ...subject('test-ca'));
  openssl('req', '-x509', ...key, '-keyout', 'other.key', '-out', 'other.crt', ...subject('other-ca'));
  for (const [name, given] of [
    ['server', `subjectAltName=IP:127.0.0.1,IP:::1,DNS:${HIDDEN_HOST},DNS:inner.kaapana.test`],
    ['client', 'extendedKeyUsage=clientAuth'],
  ] as const) {
    writeFileSync(join(directory, `${name}.ext`), given);
    openssl('req', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, ...subject(name));
    const ca = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', `${name}.ext`];
    openssl('x509', '-req', '-in', `${name}.csr`, ...ca, '-out', `${name}.crt`);
  }
}

/** A stand-in for an API server, by TLS and without, and for proxies in front of it. Tells what it was asked. */
export class StandIn {
  public readonly seen: Seen[] = [];
  private readonly open = new Set<net.Socket>();
  private readonly servers: net.Server[] = [];

  private by?: string;

  private constructor(private readonly directory: string) {}

  public static async start(directory: string): Promise<{ standIn: StandIn; ports: Readonly<Record<string, number>> }> {
    const standIn = new StandIn(directory);
    const tls = await standIn.listen(standIn.tlsServer());
    const ports = {
      tls,
      tls6: await standIn.listen(standIn.tlsServer(), '::1'),
      plain: await standIn.listen(http.createServer((request, response) => standIn.answer(request, response))),
      proxy: await standIn.listen(standIn.httpProxy(() => tls)),
      socks: await standIn.listen(standIn.socksProxy(() => tls)),
    };
    return { standIn, ports };
  }

  public async stop(): Promise<void> {
    for (const socket of this.open) socket.destroy();
    await Promise.all(this.servers.map((server) => new Promise((done) => server.close(done))));
  }

  /** Forgets what it was asked. */
  public forget(): void {
    this.seen.length = 0;
    this.by = undefined;
  }

  private async listen(server: net.Server, host = '127.0.0.1'): Promise<number> {
    server.on('connection', (socket: net.Socket) => {
      this.open.add(socket);
      socket.on('close', () => this.open.delete(socket));
      socket.on('error', () => undefined);
    });
    this.servers.push(server);
    await new Promise<void>((done) => server.listen(0, host, done));
    return (server.address() as net.AddressInfo).port;
  }

  private tlsServer(): https.Server {
    const file = (name: string): Buffer => readFileSync(join(this.directory, name));
    return https.createServer(
      { key: file('server.key'), cert: file('server.crt'), requestCert: true, rejectUnauthorized: false },
      (request, response) => this.answer(request, response),
    );
  }

  private answer(request: http.IncomingMessage, response: http.ServerResponse, by = this.by): void {
    const { url = '', headers, socket } = request;
    const relevant = Object.entries(headers).filter(([name]) => /^(authorization|impersonate-.*)$/.test(name));
    const subject = 'getPeerCertificate' in socket ? (socket as TLSSocket).getPeerCertificate().subject : undefined;
    const client = subject === undefined ? '' : String(subject.CN);
    this.seen.push({
      url: url.replace(/^http:\/\/[^/]+|[?].*$/g, ''),
      headers: Object.fromEntries(relevant.map(([name, value]) => [name, String(value)])),
      ...(client && { client }),
      ...(by && { by }),
    });
    response.setHeader('content-type', 'application/json');
    if (/\/version\b/.test(url)) response.end('{"gitVersion": "v1.33.4"}');
    else if (url.endsWith('/namespaces')) response.end('{"kind": "NamespaceList", "apiVersion": "v1", "items": []}');
    else response.writeHead(404).end('{"kind": "Status", "apiVersion": "v1", "code": 404}');
  }

  private httpProxy(target: () => number): http.Server {
    const server = http.createServer((request, response) => this.answer(request, response, 'http proxy'));
    server.on('connect', (_: http.IncomingMessage, socket: net.Socket) => {
      this.by = 'http proxy';
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      this.join(socket, target());
    });
    return server;
  }

  /** SOCKS 5 without a login: a greeting, and a request with a name or an address. */
  private socksProxy(target: () => number): net.Server {
    return net.createServer((socket) => {
      socket.once('data', () => {
        socket.write(Buffer.from([5, 0]));
        socket.once('data', (request: Buffer) => {
          this.by = request[3] === 3 ? 'socks proxy, by name' : 'socks proxy, by address';
          socket.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]));
          this.join(socket, target());
        });
      });
    });
  }

  private join(socket: net.Socket, port: number): void {
    const inner = net.connect(port, '127.0.0.1');
    this.open.add(inner);
    inner.on('error', () => socket.destroy());
    socket.pipe(inner).pipe(socket);
  }
}
