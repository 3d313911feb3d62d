import ipaddr from 'ipaddr.js';
import { firstFree } from '../../../constructs/kube/port';
import { rule } from './rule';

/** Ports of the server's own programs: on every node, a service of that port would get their traffic. */
const SERVER_PORTS: ReadonlyMap<number, string> = new Map([
  [6443, 'the API server'],
  [16443, 'the API server of MicroK8s'],
  [10250, 'the kubelet'],
  [2379, 'etcd'],
  [2380, 'etcd'],
]);

/** Each port has one use. */
export const ports = rule([], ({ httpPort, httpsPort, dicomPort }, { howTo }) => {
  const given = Object.entries({ httpPort, httpsPort, dicomPort }).filter(
    (entry): entry is [string, number] => (entry[1] ?? 0) !== 0,
  );
  return given.flatMap(([key, port], index) => {
    const other = given.slice(0, index).find(([, taken]) => taken === port)?.[0];
    const user = other === undefined ? SERVER_PORTS.get(port) : `the ${other}`;
    return user === undefined
      ? []
      : [
          {
            key,
            message: `${port} is the port of ${user} already`,
            remedy: howTo.set(
              key,
              free(
                key,
                given.map(([, taken]) => taken),
              ),
            ),
          },
        ];
  });
});

/** A usual port for `key` that is not `taken`. */
function free(key: string, taken: readonly number[]): number {
  return firstFree({ httpPort: 8080, httpsPort: 8443 }[key] ?? 11113, taken);
}

/** Networks are written as Kubernetes takes them. */
export const networks = rule([], ({ internalCidrs = [] }, { howTo }) =>
  internalCidrs.flatMap((cidr, index) => {
    const key = `internalCidrs[${index}]`;
    if (!ipaddr.isValidCIDR(cidr)) {
      return [{ key, message: `"${cidr}" is no network in CIDR notation`, remedy: howTo.set(key, '10.152.183.0/24') }];
    }
    const [address, bits] = ipaddr.parseCIDR(cidr);
    const network = (address.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6).networkAddressFromCIDR(cidr).toString();
    // Kubernetes takes no short and no octal form, e.g. 10.1/16 or 010.0.0.0/8.
    const reason =
      network !== address.toString()
        ? 'has bits beyond its mask'
        : cidr !== `${network}/${bits}`
          ? 'is not written as Kubernetes takes it'
          : undefined;
    return reason === undefined
      ? []
      : [{ key, message: `"${cidr}" ${reason}`, remedy: howTo.set(key, `${network}/${bits}`) }];
  }),
);

/** Without a connection to the internet, images have to come from inside the site. */
export const offline = rule(
  ['offlineMode', 'chartPath', 'containerRegistryUrl'],
  ({ offlineMode, chartPath, containerRegistryUrl }, { howTo }) =>
    !offlineMode || chartPath !== undefined || isLocal(containerRegistryUrl.split('/')[0] ?? '')
      ? []
      : [
          {
            key: 'offlineMode',
            message: `needs a chartPath or a registry inside the site, and "${containerRegistryUrl}" is not known to be one`,
            remedy: `${howTo.set('chartPath', '/opt/kaapana/kaapana-admin-chart-0.6.0.tgz')}; or set containerRegistryUrl to a local one, e.g. localhost:5000/kaapana`,
          },
        ],
);

/** A proxy that lives elsewhere has an upstream of its own. */
export const egress = rule(
  ['externalEgressProxy'],
  ({ externalEgressProxy, upstreamHttpProxy, upstreamHttpsProxy }, { howTo }) =>
    externalEgressProxy === undefined
      ? []
      : Object.entries({ upstreamHttpProxy, upstreamHttpsProxy })
          .filter(([, url]) => url !== undefined)
          .map(([key]) => ({
            key,
            message: 'is for the squid of this server, which an externalEgressProxy takes the place of',
            remedy: howTo.remove(key),
          })),
);

/** A registry of the site: this machine, a private address, a local name, or one with a port of its own. */
function isLocal(authority: string): boolean {
  const [name = '', port] = authority.split(':');
  const range = ipaddr.isValid(name) ? ipaddr.parse(name).range() : undefined;
  return (
    port !== undefined ||
    !name.includes('.') ||
    /\.(local|internal|lan|intranet)$/.test(name) ||
    range === 'private' ||
    range === 'loopback'
  );
}
