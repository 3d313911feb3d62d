import { first, second, type Site } from './environments';
import type { Origin } from './http';

/** Where the first and the further instance answer. */
export function originsOf(site: Site): { readonly here: Origin; readonly there: Origin } {
  const origin = ({ domain, httpsPort = 443 }: ReturnType<typeof first>): Origin => ({
    domain: String(domain),
    address: site.node,
    port: Number(httpsPort),
  });
  return { here: origin(first(site)), there: origin(second(site)) };
}
