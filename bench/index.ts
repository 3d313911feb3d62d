import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { PROJECT } from '../tools/paths';
import { DEPLOYING_PROGRAMS, ensureToolchain } from '../tools/toolchain';
import { benchFleet } from './fleet';
import { Timings } from './measure';
import { Site, STACK } from './site';

/** A ratio that is wanted, and the two steps that it is made of. */
interface Target {
  readonly what: string;
  readonly limit: number;
  readonly of: (median: (name: string) => number) => number;
}

const TARGETS: readonly Target[] = [
  {
    what: 'preview without a change / helm upgrade without a change',
    limit: 0.5,
    of: (t) => t('pulumi preview, no change') / t('helm upgrade, no change'),
  },
  {
    what: 'up without a change / helm upgrade without a change',
    limit: 0.5,
    of: (t) => t('pulumi up, no change') / t('helm upgrade, no change'),
  },
  {
    what: 'up from nothing, nothing awaited / kubectl apply',
    limit: 1.5,
    of: (t) => t('pulumi up from nothing, not awaited') / t('kubectl apply from nothing'),
  },
  {
    what: 'up from nothing, awaited / kubectl apply',
    limit: 1.5,
    of: (t) => t('pulumi up from nothing') / t('kubectl apply from nothing'),
  },
  {
    what: 'seconds of one changed image beyond an empty update',
    limit: 1,
    of: (t) => t('pulumi up, one image changed') - t('pulumi up, no change'),
  },
  { what: 'synth / helm template', limit: 0.65, of: (t) => t('kaapana synth') / t('helm template') },
  { what: 'synth / empty node process', limit: 6, of: (t) => t('kaapana synth') / t('empty node') },
];

/**
 * `npm run bench [-- --runs N]`: medians and ratios on a control plane of its own, all measured in one run.
 * `npm run bench -- --fleet 10,50,100`: fleets of that many instances.
 */
export async function main(args: readonly string[]): Promise<number> {
  const { runs, fleet } = parseArgs({
    args: [...args],
    options: { runs: { type: 'string', default: '5' }, fleet: { type: 'string' } },
  }).values;
  return fleet === undefined ? await benchSite(atLeastOne(runs)) : await benchFleet(fleet.split(',').map(atLeastOne));
}

function atLeastOne(text: string): number {
  if (!/^[1-9]\d*$/.test(text))
    throw new Error(`"${text}" is no number from 1 up: npm run bench -- --runs 5, or --fleet 10,100`);
  return Number(text);
}

async function benchSite(runs: number): Promise<number> {
  const site = new Site(await ensureToolchain(DEPLOYING_PROGRAMS));
  const timings = new Timings();
  try {
    const objects = site.prepare();
    console.log(`${objects} objects, ${runs} runs of each step, interleaved`);
    for (let round = 1; round <= runs; round += 1) {
      await fromNothing(site, timings);
      await withoutChange(site, timings, round);
      console.log(`round ${round} of ${runs} done`);
    }
  } finally {
    await site.remove();
  }
  return print(timings);
}

async function fromNothing(site: Site, timings: Timings): Promise<void> {
  const pulumi = pulumiArgs('up', '--yes', '--skip-preview');
  await site.reset();
  await timings.run(
    'kubectl apply from nothing',
    'sh',
    ['-c', site.files.map((file) => `kubectl apply --server-side --filename '${file}'`).join(' && ')],
    site,
  );
  await site.reset();
  await timings.run('helm install', 'helm', ['install', 'bench', site.chart], site);
  await timings.run('helm upgrade, no change', 'helm', ['upgrade', 'bench', site.chart], site);
  await timings.run('helm template', 'helm', ['template', 'bench', site.chart, '--include-crds'], site);
  await site.reset();
  await timings.run('pulumi up from nothing, not awaited', 'pulumi', pulumi, {
    cwd: site.dir,
    env: { ...site.env, KAAPANA_SKIP_AWAIT: '1' },
  });
  await site.reset();
  await timings.run('pulumi up from nothing', 'pulumi', pulumi, here(site));
}

async function withoutChange(site: Site, timings: Timings, round: number): Promise<void> {
  const at = here(site);
  await timings.run('pulumi preview, no change', 'pulumi', pulumiArgs('preview', '--expect-no-changes'), at);
  await timings.run(
    'pulumi up, no change',
    'pulumi',
    pulumiArgs('up', '--yes', '--skip-preview', '--expect-no-changes'),
    at,
  );
  site.changeImage(`0.6.${round}`);
  await timings.run('pulumi up, one image changed', 'pulumi', pulumiArgs('up', '--yes', '--skip-preview'), at);
  await timings.run(
    'kubectl apply, no change',
    'kubectl',
    ['apply', '--server-side', '--force-conflicts', '--filename', site.files[1] ?? ''],
    at,
  );
  await timings.run('kaapana synth', 'node', [path.join(PROJECT, 'bin', 'kaapana.cjs'), 'synth', '--env', STACK], at);
  await timings.run('empty node', 'node', ['--eval', '0'], at);
  // What no program with these libraries can do without.
  await timings.run('node that loads cdk8s', 'node', ['--eval', 'require("cdk8s-plus-27")'], { ...at, cwd: PROJECT });
}

function here(site: Site): { cwd: string; env: NodeJS.ProcessEnv } {
  return { cwd: site.dir, env: site.env };
}

function pulumiArgs(...args: readonly string[]): string[] {
  return [...args, '--non-interactive', '--suppress-progress', '--stack', STACK];
}

function print(timings: Timings): number {
  const median = (name: string): number => timings.median(name);
  for (const name of timings.names()) console.log(`${name.padEnd(40)} ${median(name).toFixed(2).padStart(6)} s`);
  console.log('');
  for (const { what, limit, of } of TARGETS) {
    const value = of(median);
    console.log(
      `${value <= limit ? 'ok    ' : 'missed'} ${what.padEnd(60)} ${value.toFixed(2).padStart(6)}  (at most ${limit})`,
    );
  }
  return 0;
}
