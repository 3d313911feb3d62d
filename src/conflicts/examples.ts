import { isWithin } from '../base/paths';
import type { ClaimKind } from '../claims/claim';
import type { OwnedClaim } from './conflict';

/** Directories that data may lie in; the first one that is nobody's own as a whole. */
const PARENTS = { directory: ['/home', '/data', '/srv'], export: ['/export', '/data', '/srv'] } as const;

const HIGHEST_PORT = 65_535;
const LOWEST_FREE_PORT = 1024;

/** A value for `setting` instead of `value`, that of nobody in `held`: it can be taken as it is. */
export function example(setting: string, value: string, held: readonly OwnedClaim[]): string | number {
  if (setting.endsWith('Port')) return freePort(Number.parseInt(value, 10), held);
  if (setting.endsWith('Dir')) return freeDirectory('directory', held);
  if (setting === 'nfs.path') return freeDirectory('export', held);
  return setting === 'domain'
    ? numbered((number) => `site${number}.example.org`, valuesOf(['address'], held))
    : freeName(held);
}

/** A name that no instance has, and no namespace begins with. */
export function freeName(held: readonly OwnedClaim[]): string {
  return numbered((number) => `kaapana${number}`, valuesOf(['instance', 'namespace', 'prefix'], held));
}

/** Ports that are usual at one address are usual at the next one with 8 before them: 8080, 8443. */
function freePort(value: number, held: readonly OwnedClaim[]): number {
  const taken = new Set(valuesOf(['port'], held).map((port) => Number.parseInt(port, 10)));
  let port = value < 1000 ? value + 8000 : value + 1;
  while (taken.has(port) || port > HIGHEST_PORT) port = port > HIGHEST_PORT ? LOWEST_FREE_PORT : port + 1;
  return port;
}

function freeDirectory(kind: keyof typeof PARENTS, held: readonly OwnedClaim[]): string {
  const taken = valuesOf([kind], held).map((value) => value.slice(value.indexOf('/')));
  const parent = PARENTS[kind].find((path) => !taken.some((outer) => isWithin(path, outer))) ?? '';
  return numbered((number) => `${parent}/kaapana${number}`, taken);
}

/** The first one that stands in none of `taken`, as names and directories are made longer by others. */
function numbered(written: (number: number) => string, taken: readonly string[]): string {
  let number = 2;
  while (taken.some((value) => value.includes(written(number)))) number++;
  return written(number);
}

function valuesOf(kinds: readonly ClaimKind[], held: readonly OwnedClaim[]): string[] {
  return held.filter(({ kind }) => kinds.includes(kind)).map(({ value }) => value);
}
