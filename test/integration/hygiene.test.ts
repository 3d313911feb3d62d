import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Checkov } from '../../tools/checkov';
import { run } from '../../tools/run';
import { VERSIONS } from '../../tools/versions';
import { compare, count, type Counts } from '../conformance/ratchet';

/**
 * What kube-score and checkov find fault with in the rendered platform: how often is kept in a file, and may only fall.
 */

const KEPT = 'test/conformance/hygiene.json';
const UPDATE = 'HYGIENE=update npx jest --config test/integration/jest.config.cjs hygiene';

/** What `npm start` deploys, and a platform in production; by name, the settings. */
const SITES = { dev: 'dev', prod: 'test/conformance/settings/prod.yaml' } as const;

/** At most so many in development, where Kaapana's own charts have 280 and 854. */
const GOALS = { 'kube-score': 120, checkov: 400 } as const;

/** What Kaapana's own charts fail by most, and nothing here may. */
const GONE = [
  'container-resources',
  'container-ephemeral-storage-request-and-limit',
  'pod-probes',
  'pod-probes-identical',
];

/** CRITICAL, in kube-score's JSON. */
const CRITICAL = 1;
const INSTALLING_MS = 600_000;

type Site = keyof typeof SITES;
type Judge = keyof typeof GOALS;
type Kept = Readonly<Record<Site, Readonly<Record<Judge, Counts>>>>;

const JUDGES: Readonly<Record<Judge, (file: string) => Promise<Counts>>> = {
  'kube-score': criticalChecks,
  checkov: failedChecks,
};

let dir: string;
let checkov: Checkov;

beforeAll(async () => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'hygiene-'));
  checkov = await Checkov.ensure();
}, INSTALLING_MS);

afterAll(() => fs.rmSync(dir, { recursive: true, force: true }));

test.each([
  ['kube-score', 'dev'],
  ['kube-score', 'prod'],
  ['checkov', 'dev'],
  ['checkov', 'prod'],
] as const)('%s finds exactly what is kept for %s', async (judge, site) => {
  const counts = await JUDGES[judge](await rendered(site));
  const { risen, fallen } = compare(kept()[site][judge], counts);
  if (risen.length > 0) {
    throw new Error(
      `${judge} finds more in ${site} than ${KEPT} says: mend it, or raise the count there by hand, for a reviewer to see.\n${risen.join('\n')}`,
    );
  }
  if (fallen.length > 0 && process.env['HYGIENE'] === 'update') keep(site, judge, counts);
  else if (fallen.length > 0)
    throw new Error(
      `${judge} finds less in ${site} than ${KEPT} says: keep it so by "${UPDATE}".\n${fallen.join('\n')}`,
    );
  expect(kept()[site][judge]).toEqual(counts);
});

test.each(Object.entries(GOALS))('what is kept for %s is at most the goal', (judge, goal) => {
  const counts = kept().dev[judge as Judge];
  expect(Object.values(counts).reduce((sum, number) => sum + number, 0)).toBeLessThanOrEqual(goal);
});

test.each(['dev', 'prod'] as const)('%s: nothing is said about resources, probes and ephemeral storage', (site) => {
  expect(Object.keys(kept()[site]['kube-score']).filter((check) => GONE.includes(check))).toEqual([]);
});

async function rendered(site: Site): Promise<string> {
  const { code, stdout, output } = await run(process.execPath, ['bin/kaapana.cjs', 'synth', '--env', SITES[site]]);
  if (code !== 0) throw new Error(output);
  const file = path.join(dir, `${site}.yaml`);
  fs.writeFileSync(file, stdout);
  return file;
}

/** kube-score's critical checks. */
async function criticalChecks(file: string): Promise<Counts> {
  const version = `v${VERSIONS.kubernetes.split('.').slice(0, 2).join('.')}`;
  // Its exit code is that of what it found.
  const { stdout } = await run('kube-score', [
    'score',
    '--kubernetes-version',
    version,
    '--output-format',
    'json',
    file,
  ]);
  const objects = JSON.parse(stdout) as { checks: { check: { id: string }; grade: number; skipped: boolean }[] }[];
  return count(
    objects
      .flatMap(({ checks }) => checks)
      .filter(({ grade, skipped }) => grade === CRITICAL && !skipped)
      .map(({ check }) => check.id),
  );
}

/** checkov's failed checks. */
async function failedChecks(file: string): Promise<Counts> {
  const { stdout } = await checkov.run([
    '--file',
    file,
    '--framework',
    'kubernetes',
    '--skip-download',
    '--quiet',
    '--compact',
    '--output',
    'json',
    '--soft-fail',
  ]);
  const { results } = JSON.parse(stdout) as { results: { failed_checks: { check_id: string; check_name: string }[] } };
  return count(results.failed_checks.map(({ check_id, check_name }) => `${check_id} ${check_name}`));
}

function kept(): Kept {
  return JSON.parse(fs.readFileSync(KEPT, 'utf8')) as Kept;
}

function keep(site: Site, judge: Judge, counts: Counts): void {
  const before = kept();
  fs.writeFileSync(
    KEPT,
    `${JSON.stringify({ ...before, [site]: { ...before[site], [judge]: counts } }, undefined, 2)}\n`,
  );
}
