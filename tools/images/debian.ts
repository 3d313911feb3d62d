import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { complete } from '../complete';
import { requirePackages } from '../debian';
import { toolCache } from '../paths';
import { Problem } from '../problem';
import type { Report } from '../progress';
import { run, tail } from '../run';
import { platform } from './oci';

/** What a Debian root holds. */
export interface DebianRecipe {
  /** Name of the result in the cache. */
  readonly name: string;

  /** Packages beside Debian's smallest set. */
  readonly packages: readonly string[];

  /** Shell commands that run in the root before the packages are installed. @default - none */
  readonly before?: string;

  /** Shell commands that run in the root once all is installed. @default - none */
  readonly after?: string;
}

const SUITE = 'bookworm';
const TOOL = 'mmdebstrap';
const ERROR_LINES = 15;

/** What no program reads. The licences stay. */
const LEFT_OUT = ['/usr/share/man/*', '/usr/share/doc/*', '/usr/share/locale/*', '/usr/share/info/*'];
const KEPT = ['/usr/share/doc/*/copyright'];

/** Left by the installation. */
const CLEAN = 'rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin /var/log/*.log /var/log/apt /etc/resolv.conf /etc/hostname';

/**
 * A Debian root as one uncompressed tar, made once for each recipe from the machine's own package sources and kept with
 * the built tools. Programs of several images are cheaper in one recipe: Debian's base is installed once.
 *
 * @returns the path of the tar
 * @throws Problem if packages cannot be had, or without root
 */
export async function debianLayer(recipe: DebianRecipe, report: Report): Promise<string> {
  const dir = path.join(toolCache(), `image-${recipe.name}-${recipeKey(recipe)}`);
  const layer = 'layer.tar';
  if (!fs.existsSync(dir)) {
    report('packages of this machine');
    await requirePackages([TOOL]);
    await complete(dir, async (result) => {
      const { code, output } = await run(TOOL, arguments_(recipe, path.join(result, layer)), {
        env: { ...process.env, SOURCE_DATE_EPOCH: '0' },
        onLine: (line) => report(line.slice(0, 60)),
      });
      if (code !== 0) {
        throw new Problem(
          `The Debian root ${recipe.name} could not be made: check the network and the package sources of this machine ` +
            `and run the same command again.\n${tail(output, ERROR_LINES)}`,
        );
      }
    });
  }
  return path.join(dir, layer);
}

/** Changes whenever the result would; not when Debian publishes an update. */
export function recipeKey(recipe: DebianRecipe): string {
  const content = JSON.stringify([platform(), arguments_(recipe, '')]);
  return createHash('sha256').update(content).digest('hex').slice(0, 12);
}

function arguments_({ packages, before, after }: DebianRecipe, target: string): string[] {
  return [
    '--format=tar',
    '--variant=minbase',
    `--include=${['ca-certificates', ...packages].join(',')}`,
    // The packages are installed here and now: what is pulled in is what they need.
    '--aptopt=Apt::Install-Recommends "false"',
    ...LEFT_OUT.map((pattern) => `--dpkgopt=path-exclude=${pattern}`),
    ...KEPT.map((pattern) => `--dpkgopt=path-include=${pattern}`),
    ...(before === undefined ? [] : [`--essential-hook=${inRoot(before)}`]),
    ...[after, CLEAN].flatMap((script) => (script === undefined ? [] : [`--customize-hook=${inRoot(script)}`])),
    SUITE,
    target,
    ...machineSources(),
  ];
}

/** Runs commands in the root, whose path is the hook's first argument. */
function inRoot(script: string): string {
  return `chroot "$1" sh -euc '${script.replaceAll("'", "'\\''")}'`;
}

/** The files that say where this machine has its packages from. */
function machineSources(dir = '/etc/apt'): string[] {
  const folder = path.join(dir, 'sources.list.d');
  const files = fs.existsSync(folder) ? fs.readdirSync(folder).filter((file) => file.endsWith('.sources')) : [];
  return [...files.sort().map((file) => path.join(folder, file)), path.join(dir, 'sources.list')].filter((file) =>
    fs.existsSync(file),
  );
}
