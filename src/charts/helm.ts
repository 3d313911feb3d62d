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
}

/** Renders a chart to YAML; a chart that cannot be rendered throws an OperatorError. */
export type Renderer = (rendering: Rendering) => string;

/** The version that charts are told they are deployed to. */
const KUBERNETES = '1.33.4';

const LONGEST_RUN = 60_000;
const LONGEST_OUTPUT = 10 * 2 ** 20;

/** The folder of this program, also when it is bundled. */
const PROJECT = resolve(__dirname, '..', '..');

/** Renders by `helm template`: without a cluster, name look-ups, plugins, or anything of this user's. */
export const renderWithHelm: Renderer = ({ files, name, namespace, values }) => {
  const helm = findHelm();
  const scratch = mkdtempSync(join(tmpdir(), 'kaapana-chart-'));
  try {
    const chart = join(scratch, 'chart');
    for (const [path, content] of files) {
      mkdirSync(dirname(join(chart, path)), { recursive: true });
      writeFileSync(join(chart, path), content);
    }
    // Not on the command line, which every process of the machine can read. JSON is YAML.
    const valuesFile = join(scratch, 'values.yaml');
    writeFileSync(valuesFile, JSON.stringify(values), { mode: 0o600 });
    // A schema may refer to files and addresses elsewhere, which helm would read.
    const args = [
      'template',
      name,
      chart,
      '--namespace',
      namespace,
      '--values',
      valuesFile,
      '--kube-version',
      KUBERNETES,
      '--skip-tests',
      '--skip-schema-validation',
    ];
    const env = {
      PATH: '/nonexistent',
      HOME: scratch,
      HELM_PLUGINS: scratch,
      HELM_DATA_HOME: scratch,
      HELM_CONFIG_HOME: scratch,
      HELM_CACHE_HOME: scratch,
      KUBECONFIG: '/dev/null',
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
      throw new OperatorError(
        `it cannot be rendered within ${LONGEST_RUN / 1000} s and ${LONGEST_OUTPUT} bytes: ${error.message}`,
      );
    if (status !== 0) throw new OperatorError(`helm cannot render it: ${said(stderr.replaceAll(`${scratch}/`, ''))}`);
    return stdout;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
};

/** The sentence that says what is wrong. */
function said(stderr: string): string {
  const lines = stderr.trim().split('\n');
  return (lines.find((line) => line.startsWith('Error: ')) ?? lines.at(-1) ?? '').replace(/^Error: /, '');
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
