import { type Problem, SettingsError } from '../settings/problems';
import { isSecret, isYesNo, QUESTIONS } from './init-questions';

/** What is wrong with answers. */
export function refusal(environment: string, problems: readonly Problem[]): SettingsError {
  return new SettingsError(environment, problems.map((problem) => ({ ...problem, remedy: byOptions(problem.remedy) })));
}

const COMMAND = /(Remove it: )?pulumi config (?:set|rm)(?: --secret)?(?: --path)? kaapana:(\w+(?:\.\w+)*)(?: ('[^']*'|[^\s;,]+))?/g;

/** A remedy by options: Pulumi's commands are for an environment that is there already. */
function byOptions(remedy: string): string {
  return remedy.replace(COMMAND, (command, remove: string | undefined, key: string, value: string | undefined) => {
    const question = QUESTIONS.find((other) => other.key === key);
    if (!question) return command;
    if (remove !== undefined) return `Leave out --${question.flag}`;
    if (isYesNo(question)) return value === 'false' ? `--no-${question.flag}` : `--${question.flag}`;
    return `--${question.flag} ${isSecret(question) ? '<file>' : value ?? '<value>'}`;
  });
}
