import { isObject, type Json, type JsonObject } from '../objects/manifest';

/** Where a value stands: keys of mappings, and numbers of lists. */
export type ValuePath = readonly (string | number)[];

/** No list of a chart is longer than Helm lets `--set` make one. */
const LONGEST_LIST = 65_536;

/** Reads a path as `--set` of Helm does: `a.b[0].c`; a dot that belongs to a key is written `\.`. */
export function parsePath(text: string): ValuePath | undefined {
  const path: (string | number)[] = [];
  const part = /(?:^|\.)((?:[^.[\]\\]|\\.)+)((?:\[\d+\])*)/suy;
  while (part.lastIndex < text.length) {
    const match = part.exec(text);
    if (!match) return undefined;
    path.push((match[1] ?? '').replace(/\\(.)/gsu, '$1'));
    path.push(...[...(match[2] ?? '').matchAll(/\d+/g)].map(([index]) => Number(index)));
  }
  return path.length > 0 && path.every((each) => typeof each === 'string' || each <= LONGEST_LIST) ? path : undefined;
}

/** The text that {@link parsePath} reads. */
export function formatPath(path: ValuePath): string {
  return path
    .map((part, index) =>
      typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${part.replace(/[.[\]\\]/g, '\\$&')}`,
    )
    .join('');
}

/** Everything in `value` that is no group of values, and groups without any, each with its path. */
export function leavesOf(value: JsonObject, parent: ValuePath = []): [path: ValuePath, leaf: Json][] {
  return Object.entries(value).flatMap(([key, item]): [ValuePath, Json][] => {
    const path = [...parent, key];
    return isObject(item) && Object.keys(item).length > 0 ? leavesOf(item, path) : [[path, item ?? null]];
  });
}
