/** What `--set` gives to one path. */
export interface Assignment {
  readonly key: string;

  /** A list is written in braces. */
  readonly value: string | readonly string[];
}

/**
 * Reads the value of a `--set`, as Helm does: `key=value,key=value`; a list is `key={a,b}`, and `\,` is a comma of a
 * value. A key for which `isWhole` holds takes all that follows.
 */
export function readAssignments(
  text: string,
  isWhole: (key: string) => boolean,
): { readonly assignments: readonly Assignment[]; readonly problems: readonly string[] } {
  const assignments: Assignment[] = [];
  let rest = text;
  while (rest !== '') {
    const [head = '', key = ''] = /^((?:[^=,\\]|\\.)+)=/su.exec(rest) ?? [];
    if (key === '') {
      const shown = JSON.stringify(text);
      const problem =
        rest === text
          ? `--set ${shown} is not of the form key=value`
          : `--set ${shown}: ${JSON.stringify(rest)} is not of the form key=value; a comma that belongs to a value is written \\,`;
      return { assignments: [], problems: [problem] };
    }
    rest = rest.slice(head.length);
    if (isWhole(key)) {
      assignments.push({ key, value: rest });
      break;
    }
    const list = /^\{((?:[^\\}]|\\.)*)\}(,|$)/su.exec(rest);
    const end = list?.[0] ?? /^((?:[^,\\]|\\.)*)(,|$)/su.exec(rest)?.[0] ?? rest;
    assignments.push({ key, value: list ? itemsOf(list[1] ?? '') : unescaped(end.replace(/,$/, '')) });
    rest = rest.slice(end.length);
  }
  return assignments.length === 0
    ? { assignments, problems: [`--set ${JSON.stringify(text)} is not of the form key=value`] }
    : { assignments, problems: [] };
}

function itemsOf(text: string): string[] {
  return text === '' ? [] : text.split(/(?<!\\),/).map(unescaped);
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/gsu, '$1');
}
