import { Command } from 'commander';
import { listed, OperatorError } from '../base/operator-error';
import { bundledImages, presentImages } from '../bundle/images';
import { verifyBundle } from '../bundle/verify';
import { writeBundle } from '../bundle/write';
import { readEnvironment } from '../environment/file';
import { loadEnvironment } from '../environment/load';

interface BundleOptions {
  readonly env: string;
  readonly out: string;
  readonly source?: string;
  readonly mirror?: string;
  readonly allExtensions: boolean;
}

/** `kaapana bundle`: what an offline site needs. */
export function bundleCommand(): Command {
  const write = writeCommand();
  return new Command('bundle')
    .description('write a bundle for a site without internet (npx kaapana bundle --env <name>), or verify one')
    .addCommand(write, { isDefault: true })
    .addCommand(verifyCommand())
    .addHelpText('after', () => `\nWithout a command, write is meant:\n\n${write.helpInformation()}`)
    .hook('preSubcommand', refuseUnknown);
}

/** A word that is no command would go to the default one, which misses its options. */
function refuseUnknown(bundle: Command, command: Command): void {
  const [word = '-'] = bundle.args;
  if (!word.startsWith('-') && word !== command.name())
    bundle.error(
      `error: unknown command '${word}'; bundle has ${bundle.commands.map((known) => known.name()).join(' and ')}`,
    );
}

function writeCommand(): Command {
  return new Command('write')
    .description(
      'write the lists: images with their users, charts, tools, the mapping to the registry of the site, checksums',
    )
    .requiredOption('--env <name or path>', 'an environment (Pulumi.<name>.yaml) or any file in that format')
    .option('--out <directory>', 'directory of the bundle; files in it get checksums too', 'bundle')
    .option(
      '--source <registry/path>',
      "registry that the platform's images are taken from; the environment's if not set",
      registry,
    )
    .option('--mirror <registry/path>', "the site's own registry; the environment's if not set", registry)
    .option('--all-extensions', 'include the images of all extensions, so that users can install them later', false)
    .action(async ({ env, out, ...options }: BundleOptions) => {
      const platform = loadEnvironment(env);
      const { settings } = platform;
      if (settings.offlineMode && options.source === undefined) {
        process.stderr.write(
          `kaapana:offlineMode is true, and images.txt names the site's own registry, ${settings.containerRegistryUrl}, as the source; --source names the one to fetch from\n`,
        );
      }
      const { images, charts, tools } = await writeBundle(
        out,
        bundledImages(platform, options),
        settings,
        readEnvironment(env, process.cwd()).directory,
      );
      const present = presentImages(platform, options);
      if (present.length > 0) process.stderr.write(`left out, as the site has them already: ${present.join(', ')}\n`);
      if (!settings.offlineMode && settings.thirdPartyExtensions.length > 0 && options.mirror !== undefined) {
        process.stderr.write(
          `kaapana:offlineMode is false: pods of third-party charts ask the registries that their images come from. Set it to true at the site, and kaapana:containerRegistryUrl to ${options.mirror}\n`,
        );
      }
      process.stdout.write(`${out}: ${images.length} images, ${charts.length} charts, ${tools.length} tools\n`);
    });
}

function verifyCommand(): Command {
  return new Command('verify')
    .description('report what is missing from a bundle or has changed')
    .argument('<directory>', 'directory of the bundle')
    .action(async (directory: string) => {
      const { problems, absent, images } = await verifyBundle(directory);
      for (const name of absent) process.stdout.write(`${name}/ is not there: it is not checked\n`);
      if (problems.length > 0)
        throw new OperatorError(
          listed(`${directory}: ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}:`, problems),
        );
      process.stdout.write(
        `${directory}: ${absent.includes('images') ? `${images} images are listed` : `all ${images} images are there`}, and every file is as it was written\n`,
      );
    });
}

function registry(given: string): string {
  if (/^[a-z0-9][a-z0-9.-]*(:\d{1,5})?(\/[a-z0-9][a-z0-9._-]*)*$/.test(given)) return given;
  throw new OperatorError(
    `"${given}" is not a registry: host and path in lower-case letters, without scheme, tag or trailing slash, e.g. registry.hospital.lan:5000/kaapana`,
  );
}
