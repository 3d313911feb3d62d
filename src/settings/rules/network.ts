import ipaddr from 'ipaddr.js';
import { firstFree } from '../../../constructs/kube/port';
import { nodeProgram } from '../node-programs';
import { type Mistake, mistake, remove, set } from '../problems';
import { rule } from './rule';

/** Each port has one use. */
export const ports = rule([], ({ httpPort, httpsPort, dicomPort, distribution }) => {
  const given = Object.entries({ httpPort, httpsPort, dicomPort }).filter(
    (entry): entry is [string, number] => (entry[1] ?? 0) !== 0,
  );
  return given.flatMap(([key, port], index) => {
    const other = given.slice(0, index).find(([, taken]) => taken === port)?.[0];
    const program = nodeProgram(port, distribution);
    const by = other === undefined ? program && { program } : { setting: other };
    const example = free(
      key,
      given.map(([, taken]) => taken),
    );
    return by ? [mistake('taken-port', key, { port, by }, set(key, example))] : [];
  });
});

/** A usual port for `key` that is not `taken`. */
function free(key: string, taken: readonly number[]): number {
  return firstFree({ httpPort: 8080, httpsPort: 8443 }[key] ?? 11113, taken);
}

/** Networks are written as Kubernetes takes them. */
export const networks = rule([], ({ internalCidrs = [] }) =>
  internalCidrs.flatMap((cidr, index) => {
    const key = `internalCidrs[${index}]`;
    const wrong = (reason: 'form' | 'bits' | 'notation', example: string): Mistake[] => [
      mistake('wrong-network', key, { cidr, reason }, set(key, example)),
    ];
    if (!ipaddr.isValidCIDR(cidr)) return wrong('form', '10.152.183.0/24');
    const [address, bits] = ipaddr.parseCIDR(cidr);
    const network = (address.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6).networkAddressFromCIDR(cidr).toString();
    if (network !== address.toString()) return wrong('bits', `${network}/${bits}`);
    // Kubernetes takes no short and no octal form, e.g. 10.1/16 or 010.0.0.0/8.
    return cidr === `${network}/${bits}` ? [] : wrong('notation', `${network}/${bits}`);
  }),
);

/** Without a connection to the internet, images have to come from inside the site. */
export const offline = rule(
  ['offlineMode', 'chartPath', 'containerRegistryUrl'],
  ({ offlineMode, chartPath, containerRegistryUrl }) =>
    !offlineMode || chartPath !== undefined || isLocal(containerRegistryUrl.split('/')[0] ?? '')
      ? []
      : [
          mistake(
            'registry-offline',
            'offlineMode',
            { registry: containerRegistryUrl },
            set('chartPath', '/opt/kaapana/kaapana-admin-chart-0.6.0.tgz'),
          ),
        ],
);

/** A proxy that lives elsewhere has an upstream of its own. */
export const egress = rule(['externalEgressProxy'], ({ externalEgressProxy, upstreamHttpProxy, upstreamHttpsProxy }) =>
  externalEgressProxy === undefined
    ? []
    : Object.entries({ upstreamHttpProxy, upstreamHttpsProxy })
        .filter(([, url]) => url !== undefined)
        .map(([key]) => mistake('proxy-unused', key, {}, remove(key))),
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
