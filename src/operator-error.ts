/** Something that the operator can mend: its message is sentences for a person, and a stack trace adds nothing. */
export class OperatorError extends Error {
  public override readonly name: string = 'OperatorError';
}
