type Suffix = '' | 'n' | 'u' | 'm' | 'k' | 'M' | 'G' | 'T' | 'P' | 'E' | 'Ki' | 'Mi' | 'Gi' | 'Ti' | 'Pi' | 'Ei';

/** A Kubernetes quantity as text, e.g. `250m`, `512Mi` or `1.5Gi`; the compiler checks its suffix. */
export type QuantityText = `${number | bigint}${Suffix}`;

/** A parsed Kubernetes quantity: `units` thousandths of a base unit... exact, whatever the suffix. */
export interface Quantity {
  /** Numerator of the value in base units (bytes, cores). */
  readonly numerator: bigint;
  /** Denominator, a power of ten. */
  readonly denominator: bigint;
  /** Whether it was written with a binary suffix (`Ki`, `Mi` ...). */
  readonly binary: boolean;
}

const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'] as const;
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'] as const;
const PATTERN = /^([+-]?)(\d+(?:\.\d*)?|\.\d+)(?:([eE][+-]?\d+)|([KMGTPE]i|[numkMGTPE]))?$/;

/**
 * Reads a Kubernetes quantity, e.g. `1.5Gi`, `250m`, `1e3`.
 *
 * @throws when `text` is none
 */
export function parseQuantity(text: string): Quantity {
  const match = PATTERN.exec(text);
  if (!match) throw new Error(`"${text}" is not a quantity; write e.g. 500m, 2, 512Mi or 1.5Gi`);
  const [, sign, digits = '', exponent = '', suffix = ''] = match;
  const [whole = '', fraction = ''] = digits.split('.');
  const binary = suffix.endsWith('i');
  const power =
    exponent === '' ? 3 * (DECIMAL.indexOf(suffix as (typeof DECIMAL)[number]) - 3) : Number(exponent.slice(1));
  const ten = (binary ? 0 : power) - fraction.length;
  const two = binary ? 1024n ** BigInt(BINARY.indexOf(suffix as (typeof BINARY)[number])) : 1n;
  const value = BigInt(`${whole}${fraction}`) * (sign === '-' ? -1n : 1n) * two;
  return ten >= 0
    ? { numerator: value * 10n ** BigInt(ten), denominator: 1n, binary }
    : { numerator: value, denominator: 10n ** BigInt(-ten), binary };
}

/**
 * The form that the API server gives back: no fraction, the largest suffix that is exact.
 *
 * @throws when `text` is no quantity
 */
export function canonicalQuantity(text: string): string {
  const { numerator, denominator, binary } = parseQuantity(text);
  if (binary && numerator % denominator === 0n) return scaled(numerator / denominator, 1024n, BINARY);
  const nano = (numerator * 10n ** 9n + denominator - 1n) / denominator; // the API server rounds up, too
  return scaled(nano, 1000n, DECIMAL);
}

/** Compares two quantities: negative, zero or positive. */
export function compareQuantities(left: string, right: string): number {
  const [a, b] = [parseQuantity(left), parseQuantity(right)];
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function scaled(value: bigint, step: bigint, suffixes: readonly string[]): string {
  if (value === 0n) return '0';
  let [rest, index] = [value, 0];
  while (rest % step === 0n && index < suffixes.length - 1) [rest, index] = [rest / step, index + 1];
  return `${rest}${suffixes[index]}`;
}
