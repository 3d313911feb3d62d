import { run } from '../tools/run';

/** Collects how long named steps take. */
export class Timings {
  private readonly taken = new Map<string, number[]>();

  /**
   * Runs a program and keeps how long it took under `name`.
   *
   * @throws with what it said, when it fails
   */
  public async run(
    name: string,
    command: string,
    args: readonly string[],
    options: { cwd?: string; env: NodeJS.ProcessEnv },
  ): Promise<void> {
    const begun = process.hrtime.bigint();
    const { code, output } = await run(command, args, options);
    if (code !== 0) throw new Error(`${name} failed: ${output.slice(-2000)}`);
    this.add(name, Number(process.hrtime.bigint() - begun) / 1e9);
  }

  /** Keeps a duration in seconds. */
  public add(name: string, seconds: number): void {
    this.taken.set(name, [...(this.taken.get(name) ?? []), seconds]);
  }

  /** The median of a step. */
  public median(name: string): number {
    const sorted = [...(this.taken.get(name) ?? [])].sort((a, b) => a - b);
    const middle = Math.floor(sorted.length / 2);
    const [low = NaN, high = NaN] =
      sorted.length % 2 === 0 ? [sorted[middle - 1], sorted[middle]] : [sorted[middle], sorted[middle]];
    return (low + high) / 2;
  }

  /** Names of all steps, in the order of their first run. */
  public names(): string[] {
    return [...this.taken.keys()];
  }
}
