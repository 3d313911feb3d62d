/**
 * `text` with control signs, and those of tokens, as their numbers: it goes to a terminal, and anything may stand in
 * it.
 */
export function printable(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\uE000-\uE005]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
