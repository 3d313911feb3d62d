/** Something that the operator can mend: its message is sentences for a person, and a stack trace adds nothing. */
export class OperatorError extends Error {
  public override readonly name: string = 'OperatorError';
}

/** A title, and a line for each of `items`. */
export function listed(title: string, items: readonly string[]): string {
  return [title, ...items.map((item) => `  - ${item}`)].join('\n');
}
