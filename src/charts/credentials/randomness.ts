import { LONGEST_TEXT, type TextForm } from '../../settings/derive';

/** What a chart makes at random: a text that is another one in each drawing. */
export interface Atom {
  /** Its value in each drawing. */
  readonly drawn: readonly string[];
  readonly form: TextForm;

  /** What stands for it until it is known what becomes of it. */
  readonly sign: string;
}

/** What cannot be derived: why. */
export class NotDerivable extends Error {}

const OPEN = '\uF000';
const CLOSE = '\uF001';
const SIGN = /\uF000(\d+)\uF001/g;
const ENCODED = { open: '\uF002', close: '\uF003' } as const;
const INNERMOST = /\uF002([^\uF002\uF003]*)\uF003/g;

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const BASE64 = /[A-Za-z0-9+/]{12,}={0,2}/g;
const WORDS = new RegExp(`${UUID}|[A-Za-z0-9]+`, 'g');
const HASH = /\$(2[abxy]|apr1|argon2|pbkdf2|scrypt|[156y])[$-]|\{S?SHA\d*\}/;

/** What is shorter may stand in another text by chance. */
const SHORTEST_KNOWN = 6;

/** Samples that tell letters alone from letters and digits. */
const SURE = 64;

/** Finds what differs between drawings, and remembers it: what was drawn once and used twice is one atom. */
export class Randomness {
  private readonly known: Atom[] = [];

  public get atoms(): readonly Atom[] {
    return this.known;
  }

  /**
   * One text of all drawings, with signs in place of what differs.
   *
   * @throws NotDerivable
   */
  public common(texts: readonly string[]): string {
    const [first = ''] = texts;
    if (texts.every((text) => text === first)) return first;
    if (texts.some((text) => text.includes('-----BEGIN ')))
      throw new NotDerivable('a private key or certificate is made at random');
    if (texts.every((text) => HASH.test(text))) throw new NotDerivable('a password is hashed with a random salt');
    return this.byKnown(texts) ?? this.byPieces(texts, BASE64) ?? this.byPieces(texts, WORDS) ?? this.whole(texts);
  }

  /** `text` with what `of` gives for the atom at each position. */
  public static fill(text: string, of: (index: number) => string): string {
    let open = text.replace(SIGN, (_, index: string) => of(Number(index)));
    while (open.includes(ENCODED.open))
      open = open.replace(INNERMOST, (_, inner: string) => Buffer.from(inner, 'utf8').toString('base64'));
    return open;
  }

  /** The positions of the atoms in a text. */
  public static in(text: string): number[] {
    return [...text.matchAll(SIGN)].map((match) => Number(match[1]));
  }

  private byKnown(texts: readonly string[]): string | undefined {
    for (const { drawn, sign, form } of this.known) {
      if (form.length < SHORTEST_KNOWN) continue;
      const parts = texts.map((text, index) => text.split(drawn[index] ?? ''));
      const [{ length } = []] = parts;
      if (length === undefined || length < 2 || parts.some((each) => each.length !== length)) continue;
      return Array.from({ length }, (_, at) => this.common(parts.map((each) => each[at] ?? ''))).join(sign);
    }
    return undefined;
  }

  /** Where the drawings have the same text between pieces of that form, each piece is looked at alone. */
  private byPieces(texts: readonly string[], form: RegExp): string | undefined {
    const pieces = texts.map((text) => [...text.matchAll(form)].map(([piece]) => piece));
    const [between = [], ...others] = texts.map((text) => text.split(form));
    if (others.some((other) => JSON.stringify(other) !== JSON.stringify(between))) return undefined;
    return between
      .map((text, at) => {
        if (at === between.length - 1) return text;
        const piece = pieces.map((each) => each[at] ?? '');
        if (piece.every((each) => each === piece[0])) return `${text}${piece[0] ?? ''}`;
        return `${text}${form === BASE64 ? this.encoded(piece) : this.trimmed(piece)}`;
      })
      .join('');
  }

  /** Base64 of a text, such as the account in a Docker configuration; else it is random as it stands. */
  private encoded(pieces: readonly string[]): string {
    const texts = pieces.map((piece) => printable(piece));
    if (texts.every((text) => text !== undefined)) {
      const inner = this.common(texts);
      return Randomness.in(inner).length === 0 ? (pieces[0] ?? '') : `${ENCODED.open}${inner}${ENCODED.close}`;
    }
    return this.byKnown(pieces) ?? this.byPieces(pieces, WORDS) ?? this.whole(pieces);
  }

  private whole(texts: readonly string[]): string {
    const [start, end] = ends(texts);
    const middles = texts.map((text) => text.slice(start, text.length - end));
    // What has nothing in common is one value, of whatever signs.
    const isOne = start + end === 0 && texts.every((text) => /^[\x20-\x7e]+$/.test(text));
    if (!isOne && middles.some((text) => /[\s"'`{}<>]|:\/\//.test(text)))
      throw new NotDerivable('several values in one text are made at random');
    return this.atom(texts, start, end);
  }

  private trimmed(texts: readonly string[]): string {
    const isUuid = texts.every((text) => new RegExp(`^${UUID}$`).test(text));
    const [start, end] = isUuid ? [0, 0] : ends(texts);
    return this.atom(texts, start, end);
  }

  private atom(texts: readonly string[], start: number, end: number): string {
    const [first = ''] = texts;
    const drawn = texts.map((text) => text.slice(start, text.length - end));
    const atom = { drawn, form: formOf(drawn), sign: `${OPEN}${this.known.length}${CLOSE}` };
    this.known.push(atom);
    return `${first.slice(0, start)}${atom.sign}${first.slice(first.length - end)}`;
  }
}

/** How much of the beginning and of the end is the same in all texts. */
function ends(texts: readonly string[]): [start: number, end: number] {
  const [first = ''] = texts;
  const shortest = Math.min(...texts.map(({ length }) => length));
  let start = 0;
  while (start < shortest && texts.every((text) => text[start] === first[start])) start += 1;
  let end = 0;
  while (end < shortest - start && texts.every((text) => text.at(-1 - end) === first.at(-1 - end))) end += 1;
  return [start, end];
}

/** The text that `piece` is the base64 of, if it is one that people write. */
function printable(piece: string): string | undefined {
  if (piece.length % 4 !== 0) return undefined;
  const text = Buffer.from(piece, 'base64').toString('latin1');
  return /^[\x20-\x7e\n\r\t]+$/.test(text) ? text : undefined;
}

/** What texts like these are made of. */
function formOf(drawn: readonly string[]): TextForm {
  const all = drawn.join('');
  const length = Math.max(...drawn.map((text) => text.length));
  if (length > LONGEST_TEXT) throw new NotDerivable(`${length} characters are made at random`);
  if (drawn.every((text) => new RegExp(`^${UUID}$`).test(text))) return { alphabet: 'uuid', length };
  if (/^\d+$/.test(all)) return { alphabet: 'digits', length };
  if (/^[0-9a-f]+$/.test(all)) return { alphabet: 'hex', length };
  if (/^[0-9a-z]+$/.test(all)) return { alphabet: 'lower', length };
  if (/^[A-Za-z]+$/.test(all) && all.length >= SURE) return { alphabet: 'letters', length };
  return { alphabet: /^[A-Za-z0-9+/=]+$/.test(all) && /[+/=]/.test(all) ? 'base64' : 'alphanumeric', length };
}
