import * as fs from 'node:fs';
import * as path from 'node:path';
import { CACHE } from './paths';
import type { Toolchain } from './toolchain';
import { VERSIONS } from './versions';

/** Passphrase of environments that hold no secret worth hiding: the embedded one and the tests'. */
export const DEV_PASSPHRASE = 'kaapana-dev';

/** Plugins and log-ins of this clone's Pulumi; outlives a reset. */
export const PULUMI_HOME = path.join(CACHE, 'pulumi-home');

const USER_PROGRAMS = ['pulumi', 'kubectl', 'helm', 'promtool', 'amtool', 'kube-score'];
const PROVIDER = 'pulumi-resource-kubernetes';

/** Where an environment on an embedded control plane keeps what it knows. */
export interface EmbeddedEnvironment {
  readonly kubeconfig: string;

  /** Folder of Pulumi's state. */
  readonly stateDir: string;

  /** @default PULUMI_HOME */
  readonly pulumiHome?: string;

  /** Stack that a command without `--stack` means. */
  readonly stack?: string;
}

/** What `pulumi` needs to find the pinned programs and to download nothing, whatever it deploys to. */
export function toolEnv(toolchain: Toolchain, pulumiHome = PULUMI_HOME): NodeJS.ProcessEnv {
  const programs = USER_PROGRAMS.filter((name) => toolchain.has(name));
  const searched = (process.env['PATH'] ?? '').split(path.delimiter);
  // The machine's own programs are found as before; their folders must not come before the user's node.
  const added = new Set(
    programs.map((name) => path.dirname(toolchain.path(name))).filter((dir) => !searched.includes(dir)),
  );
  if (toolchain.has(PROVIDER)) installProvider(toolchain.path(PROVIDER), pulumiHome);
  return {
    ...process.env,
    PATH: [...added, ...searched].join(path.delimiter),
    PULUMI_HOME: pulumiHome,
    PULUMI_SKIP_UPDATE_CHECK: 'true',
    PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK: 'true',
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
    // The provider's own limit of a few requests per second is what an update would wait for.
    PULUMI_K8S_CLIENT_QPS: process.env['PULUMI_K8S_CLIENT_QPS'] ?? '200',
    PULUMI_K8S_CLIENT_BURST: process.env['PULUMI_K8S_CLIENT_BURST'] ?? '400',
    // Writing the whole state twice for each object is two thirds of a first update. An update that is killed leaves
    // the state as it was before; the next one takes back what is there, by its labels.
    PULUMI_SKIP_CHECKPOINTS: process.env['PULUMI_SKIP_CHECKPOINTS'] ?? 'true',
  };
}

/** Everything that `pulumi`, `kubectl` and `helm` need to work on an embedded control plane. */
export function embeddedEnv(toolchain: Toolchain, environment: EmbeddedEnvironment): NodeJS.ProcessEnv {
  fs.mkdirSync(environment.stateDir, { recursive: true });
  return {
    ...toolEnv(toolchain, environment.pulumiHome),
    KUBECONFIG: environment.kubeconfig,
    PULUMI_BACKEND_URL: `file://${environment.stateDir}`,
    // A tenth of the size, and each update keeps two more copies.
    PULUMI_DIY_BACKEND_GZIP: 'true',
    PULUMI_CONFIG_PASSPHRASE: DEV_PASSPHRASE,
    PULUMI_CONFIG_PASSPHRASE_FILE: undefined,
    PULUMI_STACK: environment.stack,
  };
}

/** Puts the provider where Pulumi looks for a plugin of that version. */
function installProvider(program: string, pulumiHome: string): void {
  const dir = path.join(pulumiHome, 'plugins', `resource-kubernetes-v${VERSIONS.provider}`);
  const link = path.join(dir, PROVIDER);
  if (fs.existsSync(link) && fs.realpathSync(link) === fs.realpathSync(program)) return;
  fs.mkdirSync(dir, { recursive: true });
  fs.rmSync(link, { force: true });
  fs.symlinkSync(program, link);
}
