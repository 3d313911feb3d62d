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

/** Base64 of a text within another text, e.g. the account in a Docker configuration. */
const ENCODED = /[A-Za-z0-9+/]{12,}={0,2}/g;

/** `text` with each base64 of a text with credentials replaced by what `replace` gives for that text. */
export function withinBase64(text: string, replace: (inner: string) => string): string {
  return text.replace(ENCODED, (whole) => {
    const inner = Buffer.from(whole, 'base64').toString('utf8');
    return whole.length % 4 === 0 && thirdPartySecretsIn(inner).length > 0 ? replace(inner) : whole;
  });
}
