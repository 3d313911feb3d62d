import { HowTo, shellWord } from '../findings/how-to';
import { type Answers, isSecret, isYesNo, type Question, QUESTIONS } from './init-questions';

/** What is mended by options: Pulumi's commands are for an environment that is there already. */
export class ByOptions extends HowTo {
  protected override remove(key: string, nested?: boolean): string {
    const question = questionOf(key);
    return question ? `Leave out --${question.flag}` : super.remove(key, nested);
  }

  protected override setting(key: string, value: unknown): string {
    const question = questionOf(key);
    return question ? optionFor(question, value) : super.setting(key, value);
  }

  protected override secretSetting(key: string): string {
    const question = questionOf(key);
    return question ? `--${question.flag} <file>` : super.secretSetting(key);
  }
}

/** The command that gives these answers, but for secrets. @param isWhole whether nothing else is to be asked */
export function commandFor(environment: string, answers: Answers, isWhole: boolean): string {
  const options = QUESTIONS.flatMap((question) => {
    const answer = answers[question.key];
    return answer === undefined || isSecret(question) ? [] : [optionFor(question, answer)];
  });
  return ['npx kaapana init', environment, ...options, ...(isWhole ? ['--yes'] : [])].join(' ');
}

function questionOf(key: string): Question | undefined {
  return QUESTIONS.find((question) => question.key === key);
}

function optionFor(question: Question, value: unknown): string {
  if (isYesNo(question)) return String(value) === 'false' ? `--no-${question.flag}` : `--${question.flag}`;
  return `--${question.flag} ${shellWord(String(value))}`;
}
