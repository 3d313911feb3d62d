import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { requirePackages } from '../../../tools/debian';
import type { Origin } from './http';

/** Debian's browser. */
const PROGRAM = '/usr/bin/chromium';

/** Starts a browser that finds the domains at the addresses of the node. */
export async function startBrowser(origins: readonly Origin[]): Promise<Browser> {
  await requirePackages(['chromium']);
  const rules = origins.map(({ domain, address }) => `MAP ${domain} ${address}`).join(', ');
  return chromium.launch({
    executablePath: PROGRAM,
    // Root, as which the node needs its tests to run, gets no sandbox.
    args: [`--host-resolver-rules=${rules}`, '--no-sandbox', '--disable-dev-shm-usage'],
  });
}

/** A visitor with no cookies, who takes the certificate that the platform made for itself. */
export function newVisitor(browser: Browser): Promise<BrowserContext> {
  return browser.newContext({ ignoreHTTPSErrors: true });
}

/** `https://domain`, with the port where it is not the usual one. */
export function urlOf({ domain, port }: Origin, path = ''): string {
  return `https://${domain}${port === 443 ? '' : `:${port}`}${path}`;
}
