import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { makeDirectory } from '../base/files';
import { OperatorError } from '../base/operator-error';
import type { Manifest } from '../objects/manifest';
import { type RenderedObject, renderEnvironment } from '../render';
import { toYaml } from '../render/yaml';

/** `kaapana synth`: the objects of an environment as YAML, without Pulumi, cluster or network. */
export function synthCommand(): Command {
  return new Command('synth')
    .description('render the objects of an environment as YAML')
    .requiredOption('--env <name or path>', 'an environment (Pulumi.<name>.yaml) or any file in that format')
    .option('--out <directory>', 'directory for one file per component; - for standard output', '-')
    .option('--show-secrets', 'write secrets in plain text instead of <secret:name/key>', false)
    .action((options: { env: string; out: string; showSecrets: boolean }) => {
      const rendered = renderEnvironment(options.env, { showSecrets: options.showSecrets });
      if (options.out === '-') {
        process.stdout.write(toYaml(rendered.map(({ manifest }) => manifest)));
        return;
      }
      writeComponents(rendered, options.out);
      process.stderr.write(`${rendered.length} objects written to ${options.out}\n`);
    });
}

function writeComponents(rendered: readonly RenderedObject[], directory: string): void {
  const components = new Map<string, Manifest[]>();
  for (const { component, manifest } of rendered)
    components.set(component, [...(components.get(component) ?? []), manifest]);
  try {
    makeDirectory(directory);
    for (const [component, manifests] of components) {
      const file = join(directory, fileName(component));
      // A file that is there already would keep its mode, and others might read the secrets.
      rmSync(file, { force: true });
      writeFileSync(file, toYaml(manifests), { mode: 0o600 });
    }
  } catch (problem) {
    throw new OperatorError(`nothing can be written to ${directory}: ${(problem as Error).message}`);
  }
}

/** `server/AdminNamespace` is in `server-admin-namespace.yaml`. */
function fileName(component: string): string {
  return `${component
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .replace(/[^\w.-]+/g, '-')
    .toLowerCase()}.yaml`;
}
