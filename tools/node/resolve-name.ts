import { Resolver } from 'node:dns/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 100;

/** Asks a DNS server for a name until it answers, as a program of its own: SERVER NAME MILLISECONDS. */
export async function main([server = '', name = '', milliseconds]: readonly string[]): Promise<number> {
  const resolver = new Resolver({ timeout: 500, tries: 1 });
  resolver.setServers([server]);
  for (const until = Date.now() + Number(milliseconds); ; await sleep(POLL_MS)) {
    try {
      await resolver.resolve4(name);
      return 0;
    } catch (error) {
      if (Date.now() < until) continue;
      console.error(error);
      return 1;
    }
  }
}
