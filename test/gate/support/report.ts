import * as fs from 'node:fs';
import * as path from 'node:path';
import { GATE_DIR } from './gate';

/** Set to write the page anew in place of the comparison. */
const WRITE = 'KAAPANA_GATE_WRITE';

/** The page of the repository that says what the gate observed. */
const PAGE = 'docs/gate.md';

const HEAD =
  '# What was observed on a real node\n\n' +
  'Written by `npm run gate`, which compares it each time: a first instance in production mode and a further one, side by side.\n';

/** Parts of the page, in their order. */
const TITLES = ['What runs', 'Connections', 'Who gets where', 'Breaks that are noticed'] as const;

/** Where the durations of a run are kept for its suites. */
const DURATIONS = path.join(GATE_DIR, 'durations.json');

/**
 * Compares a part of the page with what the gate saw.
 *
 * @param varying a last sentence that says something else each time, and is not compared; @default - none
 */
export function expectReport(title: (typeof TITLES)[number], report: string, varying?: string): void {
  const kept = readParts();
  if (process.env[WRITE] !== undefined) {
    const said = varying === undefined ? report : `${report}\n${varying}\n`;
    writeParts(new Map(kept).set(title, said));
    return;
  }
  const part = kept.get(title) ?? '';
  const compared = varying === undefined ? part : part.slice(0, report.length);
  if (compared === report) return;
  throw new Error(
    `${PAGE} says something else of "${title}" than was observed; write it anew by ${WRITE}=1 npm run gate:\n${report}`,
  );
}

/** Keeps how long a step took, in seconds. */
export function keepDuration(step: string, seconds: number): void {
  fs.writeFileSync(DURATIONS, JSON.stringify({ ...durations(), [step]: Math.round(seconds) }));
}

/** How long the steps took, in seconds. */
export function durations(): Readonly<Record<string, number>> {
  return fs.existsSync(DURATIONS) ? (JSON.parse(fs.readFileSync(DURATIONS, 'utf8')) as Record<string, number>) : {};
}

function readParts(): ReadonlyMap<string, string> {
  const text = fs.existsSync(PAGE) ? fs.readFileSync(PAGE, 'utf8') : '';
  const [, ...parts] = text.split(/^## /m);
  return new Map(
    parts.map((part) => {
      const end = part.indexOf('\n');
      return [part.slice(0, end), `${part.slice(end + 1).trim()}\n`];
    }),
  );
}

function writeParts(parts: ReadonlyMap<string, string>): void {
  const told = TITLES.filter((title) => parts.has(title));
  fs.writeFileSync(PAGE, [HEAD, ...told.map((title) => `## ${title}\n\n${parts.get(title)}`)].join('\n'));
}
