import { parse, type ScalarTag } from 'yaml';

/**
 * Whole numbers as Pulumi's reader (go-yaml 3) takes them: with underscores, and in base 2, 8 and 16. A zero in front
 * means base 8 to it, 10 to YAML 1.2, and neither to who wrote it.
 */
const INTEGER: ScalarTag = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  test: /^[-+]?(0[bB][01_]+|0[oO][0-7_]+|0[xX][\da-fA-F_]+|\d[\d_]*)$/,
  resolve: (text, onError) => {
    const digits = text.replace(/[-+_]/g, '');
    if (/^0\d/.test(digits))
      onError('A number with a leading zero is octal for Pulumi; leave the zero out, or put all in quotes');
    return Number(digits) * (text.startsWith('-') ? -1 : 1);
  },
};

/** Numbers with a fraction and underscores. */
const FRACTION: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  test: /^[-+]?\d[\d_]*(\.[\d_]*)?([eE][-+]?\d+)?$/,
  resolve: (text) => Number(text.replaceAll('_', '')),
};

/** Pulumi makes another text of a date. */
const DATE: ScalarTag = {
  tag: 'tag:yaml.org,2002:timestamp',
  default: true,
  test: /^\d{4}-\d{1,2}-\d{1,2}([Tt ]\d.*)?$/,
  resolve: (text, onError) => {
    onError('A date is a time for Pulumi; put it in quotes');
    return text;
  },
};

/**
 * Reads YAML as Pulumi does.
 *
 * @throws YAMLParseError when it is none, or when Pulumi takes something for what nobody means
 */
export function parseAsPulumi(text: string): unknown {
  return parse(text, { merge: true, customTags: (tags) => [INTEGER, FRACTION, DATE, ...tags] });
}
