import { CLUSTER_DOMAINS, type Egress } from '../egress';

const BYTES: Readonly<Record<string, number>> = {
  '': 1, 'k': 1e3, 'M': 1e6, 'G': 1e9, 'T': 1e12, 'Ki': 2 ** 10, 'Mi': 2 ** 20, 'Gi': 2 ** 30, 'Ti': 2 ** 40,
};

/**
 * Options of OpenSearch's Java: half of the memory that is promised for the heap, the other half stays for files;
 * and the proxy, which Java does not take from the environment.
 *
 * @param memory quantity, e.g. `2986Mi`
 * @throws when that is none
 */
export function javaOptions(memory: string, egress?: Egress): string {
  const heap = Math.floor(mebibytes(memory) / 2);
  return [`-Xms${heap}m`, `-Xmx${heap}m`, ...(egress ? proxyOptions(egress) : [])].join(' ');
}

function proxyOptions({ proxy, domain }: Egress): string[] {
  const direct = [...CLUSTER_DOMAINS.map((end) => `*${end}`), domain].join('|');
  return ['http', 'https'].flatMap((scheme) => [
    `-D${scheme}.proxyHost=${proxy.host}`, `-D${scheme}.proxyPort=${proxy.port}`, `-D${scheme}.nonProxyHosts=${direct}`,
  ]);
}

function mebibytes(quantity: string): number {
  const [, number, unit = ''] = /^([\d.]+(?:[eE]\d+)?)([A-Za-z]*)$/.exec(quantity) ?? [];
  const bytes = Number(number) * (BYTES[unit] ?? Number.NaN);
  if (Number.isNaN(bytes)) throw new Error(`"${quantity}" is no amount of memory; write e.g. 2986Mi`);
  return bytes / 2 ** 20;
}
