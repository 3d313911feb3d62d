import { z } from 'zod';
import { OperatorError } from '../operator-error';
import { parseSettings } from '../settings/parse';
import { type Problem, SettingsError } from '../settings/problems';
import { unwrapped } from '../settings/shape';
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
 * @throws OperatorError when a given answer is wrong, or one is missing and nobody is there to ask
 */
export async function completed(given: Answers, mistakes: (answers: Answers) => readonly Problem[], respondent?: Respondent): Promise<Answers> {
  let answers = given;
  const missing: string[] = [];
  for (const question of QUESTIONS) {
    if (answers[question.key] !== undefined || question.when?.(answers) === false) continue;
    if (respondent === undefined && question.required) missing.push(`--${question.flag}`);
    const answer = respondent === undefined ? (question.required ? undefined : proposalFor(question, answers)) : await right(question, answers, mistakes, respondent);
    if (answer !== undefined) answers = { ...answers, [question.key]: answer };
  }
  if (missing.length > 0) {
    throw new OperatorError(`init needs ${missing.join(', ').replace(/, ([^,]*)$/, ' and $1')}, or a terminal to ask on`);
  }
  return answers;
}

/** Asks until the answer is right; undefined is none. */
async function right(question: Question, answers: Answers, mistakes: (answers: Answers) => readonly Problem[], respondent: Respondent): Promise<string | boolean | undefined> {
  for (;;) {
    const said = await ask(question, answers, respondent);
    const answer = said === '' ? undefined : said;
    const concerns = question.concerns ?? [question.key];
    const found = mistakes(answer === undefined ? answers : { ...answers, [question.key]: answer });
    const mistake = found.find(({ key }) => concerns.includes(key))?.message ?? (question.required && answer === undefined ? 'is missing' : undefined);
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

/** What is wrong with the settings of `environment`, as far as they go. */
export function mistakesIn(settings: Readonly<Record<string, unknown>>, environment: string): readonly Problem[] {
  try {
    parseSettings(settings, environment);
    return [];
  } catch (problem) {
    if (problem instanceof SettingsError) return problem.problems;
    throw problem;
  }
}
