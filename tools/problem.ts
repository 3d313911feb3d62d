/** A failure that the user can mend: what is wrong and the remedy, shown without a stack. */
export class Problem extends Error {
  public override readonly name = 'Problem';
}

/** The text of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
