import { isObject, type Json, type JsonObject } from '../objects/manifest';

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

/** What stands in YAML for something open: a value, a line for itself, or the name in an entry of a map. */
export type Mark = (expression: string, as?: 'value' | 'line' | 'entry') => string;

/** Texts that stand for open values, and the template expressions for them. */
export class OpenTexts {
  private readonly pattern: RegExp;

  /** Expressions of what is encoded, which stand for it while that around it is read. */
  private readonly encoded: string[] = [];

  /** `lists` has the text that stands for the names of entries, and what lists them. */
  constructor(
    private readonly known: ReadonlyMap<string, string>,
    private readonly secretOf: (name: string) => string,
    private readonly lists: ReadonlyMap<string, string> = new Map(),
  ) {
    const texts = [...known.keys()]
      .sort((a, b) => b.length - a.length)
      .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    this.pattern = new RegExp(`(${[...texts, '\uE000[^\uE001]+\uE001', '\uF000\\d+\uF001'].join('|')})`);
  }

  /** The expression that gives `text`; undefined where nothing in it is open. */
  public expressionOf(text: string): string | undefined {
    let rest = text;
    while (INNERMOST_ENCODED.test(rest))
      rest = rest.replace(INNERMOST_ENCODED, (_, kind: string, inner: string) => this.encode(kind, inner));
    const parts = rest.split(this.pattern);
    if (parts.length === 1) return undefined;
    const shape = parts.map((part, index) => (index % 2 === 0 ? part.replaceAll('%', '%%') : '%v')).join('');
    const values = parts.filter((_, index) => index % 2 === 1).map((part) => this.one(part));
    const [only = ''] = values;
    return shape === '%v' ? only : call('printf', literal(shape), ...values);
  }

  /** `value` as YAML of a template would have it, by `mark`, which notes an expression and gives what stands for it. */
  public mark(value: Json, mark: Mark): Json {
    if (typeof value === 'number') {
      const expression = this.known.get(String(value));
      return expression === undefined ? value : mark(`int64 ${expression}`);
    }
    if (typeof value === 'string') {
      const expression = this.expressionOf(value);
      return expression === undefined
        ? value
        : mark(`${expression.startsWith('(printf ') ? expression.slice(1, -1) : `toString ${expression}`} | toJson`);
    }
    if (Array.isArray(value)) return value.flatMap((item: Json) => this.markItem(item, mark));
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, item]) =>
        item === undefined ? [] : [[this.markKey(key, value, mark), this.mark(item, mark)]],
      ),
    );
  }

  /** An item of a list; as many of them where it stands for all entries of a map. */
  private markItem(item: Json, mark: Mark): Json[] {
    const list = [...this.lists].find(([name]) => names(item, name))?.[1];
    const marked = this.mark(item, mark);
    return list === undefined ? [marked] : [mark(`- range ${list}`, 'line'), marked, mark('- end', 'line')];
  }

  /** Entries that stand there win over those of a list. */
  private markKey(key: string, { [key]: _, ...others }: JsonObject, mark: Mark): string {
    const list = this.lists.get(key);
    if (list === undefined) return String(this.mark(key, mark));
    const taken = call('list', ...Object.keys(others).map(literal));
    return mark(`- range ${list} }}{{ if not (has (toString .name) ${taken})`, 'entry');
  }

  private encode(kind: string, inner: string): string {
    const expression = this.expressionOf(inner) ?? literal(inner);
    const whole =
      kind === '\uE002'
        ? call('b64enc', expression)
        : `(toRawJson ${expression} | trimPrefix "\\"" | trimSuffix "\\"")`;
    return `\uF000${this.encoded.push(whole) - 1}\uF001`;
  }

  private one(part: string): string {
    if (part.startsWith('\uF000')) return this.encoded[Number(part.slice(1, -1))] ?? '';
    return this.known.get(part) ?? this.secretOf(part.slice(1, -1));
  }
}

/** Whether `name` is in a text of `item`, lists in it left out. */
function names(item: Json | undefined, name: string): boolean {
  return typeof item === 'string'
    ? item.includes(name)
    : isObject(item) && Object.values(item).some((value) => names(value, name));
}
