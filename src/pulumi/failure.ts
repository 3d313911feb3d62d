import * as pulumi from '@pulumi/pulumi';
import { OperatorError } from '../base/operator-error';

/**
 * `problem` as Pulumi shows it best: a sentence for the operator, or a defect with its stack.
 *
 * The error itself has no stack: Pulumi has it coloured even where it does not show it, and that takes Node 20 more
 * than ten seconds when a path has node_modules in it twice.
 */
export function failure(problem: unknown): pulumi.RunError {
  const defect = problem instanceof Error ? (problem.stack ?? problem.message) : String(problem);
  const text = problem instanceof OperatorError ? problem.message : defect;
  return Object.assign(new pulumi.RunError(text), { stack: undefined });
}
