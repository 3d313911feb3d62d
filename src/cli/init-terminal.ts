import { OperatorError } from '../base/operator-error';
import type { Respondent } from './init-answers';

/** Whoever sits at the terminal; undefined where there is none. */
export async function atTerminal(): Promise<Respondent | undefined> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return undefined;
  // Loaded here, as no other command needs it.
  const { confirm, input, password, select } = await import('@inquirer/prompts');
  return {
    text: (message, proposal) => interruptible(input({ message, default: proposal })),
    secret: (message) => interruptible(password({ message, mask: true })),
    yes: (message, proposal) => interruptible(confirm({ message, default: proposal })),
    choice: (message, choices, proposal) => interruptible(select({ message, choices, default: proposal })),
    refuse: (reason) => {
      process.stdout.write(`  ${reason}\n`);
    },
  };
}

async function interruptible<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (problem) {
    if (problem instanceof Error && problem.name === 'ExitPromptError')
      throw new OperatorError('nothing was created: the questions were interrupted');
    throw problem;
  }
}
