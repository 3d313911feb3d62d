import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 120_000;
const PAUSE_MS = 3_000;

/** Looks again until what it sees is `right`, for two minutes at most; gives what it saw last. */
export async function until<Value>(
  look: () => Promise<Value>,
  right: (value: Value) => boolean,
  patience = PATIENCE_MS,
): Promise<Value> {
  for (const end = Date.now() + patience; ; await sleep(PAUSE_MS)) {
    const value = await look();
    if (right(value) || Date.now() > end) return value;
  }
}
