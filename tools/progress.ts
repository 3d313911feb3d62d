/** Says what a step is doing right now. */
export type Report = (text: string) => void;

/** A finished step. */
export interface FinishedStep {
  readonly title: string;
  readonly seconds: number;
}

const FIRST_LINE_MS = 1_000;
const PLAIN_TICK_MS = 10_000;
const LIVE_TICK_MS = 100;
const FRAMES = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';

/** Shows long steps with their elapsed time: one moving line on a terminal, plain lines elsewhere. */
export class Progress {
  /** The steps so far, for the summary. */
  public readonly finished: FinishedStep[] = [];

  private readonly live: boolean;

  constructor(private readonly out: NodeJS.WriteStream = process.stdout) {
    this.live = out.isTTY && !process.env['CI'];
  }

  /** Runs `work` as a step; `summary` says in a few words what came of it. */
  public async step<T>(
    title: string,
    work: (report: Report) => Promise<T>,
    summary: (value: T) => string = () => '',
  ): Promise<T> {
    const start = Date.now();
    let note = '';
    const stopTicking = this.tick(title, start, () => note);
    try {
      const value = await work((text) => (note = text));
      stopTicking();
      this.done(title, (Date.now() - start) / 1000, summary(value));
      return value;
    } catch (error) {
      stopTicking();
      this.line(`✘ ${title} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
      throw error;
    }
  }

  /** Tells of a step that was run elsewhere. */
  public done(title: string, seconds: number, note: string): void {
    this.finished.push({ title, seconds });
    this.line(`✔ ${title} (${seconds.toFixed(1)} s)${after(': ', note)}`);
  }

  private tick(title: string, start: number, note: () => string): () => void {
    const elapsed = (): number => Math.floor((Date.now() - start) / 1000);
    if (!this.live) {
      const say = (): void => this.line(`  ${title}: ${elapsed()} s${after(', ', note())}`);
      const first = setTimeout(say, FIRST_LINE_MS);
      const later = setInterval(say, PLAIN_TICK_MS);
      return () => {
        clearTimeout(first);
        clearInterval(later);
      };
    }
    let frame = 0;
    const timer = setInterval(() => {
      const text = `${FRAMES[frame++ % FRAMES.length]} ${title} ${elapsed()} s ${note()}`;
      this.out.write(`\r\x1b[K${text.slice(0, this.out.columns - 1)}`);
    }, LIVE_TICK_MS);
    return () => {
      clearInterval(timer);
      this.out.write('\r\x1b[K');
    };
  }

  private line(text: string): void {
    this.out.write(`${text}\n`);
  }
}

function after(separator: string, text: string): string {
  return text === '' ? '' : `${separator}${text}`;
}
