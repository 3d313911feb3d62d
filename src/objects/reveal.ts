import { holdsSecret, reveal } from '../../constructs/kube';

/** The value of a secret by its name; undefined where only Pulumi can open it. */
export type SecretOf = (name: string) => string | undefined;

/** `text` with its secrets; undefined when one of them is not known. */
export function revealed(text: string, secretOf: SecretOf): string | undefined {
  if (!holdsSecret(text)) return text;
  const values: (string | undefined)[] = [];
  const shown = reveal(text, (name) => values[values.push(secretOf(name)) - 1] ?? '');
  return values.includes(undefined) ? undefined : shown;
}
