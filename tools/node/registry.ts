import * as fs from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import * as path from 'node:path';
import { URL } from 'node:url';

interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The annotation of an OCI image layout that has an image's name; here the full one, as pods ask for it. */
const NAME = 'org.opencontainers.image.ref.name';

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const ROUTE = /^\/v2\/(?<name>[^?]+)\/(?<kind>manifests|blobs)\/(?<reference>[\w.:-]+)$/;

/**
 * A registry, for reading only, of the images in OCI image layouts. It stands in for every registry: containerd names
 * the one that it would ask as `?ns=` (OCI distribution specification 1.1).
 *
 * @param dirs folders of the layouts; the first one that has an image is asked; a missing one is as an empty one
 */
export function registry(dirs: readonly string[]): Server {
  return createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://registry');
    const { name, kind, reference } = ROUTE.exec(url.pathname)?.groups ?? {};
    const body = request.method !== 'HEAD';
    if (/^\/v2\/?$/.test(url.pathname)) return void response.end('{}');
    if (name === undefined || reference === undefined) return missing(response, 'UNSUPPORTED', url.pathname);
    const full = `${url.searchParams.get('ns') ?? ''}/${name}:${reference}`;
    const found = kind === 'manifests' ? findManifest(dirs, full, reference) : findBlob(dirs, reference);
    if (found === undefined) return missing(response, kind === 'manifests' ? 'MANIFEST_UNKNOWN' : 'BLOB_UNKNOWN', full);
    send(response, found, body);
  });
}

interface Blob {
  readonly file: string;
  readonly digest: string;
  readonly type: string;
}

function findManifest(dirs: readonly string[], full: string, reference: string): Blob | undefined {
  if (reference.startsWith('sha256:')) {
    const blob = findBlob(dirs, reference);
    return blob && { ...blob, type: typeOf(blob.file) };
  }
  for (const dir of dirs) {
    const found = indexOf(dir).find(({ annotations }) => fullName(annotations?.[NAME] ?? '') === full);
    if (found) return { file: blobFile(dir, found.digest), digest: found.digest, type: found.mediaType };
  }
  return undefined;
}

function findBlob(dirs: readonly string[], digest: string): Blob | undefined {
  if (!/^sha256:[0-9a-f]{64}$/.test(digest)) return undefined;
  const file = dirs.map((dir) => blobFile(dir, digest)).find((candidate) => fs.existsSync(candidate));
  return file === undefined ? undefined : { file, digest, type: 'application/octet-stream' };
}

/** The name with the registry and the tag that it stands for: Docker's, "latest". */
export function fullName(name: string): string {
  const tagged = /:[\w.-]+$/.test(name) ? name : `${name}:latest`;
  const [host = '', ...rest] = tagged.split('/');
  if (rest.length > 0 && (/[.:]/.test(host) || host === 'localhost')) return tagged;
  return `docker.io/${rest.length > 0 ? '' : 'library/'}${tagged}`;
}

/** The index as it is now: images may be added at any time. */
function indexOf(dir: string): readonly Descriptor[] {
  const file = path.join(dir, 'index.json');
  if (!fs.existsSync(file)) return [];
  return (JSON.parse(fs.readFileSync(file, 'utf8')) as { manifests: readonly Descriptor[] }).manifests;
}

function blobFile(dir: string, digest: string): string {
  return path.join(dir, 'blobs', ...digest.split(':'));
}

function typeOf(file: string): string {
  const { mediaType } = JSON.parse(fs.readFileSync(file, 'utf8')) as { mediaType?: string };
  return mediaType ?? MANIFEST;
}

function send(response: ServerResponse, { file, digest, type }: Blob, body: boolean): void {
  const { size } = fs.statSync(file);
  response.writeHead(200, { 'Content-Type': type, 'Content-Length': size, 'Docker-Content-Digest': digest });
  if (body)
    fs.createReadStream(file)
      .on('error', () => response.destroy())
      .pipe(response);
  else response.end();
}

function missing(response: ServerResponse, code: string, detail: string): void {
  response.writeHead(404, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ errors: [{ code, message: `${detail} is in none of the image layouts` }] }));
}
