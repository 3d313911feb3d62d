import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { DEFINITIONS, definitionOf } from '../../constructs/extensions/catalogue';
import type { ExtensionDefinition } from '../../constructs/extensions/contract/definition';
import { makeDirectory } from '../base/files';
import { OperatorError } from '../base/operator-error';
import { packChart } from '../packaging/chart';
import { OpenPlatform } from '../packaging/platform';
import { unknownExtension } from '../report/extensions';

/** Stands for every extension. */
const ALL = 'all';

/** `kaapana extension pack`: extensions as charts for Kaapana's own app store. */
export function packCommand(): Command {
  return new Command('pack')
    .description("write extensions as Helm charts for Kaapana's own app store; the output is reproducible")
    .argument('<names...>', `names of extensions, or ${ALL}`)
    .requiredOption('--out <directory>', 'directory for the .tgz files')
    .action((names: readonly string[], { out }: { out: string }) => {
      const named = [...new Set(names)].filter((name) => name !== ALL).map(known);
      const definitions = names.includes(ALL) ? DEFINITIONS : named;
      const platform = new OpenPlatform();
      const charts = definitions.map((definition) => packChart(definition, platform));
      try {
        makeDirectory(out);
        for (const { file, content } of charts) writeFileSync(join(out, file), content);
      } catch (problem) {
        throw new OperatorError(`nothing can be written to ${out}: ${(problem as Error).message}`);
      }
      process.stdout.write(charts.map(({ file }) => `${join(out, file)}\n`).join(''));
    });
}

function known(name: string): ExtensionDefinition {
  const definition = definitionOf(name);
  if (!definition) throw unknownExtension(name);
  return definition;
}
