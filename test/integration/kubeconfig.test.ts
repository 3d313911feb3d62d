/**
 * The reader of kubeconfigs beside kubectl itself, which is a program of client-go: what an API server sees of both, or
 * that both refuse. The kubectl is the toolchain's (tools/versions.ts): the machine's, a published or a built one.
 */
import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { ApiServer } from '../../src/cluster/api-server';
import { ApiServerError } from '../../src/cluster/kubeconfig';
import { kubeconfig, type Row, rows } from './kubeconfig/rows';
import { makeCertificates, StandIn } from './kubeconfig/stand-in';

const PATH = '/api/v1/namespaces';
const directory = mkdtempSync(join(tmpdir(), 'kaapana-kubeconfig-'));
const kept = { ...process.env };
let standIn: StandIn;
let table: Row[];

const PLUGIN = `#!/bin/sh
# The address in what the plugin is told, where it is asked for.
server=$(printf %s "$KUBERNETES_EXEC_INFO" | sed -n 's/.*"server": *"\\([^"]*\\)".*/\\1/p')
[ "$1" = cluster ] && set -- "$server"
echo '{"apiVersion": "client.authentication.k8s.io/v1", "kind": "ExecCredential",'
echo '"status": {"token": "'"\${TOKEN:-from-plugin}\${1:+-$1}"'"}}'
`;

beforeAll(async () => {
  makeCertificates(directory);
  mkdirSync(join(directory, 'bin'));
  for (const [name, script] of [
    ['plugin', PLUGIN],
    ['kaapana-test-plugin', PLUGIN],
    ['fails', '#!/bin/sh\nexit 3\n'],
  ] as const) {
    writeFileSync(join(directory, 'bin', name), script);
    chmodSync(join(directory, 'bin', name), 0o755);
  }
  writeFileSync(join(directory, 'token'), 'fresh\n');
  const started = await StandIn.start(directory);
  standIn = started.standIn;
  table = rows(started.ports, (name) => readFileSync(join(directory, name)).toString('base64'));
});

afterEach(() => {
  process.env = { ...kept };
});

afterAll(async () => {
  await standIn.stop();
  rmSync(directory, { recursive: true });
});

/** Writes the files of a row, and gives the environment that leads to them. */
function prepared({ cluster = {}, user = { token: 't' }, files, list = ['config'], env = {} }: Row): NodeJS.ProcessEnv {
  for (const [name, content] of Object.entries(files ?? { config: kubeconfig('c', cluster, user) }))
    writeFileSync(join(directory, name), typeof content === 'string' ? content : JSON.stringify(content));
  const proxies = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY', 'https_proxy', 'http_proxy', 'no_proxy', 'SSL_CERT_FILE'];
  const plain = Object.fromEntries(Object.entries(kept).filter(([name]) => !proxies.includes(name)));
  const given = env.SSL_CERT_FILE === undefined ? env : { SSL_CERT_FILE: join(directory, env.SSL_CERT_FILE) };
  return {
    ...plain,
    ...given,
    HOME: directory,
    PATH: `${join(directory, 'bin')}${delimiter}${kept.PATH ?? ''}`,
    KUBECONFIG: list.map((name) => join(directory, name)).join(delimiter),
  };
}

function outcome(isDone: boolean, asked = PATH): Row['expected'] {
  const last = standIn.seen.findLast(({ url }) => url.endsWith(asked));
  return isDone && last !== undefined ? last : 'refused';
}

async function byKubectl({ path, context, asked }: Row, env: NodeJS.ProcessEnv): Promise<Row['expected']> {
  const flags = [
    ...(path === undefined ? [] : ['--kubeconfig', join(directory, path)]),
    ...(context === undefined ? [] : ['--context', context]),
  ];
  const command = asked === undefined ? ['get', '--raw', PATH] : ['version', '--output=json'];
  standIn.forget();
  const isDone = await new Promise<boolean>((done) => {
    execFile('kubectl', [...command, ...flags], { env, timeout: 20_000 }, (problem) => done(!problem)).stdin?.end();
  });
  return outcome(isDone, asked);
}

async function byUs({ path, context, asked }: Row, env: NodeJS.ProcessEnv): Promise<Row['expected']> {
  process.env = env;
  standIn.forget();
  try {
    const server = new ApiServer({ path: path && join(directory, path), context });
    try {
      return outcome((await server.get(PATH)) !== undefined, asked);
    } finally {
      server.close();
    }
  } catch (problem) {
    // Whatever is wrong, the operator is told in a sentence.
    if (problem instanceof ApiServerError) return 'refused';
    throw problem;
  }
}

test.each(rows({}, () => '').map(({ rule }) => rule))('%s', async (rule) => {
  const row = table.find((each) => each.rule === rule);
  if (row === undefined) throw new Error(`there is no row ${rule}`);
  const env = prepared(row);
  const { expected } = row;
  const matches = expected === 'refused' ? expected : (expect.objectContaining({ ...expected }) as Row['expected']);
  expect({ kubectl: await byKubectl(row, env), here: await byUs(row, env) }).toEqual({
    kubectl: matches,
    here: matches,
  });
});
