import { join, relative, resolve } from 'node:path';
import { yaml } from '../../constructs/kube/yaml';
import { PREFIX } from '../base/keys';
import { schema } from '../settings/schema';
import { type Answers, fieldOf, isSecret, QUESTIONS } from './init-questions';

/** JSON schema of such files, in the folder of this program, also when it is bundled. */
const SCHEMA = join(resolve(__dirname, '..', '..'), 'kaapana.schema.json');

/** The answers as settings; groups are groups. */
export function settingsOf(answers: Answers): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  for (const [key, answer] of Object.entries(answers)) {
    const [first = '', second] = key.split('.');
    settings[first] = second === undefined ? answer : { ...(settings[first] as object | undefined), [second]: answer };
  }
  return settings;
}

/** The secrets among the answers, by the path of their setting. */
export function secretsOf(answers: Answers): Map<string, string> {
  return new Map(
    QUESTIONS.filter((question) => isSecret(question) && answers[question.key] !== undefined).map(({ key }) => [
      key,
      String(answers[key]),
    ]),
  );
}

/** The environment's file: each answer that is no secret below what its setting means. */
export function fileContent(environment: string, answers: Answers): string {
  const plain = QUESTIONS.filter((question) => answers[question.key] !== undefined && !isSecret(question));
  // As the schema reads them: a port is a number.
  const settings = settingsOf(
    Object.fromEntries(
      plain.map((question) => [question.key, fieldOf(question).parse(answers[question.key]) as string | boolean]),
    ),
  );
  const lines = Object.entries(settings).flatMap(([key, value]) => [
    `# ${schema.shape[key as keyof typeof schema.shape].description}`,
    ...yaml({ [`${PREFIX}${key}`]: value })
      .trimEnd()
      .split('\n'),
  ]);
  return [
    // Editors read it, and check by it what is typed.
    `# yaml-language-server: $schema=${relative(process.cwd(), SCHEMA)}`,
    `# The environment "${environment}"; README.md lists all settings.`,
    'config:',
    ...lines.map((line) => `  ${line}`),
    '',
  ].join('\n');
}
