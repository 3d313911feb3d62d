import * as fs from 'node:fs';
import * as path from 'node:path';
import { stringify } from 'yaml';
import { Problem } from '../problem';
import { run, tail } from '../run';
import { type NodeSettings, placesOf } from './settings';

/** A certificate: for whom, and names and addresses of servers. */
interface Certificate {
  readonly name: string;
  readonly subject: string;
  readonly names?: readonly string[];
}

const DAYS = '3650';

/** Clients of the API server, with a kubeconfig each. */
function clients({ nodeName }: NodeSettings): Certificate[] {
  return [
    { name: 'admin', subject: '/O=system:masters/CN=admin' },
    { name: 'controller-manager', subject: '/CN=system:kube-controller-manager' },
    { name: 'scheduler', subject: '/CN=system:kube-scheduler' },
    { name: 'kubelet', subject: `/O=system:nodes/CN=system:node:${nodeName}` },
    { name: 'kube-proxy', subject: '/CN=system:kube-proxy' },
    { name: 'kube-router', subject: '/CN=kube-router' },
  ];
}

function servers({ address, apiService, nodeName }: NodeSettings): Certificate[] {
  const api = ['kubernetes', 'kubernetes.default', 'kubernetes.default.svc', 'kubernetes.default.svc.cluster.local'];
  const names = [...[address, '127.0.0.1', apiService].map((ip) => `IP:${ip}`), 'DNS:localhost'];
  return [
    { name: 'apiserver', subject: '/CN=kube-apiserver', names: [...names, ...api.map((name) => `DNS:${name}`)] },
    { name: 'apiserver-kubelet', subject: '/O=system:masters/CN=apiserver-kubelet' },
    {
      name: 'kubelet-server',
      subject: `/O=system:nodes/CN=system:node:${nodeName}`,
      names: [`IP:${address}`, `DNS:${nodeName}`],
    },
    { name: 'front-proxy', subject: '/CN=front-proxy' },
  ];
}

/** Makes the certificates and kubeconfigs of a node, if those that are there are not for its names and addresses. */
export async function ensurePki(settings: NodeSettings): Promise<void> {
  const { pki } = placesOf(settings);
  const wanted = [...servers(settings), ...clients(settings)];
  const mark = path.join(pki, 'complete.json');
  if (fs.existsSync(mark) && fs.readFileSync(mark, 'utf8') === JSON.stringify(wanted)) return;
  fs.rmSync(pki, { recursive: true, force: true });
  fs.mkdirSync(pki, { recursive: true, mode: 0o700 });
  await key(pki, 'ca');
  await openssl(pki, [
    'req',
    '-x509',
    '-new',
    '-key',
    'ca.key',
    '-subj',
    '/CN=node-ca',
    '-days',
    DAYS,
    '-out',
    'ca.crt',
  ]);
  for (const certificate of wanted) await issue(pki, certificate);
  for (const { name } of clients(settings)) {
    fs.writeFileSync(path.join(pki, `${name}.kubeconfig`), kubeconfig(pki, name, settings.address), { mode: 0o600 });
  }
  await openssl(pki, ['genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', 'sa.key']);
  await openssl(pki, ['rsa', '-in', 'sa.key', '-pubout', '-out', 'sa.pub']);
  fs.writeFileSync(mark, JSON.stringify(wanted));
}

function key(pki: string, name: string): Promise<void> {
  return openssl(pki, ['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', `${name}.key`]);
}

async function issue(pki: string, { name, subject, names }: Certificate): Promise<void> {
  const extensions = [
    'keyUsage=digitalSignature,keyEncipherment',
    'extendedKeyUsage=serverAuth,clientAuth',
    'basicConstraints=CA:FALSE',
    ...(names ? [`subjectAltName=${names.join(',')}`] : []),
  ];
  fs.writeFileSync(path.join(pki, `${name}.ext`), extensions.join('\n'));
  await key(pki, name);
  await openssl(pki, ['req', '-new', '-key', `${name}.key`, '-subj', subject, '-out', `${name}.csr`]);
  const ca = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', DAYS, '-extfile', `${name}.ext`];
  await openssl(pki, ['x509', '-req', '-in', `${name}.csr`, ...ca, '-out', `${name}.crt`]);
}

async function openssl(cwd: string, args: readonly string[]): Promise<void> {
  const { code, output } = await run('openssl', args, { cwd });
  if (code !== 0) throw new Problem(`The certificates of the node could not be made with openssl: ${tail(output, 3)}`);
}

function kubeconfig(pki: string, name: string, address: string): string {
  const data = (file: string): string => fs.readFileSync(path.join(pki, file)).toString('base64');
  const server = `https://${address}:6443`;
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'node', cluster: { server, 'certificate-authority-data': data('ca.crt') } }],
    users: [
      {
        name: 'me',
        user: { 'client-certificate-data': data(`${name}.crt`), 'client-key-data': data(`${name}.key`) },
      },
    ],
    contexts: [{ name: 'node', context: { cluster: 'node', user: 'me' } }],
    'current-context': 'node',
  });
}
