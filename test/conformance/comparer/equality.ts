import { escapeRegExp } from './glob';
import { canonical, given, isList, isObject, type Json, list, type Maybe, type Path, scalar } from './json';
import { chars, isOmitted, type Omitted, RANDOM } from './model';

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** Elements of a path below which texts may be quantities. */
const WITH_QUANTITIES = ['resources', 'storage', 'spec'];

/** A text this much shorter than the omitted one is taken for a stub. */
const STUB = 10;

/** Whether the rendered value says the same as the one of the reference. */
export function same(reference: Json, rendered: Json, path: Path = []): boolean {
  if (isOmitted(reference)) return sameText(reference, rendered);
  if (isList(reference) || isList(rendered)) return sameList(reference, rendered);
  if (isObject(reference) || isObject(rendered)) {
    // Only the presence of an empty mapping is a fact, except inside of lists.
    const presence = isObject(reference) && !given(reference) && path.length > 0;
    return presence ? rendered !== null : canonical(reference) === canonical(rendered);
  }
  return sameScalar(scalar(reference), scalar(rendered), path);
}

/** Size of a Kubernetes quantity. */
export function quantity(text: string): number | undefined {
  const [, digits, unit = ''] = /^([0-9.]+)(m|k|M|G|T|Ki|Mi|Gi|Ti)?$/.exec(text) ?? [];
  const size = Number(digits) * (UNITS[unit] ?? Number.NaN);
  return Number.isNaN(size) ? undefined : size;
}

function sameText(reference: Omitted, rendered: Maybe): boolean {
  if (isOmitted(rendered)) {
    const hosts = list(rendered.hosts);
    return rendered.chars * STUB >= reference.chars && list(reference.hosts).every((host) => hosts.includes(host));
  }
  return typeof rendered === 'string' && rendered !== '' && chars(rendered) * STUB >= reference.chars;
}

function sameList(reference: Json, rendered: Json): boolean {
  if (!isList(reference) || !isList(rendered) || reference.length !== rendered.length) return false;
  return reference.every((item, index) => same(item, rendered[index] ?? null));
}

function sameScalar(reference: string, rendered: string, path: Path): boolean {
  if (reference === rendered) return true;
  if (reference.includes(RANDOM)) return randomPattern(reference).test(rendered);
  if (!path.some((key) => WITH_QUANTITIES.includes(key))) return false;
  const size = quantity(reference);
  return size !== undefined && size === quantity(rendered);
}

/** The random part may be any text; with its dash it may be absent. */
function randomPattern(reference: string): RegExp {
  const source = escapeRegExp(reference).replaceAll(`-${RANDOM}`, '(-.+)?').replaceAll(RANDOM, '.*');
  return new RegExp(`^${source}$`, 's');
}
