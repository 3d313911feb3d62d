/** Stands before each key, in environment files and in Pulumi's configuration. */
export const PREFIX = 'kaapana:';

/** A setting's key or path with its namespace; a key of another namespace has it already. */
export function fullKey(key: string): string {
  return /^[^.["]+:/.test(key) ? key : `${PREFIX}${key}`;
}
