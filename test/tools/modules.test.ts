import * as fs from 'node:fs';
import * as path from 'node:path';

/** Modules that a start builds from: packages of equal versions are compiled once for all of them. */
const MODULES = ['programs', 'provider-kubernetes', 'language-nodejs'];

/** Pulumi's own libraries: the provider and the language host are built with those that they were released with. */
const OWN = /^github\.com\/pulumi\/(?:esc|pulumi\/(?:pkg|sdk)\/v3)$/;

/** Module -> version that is compiled, replacements included. */
function versions(module: string): Map<string, string> {
  const text = fs.readFileSync(path.join('tools', module, 'go.mod'), 'utf8');
  const found = new Map(
    [...text.matchAll(/^(?:require )?\t?(\S+) (v\S+)(?: \/\/ indirect)?$/gm)].map(([, name = '', version = '']) => [
      name,
      version,
    ]),
  );
  for (const [, name = '', other = '', version = ''] of text.matchAll(/^(?:replace )?\t?(\S+) => (\S+) (v\S+)$/gm)) {
    if (found.has(name)) found.set(name, other === name ? version : `${other} ${version}`);
  }
  return found;
}

test.each(MODULES.slice(1))('%s is built from the same versions as the other programs', (module) => {
  const others = versions('programs');
  const own = [...versions(module)].filter(([name]) => !OWN.test(name) && others.has(name));
  expect(own.length).toBeGreaterThan(40);
  expect(own.filter(([name, version]) => others.get(name) !== version)).toEqual([]);
});

test('the provider and the language host agree in what the other programs do not have', () => {
  const provider = versions('provider-kubernetes');
  const own = [...versions('language-nodejs')].filter(([name]) => !OWN.test(name) && provider.has(name));
  expect(own.filter(([name, version]) => provider.get(name) !== version)).toEqual([]);
});

test('the libraries of Kubernetes are those of its release', () => {
  const libraries = [...versions('programs')].filter(([name]) =>
    /^k8s\.io\/(?!kubernetes$|klog|kube-openapi|utils|gengo|system-validators)/.test(name),
  );
  expect(libraries.length).toBeGreaterThan(25);
  expect(new Set(libraries.map(([, version]) => version))).toEqual(new Set(['v0.33.4']));
});
