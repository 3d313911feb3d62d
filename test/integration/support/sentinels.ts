import { randomBytes } from 'node:crypto';

/** Values that occur nowhere else, one for each secret, and how they would show in a text. */
export class Sentinels {
  private readonly cores = new Map<string, string>();

  /** @param valueOf what a core is wrapped in for one secret; characters that JSON, YAML, URLs and shells escape */
  constructor(
    names: Iterable<string>,
    private readonly valueOf: (name: string, core: string) => string,
  ) {
    for (const name of names) this.cores.set(name, randomBytes(12).toString('hex'));
  }

  /** The secret `name`. */
  public value(name: string): string {
    return this.valueOf(name, this.cores.get(name) ?? '');
  }

  /** Which secrets are in `text`, and in which form: `credentials.initPassword in base64`. */
  public foundIn(text: string): string[] {
    return [...this.cores].flatMap(([name, core]) =>
      [...forms(core)].filter(([, form]) => text.includes(form)).map(([form]) => `${name} ${form}`),
    );
  }
}

/**
 * The forms of `core`, which has only digits and letters: these stay as they are in JSON, in YAML, in a URL and
 * between quotes, so that looking for it finds every escaped form of the secret around it as well.
 */
function forms(core: string): Map<string, string> {
  const encoded = inBase64(core).map((form, index): [string, string] => [`in base64, shifted by ${index}`, form]);
  const twice = inBase64(core)
    .flatMap((form) => inBase64(form))
    .map((form, index): [string, string] => [`in base64 twice, ${index}`, form]);
  return new Map([['plain', core], ['in hex', Buffer.from(core).toString('hex')], ...encoded, ...twice]);
}

/** What is sure to occur in the base64 of any text around `core`: one form for each alignment to three bytes. */
function inBase64(core: string): string[] {
  return [0, 1, 2].map((before) => {
    const bytes = Buffer.from(`${'\0'.repeat(before)}${core}`);
    // The first and the last group of four characters depend on what stands around it.
    const whole = bytes.subarray(before === 0 ? 0 : 3, bytes.length - (bytes.length % 3));
    return whole.toString('base64');
  });
}
