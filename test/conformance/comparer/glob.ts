/**
 * Whether a text matches a shell pattern: `*` any characters, `?` one, `[ab]` one of a set, `[!ab]` none of it.
 *
 * A bracket that nothing closes stands for itself, and so does the `[]` of fact names.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  let compiled = COMPILED.get(pattern);
  if (compiled === undefined) {
    compiled = compile(pattern);
    COMPILED.set(pattern, compiled);
  }
  return compiled.test(text);
}

/** Text as a regular expression that matches nothing else. */
export function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

const COMPILED = new Map<string, RegExp>();
const TOKEN = /\*|\?|\[(!?)(\]?[^\]]*)\]|[^]/gu;

function compile(pattern: string): RegExp {
  const source = pattern.replace(TOKEN, (token: string, negated: string | undefined, members: string | undefined) => {
    if (token === '*') return '.*';
    if (token === '?') return '.';
    return members ? `[${negated ? '^' : ''}${members.replace(/[\\^[\]]/g, '\\$&')}]` : escapeRegExp(token);
  });
  return new RegExp(`^${source}$`, 'su');
}
