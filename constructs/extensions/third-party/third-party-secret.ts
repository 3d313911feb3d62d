/** What a third-party chart is rendered with in place of a credential, e.g. `<secret:password>`. */
const PATTERN = /<secret:([\w.-]+)>/g;

/** The text that stands for the credential `name` in the objects of a third-party chart. */
export function thirdPartySecret(name: string): string {
  return `<secret:${name}>`;
}

/** The names of the credentials in `text`, each once. */
export function thirdPartySecretsIn(text: string): string[] {
  return [...new Set([...text.matchAll(PATTERN)].map((match) => match[1] ?? ''))];
}

/** The name of the credential that `text` is, and nothing else. */
export function wholeThirdPartySecret(text: string): string | undefined {
  const [name] = thirdPartySecretsIn(text);
  return name !== undefined && text === thirdPartySecret(name) ? name : undefined;
}

/** `text` with `values` in place of its credentials; those that have no value stay as they are. */
export function revealThirdPartySecrets(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(PATTERN, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  );
}
