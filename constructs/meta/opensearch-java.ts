import { parseQuantity } from '../kube';
import { CLUSTER_DOMAINS, type Egress } from '../platform/egress';

const MEBIBYTE = 2n ** 20n;

/**
 * Heap that OpenSearch gets in any case, in mebibytes: a JVM takes any number, and one of a few fails only once it
 * runs.
 */
const SMALLEST_HEAP = 256n;

/**
 * Options of OpenSearch's Java: half of the memory that is promised for the heap, the other half stays for files,
 * as far as that leaves enough of a heap; and the proxy, which Java does not take from the environment.
 *
 * @param memory quantity, e.g. `2986Mi`
 * @throws when that is none
 */
export function javaOptions(memory: string, egress?: Egress): string {
  const { numerator, denominator } = parseQuantity(memory);
  const half = numerator / denominator / MEBIBYTE / 2n;
  const heap = half < SMALLEST_HEAP ? SMALLEST_HEAP : half;
  return [`-Xms${heap}m`, `-Xmx${heap}m`, ...(egress ? proxyOptions(egress) : [])].join(' ');
}

function proxyOptions({ proxy, domain }: Egress): string[] {
  const direct = [...CLUSTER_DOMAINS.map((end) => `*${end}`), domain].join('|');
  return ['http', 'https'].flatMap((scheme) => [
    `-D${scheme}.proxyHost=${proxy.host}`,
    `-D${scheme}.proxyPort=${proxy.port}`,
    `-D${scheme}.nonProxyHosts=${direct}`,
  ]);
}
