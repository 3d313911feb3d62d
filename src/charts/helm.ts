import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { OperatorError } from '../base/operator-error';
import type { JsonObject } from '../objects/manifest';
import type { ChartFiles } from './archive';

/** What a chart is rendered for. */
export interface Rendering {
  readonly files: ChartFiles;

  /** Name of the release. */
  readonly name: string;
  readonly namespace: string;
  readonly values: JsonObject;

  /** The server that it is for. */
  readonly server: ChartServer;
}

/** What charts are told of the server. */
export interface ChartServer {
  /** Version of Kubernetes, e.g. `1.33.4` or `v1.34.1+k3s1`. */
  readonly version: string;

  /** Where that is from, as the end of a sentence. */
  readonly source: string;

  /** Groups and kinds that it has beside those that Helm knows, e.g. `traefik.io/v1alpha1/Middleware`. */
  readonly apiVersions: readonly string[];
}

/** Helm cannot render a chart; `reasons` says why, one sentence each. */
export class UnrenderedChart extends OperatorError {
  constructor(public readonly reasons: readonly string[]) {
    super(reasons.join('; '));
  }
}

/** Renders a chart to YAML; a chart that cannot be rendered throws an UnrenderedChart. */
export type Renderer = (rendering: Rendering) => string;

/** An address that nobody answers at. */
const NOWHERE = 'http://127.0.0.1:9';

const LONGEST_RUN = 60_000;
const LONGEST_OUTPUT = 10 * 2 ** 20;

/** The folder of this program, also when it is bundled. */
const PROJECT = resolve(__dirname, '..', '..');

/** Renders by `helm template`: without a cluster, name look-ups, plugins, or anything of this user's. */
export const renderWithHelm: Renderer = ({ files, name, namespace, values, server }) => {
  const helm = findHelm();
  const scratch = mkdtempSync(join(tmpdir(), 'kaapana-chart-'));
  try {
    const chart = join(scratch, 'chart');
    for (const [path, content] of files) {
      // Helm has obeyed it when the chart was packed.
      if (path === '.helmignore') continue;
      mkdirSync(dirname(join(chart, path)), { recursive: true });
      writeFileSync(join(chart, path), content);
    }
    // Not on the command line, which every process of the machine can read. JSON is YAML.
    const valuesFile = join(scratch, 'values.yaml');
    writeFileSync(valuesFile, JSON.stringify(values), { mode: 0o600 });
    const args = [
      'template',
      name,
      chart,
      '--namespace',
      namespace,
      '--values',
      valuesFile,
      '--kube-version',
      server.version,
      '--include-crds',
      ...server.apiVersions.flatMap((each) => ['--api-versions', each]),
    ];
    const env = {
      PATH: '/nonexistent',
      HOME: scratch,
      HELM_PLUGINS: scratch,
      HELM_DATA_HOME: scratch,
      HELM_CONFIG_HOME: scratch,
      HELM_CACHE_HOME: scratch,
      KUBECONFIG: '/dev/null',
      // Nothing is fetched, whatever a schema refers to.
      HTTP_PROXY: NOWHERE,
      HTTPS_PROXY: NOWHERE,
    };
    const { status, error, stdout, stderr } = spawnSync(helm, args, {
      env,
      cwd: scratch,
      encoding: 'utf8',
      timeout: LONGEST_RUN,
      killSignal: 'SIGKILL',
      maxBuffer: LONGEST_OUTPUT,
    });
    if (error)
      throw new UnrenderedChart([
        `it cannot be rendered within ${LONGEST_RUN / 1000} s and ${LONGEST_OUTPUT} bytes: ${error.message}`,
      ]);
    if (status !== 0) throw new UnrenderedChart(said(stderr.replaceAll(`${scratch}/`, ''), server));
    return stdout;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
};

/** What is wrong, in sentences, and with what can be done about it. */
function said(stderr: string, { version, source }: ChartServer): string[] {
  const lines = stderr.trim().split('\n');
  const start = lines.findIndex((line) => line.startsWith('Error: '));
  const error = (lines[start] ?? lines.at(-1) ?? '').replace(/^Error: /, '');
  if (start >= 0 && error.includes("don't meet the specifications of the schema"))
    return schemaReasons(lines.slice(start + 1));
  if (error.includes('requires kubeVersion')) {
    return [`${error}. It is told ${version}, ${source}`];
  }
  if (error.includes('missing in charts/ directory'))
    return [`${error}. Bring them in with helm dependency update, and pack the chart again`];
  return [`helm cannot render it: ${error}`];
}

/** Which values do not meet a schema: Helm lists them below the name of their chart. */
function schemaReasons(lines: readonly string[]): string[] {
  const reasons: string[] = [];
  let chart = '';
  for (const line of lines) {
    const [, named] = /^(\S+):$/.exec(line) ?? [];
    const [, pointer, rest = ''] = /^\s*- (?:at '([^']*)': )?(.*)$/.exec(line) ?? [];
    if (named !== undefined) chart = named;
    else if (rest !== '') {
      const key = (pointer ?? '').replace(/^\//, '').replaceAll('/', '.');
      reasons.push(
        `${key === '' ? 'its values do' : `its value ${key} does`} not meet the schema of ${chart}: ${rest}`,
      );
    }
  }
  return reasons.length > 0 ? reasons : ['its values do not meet the schema of the chart'];
}

let found: string | undefined;

/** The machine's helm where it fits, else the pinned one, which is built where there is none yet. */
function findHelm(): string {
  if (found !== undefined) return found;
  const script = [join(PROJECT, 'tools', 'bootstrap.cjs'), 'tools/helm-path.ts'];
  const { status, stdout } = spawnSync(process.execPath, script, {
    cwd: PROJECT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const path = stdout.trim().split('\n').at(-1) ?? '';
  if (status !== 0 || path === '')
    throw new OperatorError('there is no helm 3.18 or newer, and none can be built: see above');
  found = path;
  return path;
}
