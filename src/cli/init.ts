import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { OperatorError } from '../operator-error';
import { parseSettings } from '../settings/parse';
import { SECRET_PATHS } from '../settings/sealing';

/** Bytes of a generated secret: 192 bits. */
const SECRET_BYTES = 24;

interface InitOptions {
  readonly domain: string;
  readonly registry: string;
  readonly memory: string;
}

/** `kaapana init`: the file and the stack of a new environment, with secrets of its own. */
export function initCommand(): Command {
  return new Command('init')
    .description('make a new environment: its file, its Pulumi stack, and a random secret for each purpose')
    .argument('<environment>', 'its name, e.g. prod')
    .requiredOption('--domain <host>', 'host name or IPv4 address that users reach the platform at')
    .requiredOption('--registry <url>', "registry of the platform's images")
    .requiredOption('--memory <quantity>', 'memory of the server, e.g. 64Gi')
    .action((environment: string, options: InitOptions) => {
      const file = `Pulumi.${environment}.yaml`;
      if (!/^[\w.-]{1,63}$/.test(environment)) throw new OperatorError(`"${environment}" is no name of an environment: at most 63 letters, digits, ".", "_" or "-"`);
      if (existsSync(file)) throw new OperatorError(`${file} exists already and is left alone. Choose another name, or remove the file first`);
      check(environment, options);
      writeFileSync(file, fileContent(environment, options));
      try {
        pulumi(['stack', 'select', environment, '--create']);
        // Through the standard input: what stands on a command line, every process of the machine can read.
        for (const path of SECRETS) pulumi(['config', 'set', '--secret', '--path', `kaapana:${path}`, '--stack', environment], randomSecret(path));
      } catch (problem) {
        // So that a second try finds no half of an environment.
        rmSync(file);
        throw problem;
      }
      process.stdout.write(`${file} is written, with ${SECRETS.length} secrets of its own. Look through it, then:\n`
        + `  npx kaapana check --env ${environment}\n  pulumi preview --stack ${environment}\n  pulumi up --stack ${environment}\n`);
    });
}

/** Finds mistakes before anything is made. */
function check(environment: string, { domain, registry, memory }: InitOptions): void {
  const credentials = Object.fromEntries(SECRETS.map((path) => [path.replace('credentials.', ''), randomSecret(path)]));
  parseSettings({ domain, containerRegistryUrl: registry, totalMemory: memory, credentials }, environment);
}

/** All secrets that a platform needs; those of the registry and the mail server are the site's. */
const SECRETS = [...SECRET_PATHS].filter((path) => path.startsWith('credentials.'));

/** Random text with a letter of each case, a digit and a special character, as password rules want them. */
function randomSecret(path: string): string {
  // oauth2-proxy takes keys of 32 bytes in base64.
  return path === 'credentials.cookieSecret' ? randomBytes(32).toString('base64') : `${randomBytes(SECRET_BYTES).toString('base64url').replace(/^-/, 'k')}-Aa1`;
}

function fileContent(environment: string, { domain, registry, memory }: InitOptions): string {
  return `# The environment "${environment}"; README.md lists all keys.
config:
  # Host name or IPv4 address that users reach the platform at.
  kaapana:domain: ${JSON.stringify(domain)}
  # Registry of the platform's images; its account: pulumi config set --secret kaapana:containerRegistryPassword
  kaapana:containerRegistryUrl: ${JSON.stringify(registry)}
  # Memory of the server; 70 % of it is split between PACS, Airflow and OpenSearch.
  kaapana:totalMemory: ${JSON.stringify(memory)}
  # Production: keep pulled images, strong passwords, no privileged pods.
  kaapana:devMode: false
  # Kubernetes distribution: microk8s, k3s or kubeadm.
  kaapana:distribution: microk8s
`;
}

function pulumi(args: readonly string[], input?: string): void {
  const { status, error, stderr } = spawnSync('pulumi', [...args, '--non-interactive'], { input, encoding: 'utf8', stdio: ['pipe', 'ignore', 'pipe'] });
  if (error) throw new OperatorError(`pulumi cannot be started (${error.message}); install it, or use the one of this project: npm run pulumi -- version`);
  if (status !== 0) throw new OperatorError(`pulumi ${args.slice(0, 2).join(' ')} failed: ${stderr.trim()}`);
}
