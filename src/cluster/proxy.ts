import type { Agent } from 'node:http';
import { IPv4, IPv6, parse, parseCIDR } from 'ipaddr.js';

/**
 * The proxy on the way to `url`: the kubeconfig's, else the one that HTTPS_PROXY or HTTP_PROXY name, unless NO_PROXY
 * leaves the host out (golang.org/x/net/http/httpproxy, which kubectl uses).
 *
 * @param given `proxy-url` of the kubeconfig, to which NO_PROXY does not matter
 */
export function proxyFor(url: string, given?: string): string | undefined {
  if (given) return given;
  const { protocol, hostname, port } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const named = variable(protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY');
  if (named === '' || isLoopback(host)) return undefined;
  const isLeftOut = variable('NO_PROXY')
    .split(',')
    .some((entry) => leavesOut(entry.trim().toLowerCase(), host, port || (protocol === 'https:' ? '443' : '80')));
  if (isLeftOut) return undefined;
  return /^(https?|socks5):\/\//.test(named) ? named : `http://${named}`;
}

function variable(name: string): string {
  return process.env[name] || process.env[name.toLowerCase()] || '';
}

/** Without what inet_aton takes besides, such as a number alone. */
function isAddress(host: string): boolean {
  return IPv4.isValidFourPartDecimal(host) || IPv6.isValid(host);
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || (isAddress(host) && parse(host).range() === 'loopback');
}

function leavesOut(entry: string, host: string, port: string): boolean {
  if (entry === '' || entry === '*') return entry === '*';
  if (entry.includes('/')) return isInNetwork(entry, host);
  const [, name = entry, ofPort = port] = /^(.*[^:]|\[.*\]):(\d+)$/.exec(IPv6.isValid(entry) ? '' : entry) ?? [];
  const wanted = name.replace(/^\[|\]$/g, '').replace(/^\*\./, '.');
  if (ofPort !== port) return false;
  if (isAddress(wanted) || isAddress(host))
    return isAddress(wanted) && isAddress(host) && parse(wanted).toString() === parse(host).toString();
  return host === wanted || host.endsWith(wanted.startsWith('.') ? wanted : `.${wanted}`);
}

function isInNetwork(network: string, host: string): boolean {
  try {
    const [address, bits] = parseCIDR(network);
    const own = isAddress(host) ? parse(host) : undefined;
    return own !== undefined && own.kind() === address.kind() && own.match(address, bits);
  } catch {
    return false;
  }
}

/**
 * Connections through `proxy`. What speaks to proxies is loaded for those who have one. As in Go, a SOCKS proxy finds
 * the server's address itself.
 */
export async function proxyAgent(
  proxy: string,
  url: string,
  options: { keepAlive: boolean; maxSockets: number },
): Promise<Agent> {
  if (proxy.startsWith('socks5:')) {
    const { SocksProxyAgent } = await import('socks-proxy-agent');
    return new SocksProxyAgent(proxy.replace(/^socks5:/, 'socks5h:'), options);
  }
  if (url.startsWith('http:')) {
    const { HttpProxyAgent } = await import('http-proxy-agent');
    return new HttpProxyAgent(proxy, options);
  }
  const { HttpsProxyAgent } = await import('https-proxy-agent');
  return new HttpsProxyAgent(proxy, options);
}
