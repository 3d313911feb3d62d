import { gzipSync } from 'node:zlib';
import { Header, type types } from 'tar';
import type { Renderer } from '../../src/charts/helm';

/** An entry of an archive, as hostile as one likes. */
export interface Entry {
  readonly path: string;
  readonly content?: string | Buffer;
  readonly type?: types.EntryTypeName;
  readonly linkpath?: string;
}

const BLOCK = 512;

/** The bytes of a tar archive, not compressed. */
export function tarball(entries: readonly Entry[]): Buffer {
  const blocks = entries.flatMap(({ path, content = '', type = 'File', linkpath }) => {
    const body = Buffer.from(content);
    const header = Buffer.alloc(BLOCK);
    new Header({
      path,
      type,
      linkpath,
      size: type === 'File' ? body.length : 0,
      mode: 0o644,
      mtime: new Date(0),
      uid: 0,
      gid: 0,
    }).encode(header, 0);
    return [header, ...(type === 'File' ? [body, Buffer.alloc((BLOCK - (body.length % BLOCK)) % BLOCK)] : [])];
  });
  return Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]);
}

/** A .tgz of files in the folder `viewer`. */
export function packed(files: Readonly<Record<string, string>>, more: readonly Entry[] = []): Buffer {
  const entries = Object.entries(files).map(([path, content]) => ({ path: `viewer/${path}`, content }));
  return gzipSync(tarball([...entries, ...more]));
}

export const CHART_YAML =
  'apiVersion: v2\nname: viewer\nversion: 1.2.3\nkeywords: [kaapanaapplication, kaapanamultiinstallable]\nannotations: {ui-visible-name: Viewer}\n';

/** Texts of a chart that is as it should be. */
export const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: {name: viewer}
spec:
  selector: {matchLabels: {app: viewer}}
  template:
    metadata: {labels: {app: viewer}}
    spec:
      containers:
      - name: viewer
        image: registry.example.com/group/viewer:1.2.3
        ports: [{containerPort: 8080}]
`;

export const SERVICE = `apiVersion: v1
kind: Service
metadata: {name: viewer}
spec:
  selector: {app: viewer}
  ports: [{port: 80, targetPort: 8080}]
`;

export const INGRESS = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: viewer
  annotations: {traefik.ingress.kubernetes.io/router.entrypoints: websecure}
spec:
  rules:
  - http:
      paths:
      - {path: /viewer, pathType: ImplementationSpecific, backend: {service: {name: viewer, port: {number: 80}}}}
`;

/** A chart with these templates; a text instead of one of them replaces it, and '' takes it away. */
export function chart(templates: Readonly<Record<string, string>> = {}, values = '', chartYaml = CHART_YAML): Buffer {
  const all = { 'deployment.yaml': DEPLOYMENT, 'service.yaml': SERVICE, 'ingress.yaml': INGRESS, ...templates };
  return packed({
    'Chart.yaml': chartYaml,
    'values.yaml': values,
    ...Object.fromEntries(
      Object.entries(all)
        .filter(([, text]) => text !== '')
        .map(([name, text]) => [`templates/${name}`, text]),
    ),
  });
}

/** Renders charts whose templates have nothing to fill in but `{{ .Values.global.<key> }}`. */
export const renderPlainly: Renderer = ({ files, values }) =>
  [...files]
    .filter(([path]) => path.startsWith('templates/'))
    .map(([, content]) =>
      content
        .toString('utf8')
        .replace(/\{\{ \.Values\.global\.(\w+) \}\}/g, (_, key: string) =>
          String((values.global as Record<string, unknown>)[key]),
        ),
    )
    .join('\n---\n');
