import { z } from 'zod';
import { OperatorError } from '../base/operator-error';
import { FindingsError } from '../findings/error';
import { messageText } from '../findings/texts/settings';
import { fieldProblems } from '../settings/field-problems';
import { parseSettings } from '../settings/parse';
import { isMistake, type Mistake } from '../settings/problems';
import { pathOf, unwrapped } from '../settings/shape';
import { settingsOf } from './init-file';
import { type Answers, fieldOf, isSecret, proposalFor, type Question, QUESTIONS, wordingOf } from './init-questions';

/** Somebody who answers. */
export interface Respondent {
  /** An answer in words; an empty one is none. */
  text(message: string, proposal?: string): Promise<string>;
  secret(message: string): Promise<string>;
  yes(message: string, proposal: boolean): Promise<boolean>;
  choice(message: string, choices: readonly string[], proposal?: string): Promise<string>;

  /** Says what is wrong with the last answer, before it is asked for again. */
  refuse(reason: string): void;
}

/**
 * The answers to all questions: those that are given, and what `respondent` says to the others.
 *
 * @param mistakes finds what is wrong with answers, complete or not
 * @param respondent asked for what is not given. @default - nobody: what is proposed is taken
 * @param note gets the answers so far, after each one
 * @throws OperatorError when a given answer is wrong, or one is missing and nobody is there to ask
 */
export async function completed(
  given: Answers,
  mistakes: (answers: Answers) => readonly Mistake[],
  respondent?: Respondent,
  note: (answers: Answers) => void = () => undefined,
): Promise<Answers> {
  let answers = given;
  const missing: string[] = [];
  for (const question of QUESTIONS) {
    if (answers[question.key] !== undefined || question.when?.(answers) === false) continue;
    if (respondent === undefined && question.required) missing.push(`--${question.flag}`);
    const answer =
      respondent === undefined
        ? question.required
          ? undefined
          : proposalFor(question, answers)
        : await right(question, answers, mistakes, respondent);
    if (answer !== undefined) answers = { ...answers, [question.key]: answer };
    note(answers);
  }
  if (missing.length > 0) {
    throw new OperatorError(
      `init needs ${missing.join(', ').replace(/, ([^,]*)$/, ' and $1')}, or a terminal to ask on`,
    );
  }
  return answers;
}

/** Asks until the answer is right; undefined is none. */
async function right(
  question: Question,
  answers: Answers,
  mistakes: (answers: Answers) => readonly Mistake[],
  respondent: Respondent,
): Promise<string | boolean | undefined> {
  for (;;) {
    const said = await ask(question, answers, respondent);
    const answer = said === '' ? undefined : said;
    const concerns = question.concerns ?? [question.key];
    const found = mistakes(answer === undefined ? answers : { ...answers, [question.key]: answer });
    const wrong = found.find(({ subject }) => concerns.includes(subject.key));
    const mistake = wrong ? messageText(wrong) : question.required && answer === undefined ? 'is missing' : undefined;
    if (mistake === undefined) return answer;
    respondent.refuse(mistake);
  }
}

async function ask(question: Question, answers: Answers, respondent: Respondent): Promise<string | boolean> {
  const message = wordingOf(question);
  const proposal = proposalFor(question, answers);
  const field = unwrapped(fieldOf(question));
  if (isSecret(question)) return respondent.secret(message);
  if (typeof proposal === 'boolean') return respondent.yes(message, proposal);
  if (field instanceof z.ZodEnum) return respondent.choice(message, field.options.map(String), proposal);
  return (await respondent.text(message, proposal)).trim();
}

/** What is wrong with answers for `environment`, as far as they go, beside `credentials` that are right. */
export function mistakesIn(
  answers: Answers,
  credentials: Readonly<Record<string, string>>,
  environment: string,
): readonly Mistake[] {
  try {
    parseSettings({ ...settingsOf(answers), credentials }, environment);
    return fieldMistakes(answers);
  } catch (problem) {
    if (!(problem instanceof FindingsError)) throw problem;
    const found = problem.findings.filter(isMistake);
    const keys = found.map(({ subject: { key } }) => key);
    return [...found, ...fieldMistakes(answers).filter(({ subject: { key } }) => !keys.includes(key))];
  }
}

/**
 * Answers are of their setting's kind also where a value in a file would stand for none, as 0 does for the port of a
 * mail server.
 */
function fieldMistakes(answers: Answers): Mistake[] {
  return QUESTIONS.filter((question) => answers[question.key] !== undefined && !isSecret(question)).flatMap(
    (question) => {
      const read = fieldOf(question).safeParse(answers[question.key]);
      return (read.error?.issues ?? [])
        .flatMap((issue) => fieldProblems({ ...issue, path: [...pathOf(question.key)] }, settingsOf(answers)))
        .slice(0, 1);
    },
  );
}
