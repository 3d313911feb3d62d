/** Something that decides between several outcomes. */
export interface Decision {
  readonly key: string;

  /** Conditions of a template, in order; the last one holds when no other does. */
  readonly conditions: readonly string[];
}

/**
 * One outcome: which condition of each decision holds, and the text that follows; undefined where it does not matter.
 */
export interface Outcome {
  readonly choices: readonly number[];
  readonly text: string | undefined;
}

/** Every way to decide: an index into the conditions of each decision. */
export function everyWay(decisions: readonly Decision[]): number[][] {
  return decisions.reduce<number[][]>(
    (ways, { conditions }) => ways.flatMap((way) => conditions.map((_, index) => [...way, index])),
    [[]],
  );
}

/**
 * A template that gives the text of whichever outcome holds, line by line, and decides nothing that makes no
 * difference.
 */
export function decided(decisions: readonly Decision[], outcomes: readonly Outcome[], from = 0): string {
  const texts = [...new Set(outcomes.flatMap(({ text }) => (text === undefined ? [] : [text])))];
  const [first = ''] = texts;
  const decision = decisions[from];
  if (texts.length < 2 || !decision) return first;
  const parts = partsOf(texts.map((text) => text.split(/(?<=\n)/)));
  if (parts.length > 1) {
    return parts
      .map((part) =>
        decided(
          decisions,
          outcomes.map(({ choices, text }) => ({
            choices,
            text: text === undefined ? undefined : part[texts.indexOf(text)]?.join(''),
          })),
          from,
        ),
      )
      .join('');
  }
  const branches = decision.conditions.map((_, index) => outcomes.filter(({ choices }) => choices[from] === index));
  const alike = branches.every((one, index) => branches.slice(index + 1).every((other) => agree(one, other, from)));
  if (alike) return decided(decisions, merged(branches), from + 1);
  return conditional(
    decision.conditions,
    branches.map((branch) => decided(decisions, branch, from + 1)),
  );
}

/** The lines of all texts in parts that follow each other, of which as many as possible are alike in all. */
function partsOf(texts: readonly (readonly string[])[]): (readonly string[])[][] {
  const [first = []] = texts;
  const isCommon = (index: number): boolean => texts.every((lines) => lines[index] === first[index]);
  if (texts.every((lines) => lines.length === first.length)) {
    const starts = first.flatMap((_, index) => (index === 0 || isCommon(index) !== isCommon(index - 1) ? [index] : []));
    return starts.map((start, index) => texts.map((lines) => lines.slice(start, starts[index + 1])));
  }
  const shortest = Math.min(...texts.map((lines) => lines.length));
  let head = 0;
  while (head < shortest && isCommon(head)) head += 1;
  let tail = 0;
  while (tail < shortest - head && texts.every((lines) => lines.at(-1 - tail) === first.at(-1 - tail))) tail += 1;
  const cut = texts.map((lines) => [
    lines.slice(0, head),
    lines.slice(head, lines.length - tail),
    lines.slice(lines.length - tail),
  ]);
  return [0, 1, 2]
    .map((part) => cut.map((lines) => lines[part] ?? []))
    .filter((part) => part.some((lines) => lines.length > 0));
}

function conditional(conditions: readonly string[], texts: readonly string[]): string {
  const [when = '', ...others] = conditions;
  const [text = '', rest = ''] = texts;
  if (text === '' && others.length === 1) return `{{- if not (${when}) }}\n${rest}{{- end }}\n`;
  const lines = texts.map((each, index) => {
    const isLast = index === texts.length - 1;
    if (isLast && each === '') return '';
    return `${index === 0 ? `{{- if ${when} }}` : isLast ? '{{- else }}' : `{{- else if ${conditions[index] ?? ''} }}`}\n${each}`;
  });
  return `${lines.join('')}{{- end }}\n`;
}

/** Whether two branches lead to the same texts, however the later decisions fall. */
function agree(a: readonly Outcome[], b: readonly Outcome[], from: number): boolean {
  return a.every(({ choices, text }) => {
    const other = b.find((candidate) => candidate.choices.slice(from + 1).join() === choices.slice(from + 1).join());
    return other?.text === undefined || text === undefined || other.text === text;
  });
}

/** One branch for several that agree: what does not matter in one is as in another. */
function merged(branches: readonly (readonly Outcome[])[]): Outcome[] {
  const [first = [], ...others] = branches;
  return first.map(({ choices, text }, index) => ({
    choices,
    text: text ?? others.map((branch) => branch[index]?.text).find((candidate) => candidate !== undefined),
  }));
}
