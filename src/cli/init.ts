import { existsSync, readFileSync, rmSync } from 'node:fs';
import { Command } from 'commander';
import { writeTogether } from '../base/files';
import { OperatorError } from '../base/operator-error';
import { FindingsError } from '../findings/error';
import { dnsLabel } from '../settings/fields';
import type { Mistake } from '../settings/problems';
import { schema } from '../settings/schema';
import { completed, mistakesIn } from './init-answers';
import { fileContent, secretsOf } from './init-file';
import { type Answers, isSecret, isYesNo, type Question, QUESTIONS, wordingOf } from './init-questions';
import { ByOptions, commandFor } from './init-remedies';
import { newSecrets, takeServersOwn } from './init-secrets';
import { atTerminal } from './init-terminal';
import { pulumi, stacks } from './pulumi';

type Options = Readonly<Record<string, string | boolean | undefined>>;

/** `kaapana init`: the file and the stack of a new environment, with secrets of its own. */
export function initCommand(): Command {
  const command = new Command('init')
    .description(
      'create an environment: its file, its Pulumi stack, and random secrets. Asks for everything that no option gives',
    )
    .argument('<environment>', 'its name, e.g. prod')
    .option('-y, --yes', 'do not ask: use the proposed answers');
  for (const question of QUESTIONS) addOption(command, question);
  return command.action(async (environment: string, options: Options) => {
    const file = `Pulumi.${environment}.yaml`;
    if (!dnsLabel.safeParse(environment).success)
      throw new OperatorError(
        `"${environment}" is not a name of an environment: at most 63 lower-case letters, digits and "-", and no "-" at the ends`,
      );
    if (existsSync(file))
      throw new OperatorError(
        `${file} exists already and was not changed: it has the passwords of what was deployed with it. Choose another name`,
      );
    const secrets = newSecrets();
    const credentials = Object.fromEntries(
      [...secrets].map(([path, secret]) => [path.replace('credentials.', ''), secret]),
    );
    const mistakes = (answers: Answers): readonly Mistake[] => mistakesIn(answers, credentials, environment);
    const given = givenBy(options);
    refuse(environment, concerning(given, mistakes(given)));
    const respondent = options['yes'] ? undefined : await atTerminal();
    refuseDeployed(environment, file);
    let answers = given;
    let isWhole = false;
    try {
      answers = await completed(given, mistakes, respondent, (soFar) => {
        answers = soFar;
      });
      isWhole = true;
      refuse(environment, mistakes(answers));
      if (typeof answers['serverStack'] === 'string') takeServersOwn(secrets, answers['serverStack']);
      make(environment, file, answers, new Map([...secrets, ...secretsOf(answers)]));
    } catch (problem) {
      throw respondent === undefined ? problem : withAnswers(problem, environment, answers, isWhole);
    }
    process.stdout.write(
      `${file} is written, with ${secrets.size + secretsOf(answers).size} secrets, encrypted. Review it, then:\n`,
    );
    process.stdout.write(
      nextSteps(environment, answers)
        .map((step) => `  ${step}\n`)
        .join(''),
    );
  });
}

function addOption(command: Command, question: Question): void {
  const { flag } = question;
  const words = wordingOf(question);
  if (isYesNo(question)) command.option(`--${flag}`, words).option(`--no-${flag}`, 'not so');
  else
    command.option(
      `--${flag} <${isSecret(question) ? 'file' : 'value'}>`,
      isSecret(question) ? `file with it: ${words}` : words,
    );
}

/** The answers among the options. */
function givenBy(options: Options): Answers {
  return Object.fromEntries(
    QUESTIONS.flatMap((question): [string, string | boolean][] => {
      const value = options[question.flag.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())];
      return value === undefined
        ? []
        : [[question.key, isSecret(question) ? secretIn(String(value), question.flag) : value]];
    }),
  );
}

/** The secret in a file: one on the command line, every process of the machine could read. */
function secretIn(file: string, flag: string): string {
  try {
    return readFileSync(file, 'utf8').trimEnd();
  } catch (problem) {
    throw new OperatorError(`--${flag}: ${file} cannot be read (${(problem as NodeJS.ErrnoException).code})`);
  }
}

/** Those of the problems that are about what was given: the rest is not answered yet. */
function concerning(given: Answers, problems: readonly Mistake[]): readonly Mistake[] {
  const concerned = new Set(
    QUESTIONS.filter(({ key }) => given[key] !== undefined).flatMap(({ key, concerns }) => concerns ?? [key]),
  );
  return problems.filter(({ subject: { key } }) => concerned.has(key));
}

function refuse(environment: string, problems: readonly Mistake[]): void {
  if (problems.length > 0) throw new FindingsError(problems, new ByOptions(environment));
}

/**
 * New secrets would lock the programs of a stack out of their own databases, which lie on the disks also after a
 * destroy.
 */
function refuseDeployed(environment: string, file: string): void {
  const { lastUpdate, resourceCount = 0 } = stacks().get(environment) ?? {};
  const refresh = `pulumi config refresh --stack ${environment}`;
  if (resourceCount > 0) {
    throw new OperatorError(
      `the stack ${environment} is deployed, with ${resourceCount} ${resourceCount === 1 ? 'resource' : 'resources'}, and only ${file}, with its secrets, is gone. New secrets would not open its databases. ` +
        `Get the file of the last update back: ${refresh}`,
    );
  }
  if (lastUpdate !== undefined) {
    throw new OperatorError(
      `the stack ${environment} was deployed before, and its data may be where it was, with the secrets of then. Get the file of the last update back: ${refresh}; ` +
        `or, where no data is left, forget the stack: pulumi stack rm ${environment}`,
    );
  }
}

/** A failure, and how to go on without answering everything again. */
function withAnswers(problem: unknown, environment: string, answers: Answers, isWhole: boolean): unknown {
  if (!(problem instanceof OperatorError) || Object.keys(answers).length === 0) return problem;
  const asksAgain = secretsOf(answers).size > 0;
  return new OperatorError(
    `${problem.message}\nYour answers are not lost${asksAgain ? ', except for passwords' : ''}:\n  ${commandFor(environment, answers, isWhole && !asksAgain)}`,
  );
}

/** Commands that follow. A further instance finds the label on its server already. */
function nextSteps(environment: string, { serverStack, mainNodeName }: Answers): string[] {
  const label = `kubectl label node ${String(mainNodeName ?? '<main node>')} kaapana.io/node=${schema.shape.storageNode.parse(undefined)}`;
  return [
    `npx kaapana check --env ${environment}`,
    ...(serverStack === undefined ? [`${label}   # pods with data wait for a node with it`] : []),
    `pulumi preview --stack ${environment}`,
    `pulumi up --stack ${environment}`,
  ];
}

function make(environment: string, file: string, answers: Answers, secrets: ReadonlyMap<string, string>): void {
  writeTogether(new Map([[file, fileContent(environment, answers)]]));
  try {
    pulumi(['stack', 'select', environment, '--create']);
    for (const [path, secret] of secrets)
      pulumi(['config', 'set', '--secret', '--path', `kaapana:${path}`, '--stack', environment], secret);
  } catch (problem) {
    // So that a second try finds no half of an environment.
    rmSync(file);
    throw problem;
  }
}
