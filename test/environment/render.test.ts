import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { identityOf, type Manifest } from '../../src/objects/manifest';
import { renderEnvironment } from '../../src/render';
import { toYaml } from '../../src/render/yaml';

const SITES = ['dev', ...readdirSync('test/conformance/settings').map((file) => `test/conformance/settings/${file}`)];

function rendered(site: string, showSecrets: boolean): Manifest[] {
  return renderEnvironment(site, { showSecrets }).map(({ manifest }) => manifest);
}

describe.each(SITES)('%s', (site) => {
  /** Rendered once for several tests. */
  const known = new Map<boolean, Manifest[]>();
  const first = (showSecrets: boolean): Manifest[] => {
    const manifests = known.get(showSecrets) ?? rendered(site, showSecrets);
    known.set(showSecrets, manifests);
    return manifests;
  };

  test('has every object once', () => {
    const ids = first(false).map(identityOf);
    expect(ids.length).toBeGreaterThan(100);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.each([true, false])('renders to the same bytes twice (secrets shown: %s)', (showSecrets) => {
    expect(toYaml(rendered(site, showSecrets))).toBe(toYaml(first(showSecrets)));
  });

  test.each([true, false])('is complete (secrets shown: %s)', (showSecrets) => {
    expect(toYaml(first(showSecrets))).not.toMatch(/[\uE000-\uE005]|\[object Object\]|^ *[\w./-]+: (null|undefined)$/m);
  });
});

test('two processes render the same bytes, and neither loads Pulumi', () => {
  const watch =
    'const m = require("node:module"), load = m._load; ' +
    'm._load = (name, ...rest) => { if (/^@pulumi\\//.test(name)) throw new Error(`loads ${name}`); return load(name, ...rest); };';
  const synth = (): { stdout: string; stderr: string } =>
    spawnSync(
      process.execPath,
      ['--eval', `${watch} process.argv = ['node', 'kaapana', 'synth', '--env', 'dev']; require('./bin/kaapana.cjs');`],
      { encoding: 'utf8' },
    );
  const [first, second] = [synth(), synth()];
  expect(first.stderr).toBe('');
  expect(first.stdout.length).toBeGreaterThan(100_000);
  expect(first.stdout).toBe(second.stdout);
  // Libraries are bundled with the command: these are what it consists of.
  const { inputs } = JSON.parse(readFileSync('.cache/build/src-cli-index.js.inputs.json', 'utf8')) as {
    inputs: string[];
  };
  expect(inputs).toContain('src/cli/synth.ts');
  expect(inputs.filter((file) => file.includes('@pulumi'))).toEqual([]);
});
