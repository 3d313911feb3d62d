/**
 * Texts that stand for a secret until the bridge or the renderer puts the secret in.
 *
 * A token may stand anywhere inside a longer text; it survives joining. It does not survive encoding, so `base64` and
 * `json` of what holds a token are themselves left to the last moment.
 */
const SECRET = { open: '\uE000', close: '\uE001' } as const;
const ENCODED = { open: '\uE002', close: '\uE003' } as const;
const ESCAPED = { open: '\uE004', close: '\uE005' } as const;

const SECRET_PATTERN = /\uE000([^\uE000-\uE005]+)\uE001/g;
const INNERMOST_PATTERN = /([\uE002\uE004])([^\uE000-\uE005]*)[\uE003\uE005]/g;
const ANY_PATTERN = /[\uE000-\uE005]/;

declare const token: unique symbol;

/** A text that stands for a secret. A plain one does not pass for it, and a message that shows it shows no secret. */
export type SecretToken = string & { readonly [token]: true };

/** The text that stands for the secret called `name`, e.g. `credentials.minioPassword`. */
export function secretToken(name: string): SecretToken {
  if (name === '' || ANY_PATTERN.test(name)) throw new Error(`"${name}" cannot name a secret`);
  return `${SECRET.open}${name}${SECRET.close}` as SecretToken;
}

/** Whether `text` stands for, or holds, a secret. */
export function holdsSecret(text: string): boolean {
  return ANY_PATTERN.test(text);
}

/** The names of the secrets in `text`, in order of appearance, each once. */
export function secretsIn(text: string): string[] {
  return [...new Set([...text.matchAll(SECRET_PATTERN)].map((match) => match[1] ?? ''))];
}

/** Base64 of `text` (UTF-8): at once, or once the secrets in it are known. */
export function base64(text: string): string {
  return holdsSecret(text) ? `${ENCODED.open}${text}${ENCODED.close}` : Buffer.from(text, 'utf8').toString('base64');
}

/** JSON of `value`, in which texts with secrets are escaped once the secrets are known. */
export function json(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'string' && holdsSecret(item) ? `${ESCAPED.open}${item}${ESCAPED.close}` : item,
  );
}

/** `text` with every secret replaced by what `valueOf` gives for its name, then encoded where asked. */
export function reveal(text: string, valueOf: (name: string) => string): string {
  let open = text.replace(SECRET_PATTERN, (_, name: string) => valueOf(name));
  // From the inside out: what is encoded may stand in a text that is encoded again.
  while (holdsSecret(open))
    open = open.replace(INNERMOST_PATTERN, (_, kind: string, inner: string) => encoded(kind, inner));
  return open;
}

function encoded(kind: string, inner: string): string {
  return kind === ENCODED.open ? base64(inner) : JSON.stringify(inner).slice(1, -1);
}
