import { readFileSync, statSync } from 'node:fs';
import { Command } from 'commander';
import { OperatorError } from '../base/operator-error';
import { LIMITS } from '../charts/archive';
import { comesFromOthers } from '../charts/credentials/verdict';
import { findings } from '../charts/findings';
import { renderWithHelm } from '../charts/helm';
import { chartName, type Choices, inspectChart, RefusedChart } from '../charts/inspect';
import { serverOf } from '../charts/server';
import { ThirdPartyExtensions } from '../environment/third-party-extensions';
import { setSecret } from '../settings/problems';

interface AddOptions extends Omit<Choices, 'values' | 'before'> {
  readonly env: string;
  readonly values: readonly string[];
  readonly live: boolean;
  readonly replace: boolean;
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** `kaapana extension add`: an extension that others made becomes one of an environment. */
export function addCommand(): Command {
  return new Command('add')
    .description('check a third-party chart, and add it to an environment')
    .argument('<chart.tgz>', 'a chart, as helm package makes it')
    .requiredOption('--env <name or path>', 'an environment (Pulumi.<name>.yaml) or any file in that format')
    .option('--as <name>', "name of this installation; the chart's name if not set")
    .option('--project <name>', 'project of the extension; the first project if not set')
    .option('--values <file>', 'YAML file with values; can be given several times, the last one wins', collect, [])
    .option(
      '--set <key=value>',
      "value of a parameter or of the chart's values.yaml, written as for helm: a.b=1, list[0].name=x, list={a,b}; of the type that the chart has; can be given several times",
      collect,
      [],
    )
    .option('--set-string <key=value>', 'the same, but always a text; can be given several times', collect, [])
    .option(
      '--secret <key>',
      'value that is a credential: stored as a secret, derived if none is set; can be given several times',
      collect,
      [],
    )
    .option(
      '--without <kind/name>',
      'leave out objects of the chart: a kind, or one object; can be given several times',
      collect,
      [],
    )
    .option('--plain <key>', 'value that looks like a credential and is none; can be given several times', collect, [])
    .option('--without-removal-hooks', 'skip the hooks of the chart that would run when it is removed', false)
    .option(
      '--live',
      'tell the chart the Kubernetes version and the kinds of the running server, not those of the setting kubernetesVersion',
      false,
    )
    .option('--replace', 'render and check the chart of that name again, with its values', false)
    .action(add);
}

async function add(chart: string, options: AddOptions): Promise<void> {
  const environment = new ThirdPartyExtensions(options.env);
  const { settings, howTo } = environment;
  const packed = read(chart);
  const given = { ...options, values: options.values.map((name) => ({ name, text: readText(name) })) };
  const choices = options.replace ? environment.choices(options.as ?? chartName(packed) ?? '', given) : given;
  const server = options.live ? await (await import('../charts/live-server')).liveServer(settings) : serverOf(settings);
  const inspected = inspectChart(packed, choices, settings, renderWithHelm, server);
  const { name, rendered } = inspected;
  if (environment.find(name) && !options.replace) {
    throw new OperatorError(`${name} exists already. Choose another name with --as, or replace it with --replace`);
  }
  environment.add(inspected, packed, choices.project);
  process.stdout.write(`${findings(inspected)}\n${name} is added. Review it: npx kaapana check --env ${options.env}\n`);
  const at = environment.position(name);
  const command = (secret: string): string => {
    const key = `thirdPartyExtensions[${at}].secrets${secret.includes('.') ? `["${secret}"]` : `.${secret}`}`;
    return howTo.command(setSecret(key));
  };
  for (const secret of rendered.secrets) process.stdout.write(`${derivation(secret)}: ${command(secret)}\n`);
  const [first] = Object.keys(rendered.generated ?? {});
  if (first !== undefined) {
    process.stdout.write(
      `What the chart would make up at random is derived from the root secret, too; for a value of your own, e.g. that of a database that exists: ${command(first)}\n`,
    );
  }
}

/** What becomes of a credential that nobody sets. */
function derivation(secret: string): string {
  return comesFromOthers(secret)
    ? `${secret} is a password that is derived from the root secret; where the program needs a key or an account that exists, set that`
    : `${secret} is derived from the root secret; for a value of your own`;
}

/** @throws OperatorError when there is no such file, or it is too large for a chart */
function read(file: string): Buffer {
  try {
    const { size } = statSync(file);
    if (size > LIMITS.packed) throw new RefusedChart([`it has ${size} bytes, ${LIMITS.packed} are allowed`]);
    return readFileSync(file);
  } catch (problem) {
    if (problem instanceof OperatorError) throw problem;
    throw new OperatorError(`${file} cannot be read: ${(problem as Error).message}`);
  }
}

function readText(file: string): string {
  return read(file).toString('utf8');
}
