import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { KAAPANA } from './support';

/** `kaapana` at a pseudo terminal of its own, which `script` of util-linux makes. */
export class Terminal {
  private readonly process;
  private readonly ended: Promise<number | null>;
  private unread = '';
  private screen = '';
  private wake: () => void = () => undefined;

  constructor(args: readonly string[], options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv }) {
    // Wide enough that no question breaks into lines.
    const command = `stty cols 400; exec '${process.execPath}' '${KAAPANA}' ${args.join(' ')}`;
    this.process = spawn('script', ['-qefc', command, '/dev/null'], { ...options, stdio: ['pipe', 'pipe', 'inherit'] });
    this.process.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.unread += text;
      this.screen += text;
      this.wake();
    });
    this.ended = new Promise((resolve) => {
      this.process.on('close', (status) => {
        resolve(status);
        this.wake();
      });
    });
  }

  /** Waits until the terminal shows `words`, after what was waited for before. */
  public async shows(words: string): Promise<void> {
    for (;;) {
      const at = stripVTControlCharacters(this.unread).indexOf(words);
      if (at >= 0) break;
      if (this.process.exitCode !== null) throw new Error(`it ended before it showed "${words}":\n${this.text}`);
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    this.unread = '';
  }

  /** Types `keys` as they are. */
  public type(keys: string): void {
    this.process.stdin.write(keys);
  }

  /** Waits for its end; gives its exit code. */
  public async end(): Promise<number | null> {
    return this.ended;
  }

  /** All that it showed, without colours. */
  public get text(): string {
    return stripVTControlCharacters(this.screen).replaceAll('\r', '');
  }
}
