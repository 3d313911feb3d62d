import { isObject, type Json } from '../bridge/manifest';

/** The value `name` that all charts of a platform have, in a template. */
export function globalValue(name: string): string {
  return `.Values.global.${name}`;
}

/** A text in a template. */
export function literal(text: string): string {
  return JSON.stringify(text);
}

/** A call in a template. */
export function call(name: string, ...values: readonly string[]): string {
  return `(${[name, ...values].join(' ')})`;
}

const INNERMOST_ENCODED = /([\uE002\uE004])([^\uE002-\uE005]*)[\uE003\uE005]/;

/** Texts that stand for open values, and the template expressions for them. */
export class OpenTexts {
  private readonly pattern: RegExp;

  /** Expressions of what is encoded, which stand for it while that around it is read. */
  private readonly encoded: string[] = [];

  constructor(private readonly known: ReadonlyMap<string, string>, private readonly secretOf: (name: string) => string) {
    const texts = [...known.keys()].sort((a, b) => b.length - a.length).map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    this.pattern = new RegExp(`(${[...texts, '\uE000[^\uE001]+\uE001', '\uF000\\d+\uF001'].join('|')})`);
  }

  /** The expression that gives `text`; undefined where nothing in it is open. */
  public expressionOf(text: string): string | undefined {
    let rest = text;
    while (INNERMOST_ENCODED.test(rest)) rest = rest.replace(INNERMOST_ENCODED, (_, kind: string, inner: string) => this.encode(kind, inner));
    const parts = rest.split(this.pattern);
    if (parts.length === 1) return undefined;
    const shape = parts.map((part, index) => (index % 2 === 0 ? part.replaceAll('%', '%%') : '%v')).join('');
    const values = parts.filter((_, index) => index % 2 === 1).map((part) => this.one(part));
    const [only = ''] = values;
    return shape === '%v' ? only : call('printf', literal(shape), ...values);
  }

  /** `value` as YAML of a template would have it, by `mark`, which notes an expression and gives what stands for it. */
  public mark(value: Json, mark: (expression: string) => string): Json {
    if (typeof value === 'number') {
      const expression = this.known.get(String(value));
      return expression === undefined ? value : mark(`int64 ${expression}`);
    }
    if (typeof value === 'string') {
      const expression = this.expressionOf(value);
      return expression === undefined ? value : mark(`${expression.startsWith('(printf ') ? expression.slice(1, -1) : `toString ${expression}`} | toJson`);
    }
    if (Array.isArray(value)) return value.map((item: Json) => this.mark(item, mark));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).flatMap(([key, item]) => (
      item === undefined ? [] : [[String(this.mark(key, mark)), this.mark(item, mark)]])));
  }

  private encode(kind: string, inner: string): string {
    const expression = this.expressionOf(inner) ?? literal(inner);
    const whole = kind === '\uE002' ? call('b64enc', expression)
      : `(toRawJson ${expression} | trimPrefix "\\"" | trimSuffix "\\"")`;
    return `\uF000${this.encoded.push(whole) - 1}\uF001`;
  }

  private one(part: string): string {
    if (part.startsWith('\uF000')) return this.encoded[Number(part.slice(1, -1))] ?? '';
    return this.known.get(part) ?? this.secretOf(part.slice(1, -1));
  }
}
