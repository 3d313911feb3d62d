import { cut, isList, isObject, type Json, type JsonObject, type Maybe, mapValues, scalar } from '../json';
import { chars, omit } from '../model';

const LONG_TEXT = 200;
const PLACEHOLDER = '<registry>';
// The look-behind only spares a start at every letter of a long word.
const SERVICE_HOST =
  /(?<![a-z0-9]-*)[a-z0-9][a-z0-9-]*\.[a-z0-9][a-z0-9-]*\.svc(?:\.cluster\.local)?(?::[0-9]+)?(?![a-z0-9-])/g;

/** Writes values as the reference does: the registry named by a placeholder, long texts left out. */
export class Texts {
  constructor(private readonly registry: string) {}

  /** A text; a long one or one of several lines is reduced to its length and its hosts. */
  public text(value: Maybe): Json {
    const text = this.named(value);
    const core = text.trim();
    if (chars(core) <= LONG_TEXT && !core.includes('\n')) return text.replace(/^\n+|\n+$/g, '');
    return omit(text, [...new Set(text.match(SERVICE_HOST))].sort());
  }

  /** The texts of a list. */
  public texts(values: readonly Json[]): readonly Json[] {
    return values.map((value) => this.text(value));
  }

  /** The texts of a mapping. */
  public strings(mapping: Maybe): JsonObject {
    return mapValues(mapping, (value) => this.text(value));
  }

  /** Any structure, with texts shortened and descriptions left out. */
  public plain(value: Maybe): Json {
    if (isList(value)) return value.map((item) => this.plain(item));
    if (isObject(value)) {
      const kept = Object.entries(value).filter(([key, inner]) => (inner ?? null) !== null && key !== 'description');
      return Object.fromEntries(kept.map(([key, inner]) => [key, this.plain(inner)]));
    }
    return typeof value === 'number' || typeof value === 'boolean' ? value : this.text(value);
  }

  /** Registry, name, tag and digest of an image reference. */
  public image(value: Maybe): JsonObject {
    const [tagged, digest] = cut(this.named(value), '@');
    const colon = tagged.lastIndexOf(':');
    const hasTag = colon > tagged.lastIndexOf('/');
    const full = hasTag ? tagged.slice(0, colon) : tagged;
    const [host, rest] = cut(full, '/');
    const hasHost = full.includes('/') && (host === PLACEHOLDER || /[.:]/.test(host));
    return {
      name: hasHost ? rest : full,
      tag: hasTag ? tagged.slice(colon + 1) : '',
      registry: hasHost ? host : undefined,
      digest: digest || undefined,
    };
  }

  private named(value: Maybe): string {
    return scalar(value).replaceAll(this.registry, PLACEHOLDER);
  }
}
