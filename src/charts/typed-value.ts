import { isObject, type Json } from '../objects/manifest';

/** What decides which type a text becomes. */
export interface Expected {
  /** The chart's own value. @default - it has none */
  readonly fallback: Json | undefined;

  /** Types that its schema allows. @default - any */
  readonly types: readonly string[];
}

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;
const WORDS: Readonly<Record<string, Json>> = { true: true, false: false, null: null };

/**
 * The value that the text of a `--set` stands for: of the type that the schema allows or the chart's own value has,
 * else as Helm takes it. So a tag 1.10 stays a text where the chart has one, and a delay of 60 is a number.
 *
 * @throws Error with a sentence about the text
 */
export function typedValue(text: string, { fallback, types }: Expected): Json {
  const usual = asHelmTakesIt(text);
  if (usual === null) return null;
  if (types.length > 0) return fitting(text, usual, fallback, types);
  if (typeof fallback === 'string') return text;
  if (typeof fallback === 'boolean') {
    if (typeof usual === 'boolean') return usual;
    throw new Error(`${JSON.stringify(text)} is neither true nor false`);
  }
  if (typeof fallback === 'number') {
    if (NUMBER.test(text)) return Number(text);
    throw new Error(
      `${JSON.stringify(text)} is not a number, as the chart's ${fallback} is; --set-string gives a text`,
    );
  }
  if (Array.isArray(fallback))
    throw new Error('it is a list: write {a,b}, or [0] after its name for one item; --values gives any list');
  if (isObject(fallback) && Object.keys(fallback).length > 0) {
    throw new Error('it is a group of values: write the name of one, with a dot; --values gives a whole group');
  }
  return usual;
}

/** As Helm: words and whole numbers have their meaning, and all else is a text. */
function asHelmTakesIt(text: string): Json {
  if (Object.hasOwn(WORDS, text)) return WORDS[text] ?? null;
  return /^(0|-?[1-9]\d*)$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : text;
}

function fitting(text: string, usual: Json, fallback: Json | undefined, types: readonly string[]): Json {
  const allowsNumbers = types.includes('number') || types.includes('integer');
  if (types.includes('string') && typeof fallback === 'string') return text;
  if (types.includes('boolean') && typeof usual === 'boolean') return usual;
  if (allowsNumbers && NUMBER.test(text)) return Number(text);
  if (types.includes('string')) return text;
  throw new Error(
    `${JSON.stringify(text)} is not of the type ${types.join(' or ')}, which the chart's schema asks for`,
  );
}
