import ipaddr from 'ipaddr.js';

/** What is reached without the site's proxies, as squid's access lists take it. */
export interface Exceptions {
  /** For `dstdomain`; a leading dot takes in the domain itself and all below. */
  readonly domains: readonly string[];

  /** For `dst`, in CIDR notation. */
  readonly networks: readonly string[];
}

/**
 * Sorts the entries of a `no_proxy` list. Squid refuses a domain that another entry takes in already, and of two
 * networks that overlap it may forget the wider one: each stands once, by its widest entry. Squid knows neither
 * `*.example.org` nor ports.
 */
export function exceptionsOf(noProxy: readonly string[]): Exceptions {
  const entries = noProxy
    .map((entry) =>
      entry
        .toLowerCase()
        .replace(/^\*\./, '.')
        .replace(/^([^:]*):\d+$/, '$1'),
    )
    .filter((entry) => entry !== '');
  const networks = new Map(entries.map((entry) => [entry, networkOf(entry)]));
  return {
    domains: widest(
      entries.filter((entry) => networks.get(entry) === undefined),
      takesIn,
    ),
    networks: widest(
      [...networks.values()].filter((network) => network !== undefined),
      contains,
    ),
  };
}

const { IPv4, IPv6 } = ipaddr;

/** The network that an entry stands for, without bits beyond its mask; none for a domain. */
function networkOf(entry: string): string | undefined {
  const [address = '', bits] = entry.split('/');
  const kind = IPv4.isValidFourPartDecimal(address) ? IPv4 : IPv6.isValid(address) ? IPv6 : undefined;
  const cidr = `${address}/${bits ?? (kind === IPv4 ? 32 : 128)}`;
  if (kind === undefined || !ipaddr.isValidCIDR(cidr)) return undefined;
  return `${kind.networkAddressFromCIDR(cidr).toString()}/${ipaddr.parseCIDR(cidr)[1]}`;
}

/** Each of `entries` once, and none that another one covers. */
function widest(entries: readonly string[], covers: (wide: string, narrow: string) => boolean): string[] {
  return [...new Set(entries)].filter((entry, _, all) => !all.some((other) => other !== entry && covers(other, entry)));
}

function takesIn(wide: string, domain: string): boolean {
  return wide.startsWith('.') && `.${domain}`.endsWith(wide);
}

function contains(wide: string, narrow: string): boolean {
  const [network, [address, bits]] = [ipaddr.parseCIDR(wide), ipaddr.parseCIDR(narrow)];
  return network[0].kind() === address.kind() && network[1] <= bits && address.match(network);
}
