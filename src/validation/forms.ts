import ipaddr from 'ipaddr.js';
import { parseQuantity, type Quantity } from '../../constructs/kube/quantity';
import type { Json } from '../objects/manifest';
import { choice, range32, type Rule, text, wrong } from './rule';

/** Forms of names and values, as k8s.io/apimachinery/pkg/util/validation of Kubernetes 1.33 has them. */

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const QUALIFIED = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const DNS_LABEL = new RegExp(`^${LABEL}$`);
const DNS_SUBDOMAIN = new RegExp(`^${LABEL}(\\.${LABEL})*$`);

/** Whether it is the name of most kinds of objects: lower-case letters, digits, dashes, dots. */
export function isDnsSubdomain(value: string): boolean {
  return value.length <= 253 && DNS_SUBDOMAIN.test(value);
}

/** Whether it is a prefix and a name, as keys of labels are. */
export function isQualifiedName(value: string): boolean {
  const [name = '', prefix, ...rest] = value.split('/').reverse();
  return (
    rest.length === 0 && name.length <= 63 && QUALIFIED.test(name) && (prefix === undefined || isDnsSubdomain(prefix))
  );
}

/** Whether it is a value of a label. */
export function isLabelValue(value: string): boolean {
  return value.length <= 63 && (value === '' || QUALIFIED.test(value));
}

export const dnsLabel: Rule = text('dns-label', (value) => value.length <= 63 && DNS_LABEL.test(value));
export const dnsSubdomain: Rule = text('dns-subdomain', isDnsSubdomain);
export const serviceName: Rule = text(
  'service-name',
  (value) => value.length <= 63 && /^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(value),
);

/** Keys of tables are never absent, not even where they are empty. */
export const labelKey: Rule = (value, path) =>
  typeof value !== 'string' || isQualifiedName(value) ? [] : [wrong(path, 'label-key', undefined, value)];
export const annotationKey: Rule = (value, path) =>
  typeof value !== 'string' || isQualifiedName(value.toLowerCase()) ? [] : [wrong(path, 'label-key', undefined, value)];
export const dataKey: Rule = (value, path) =>
  typeof value !== 'string' || (/^[-._a-zA-Z0-9]{1,253}$/.test(value) && value !== '.' && !value.startsWith('..'))
    ? []
    : [wrong(path, 'data-key', undefined, value)];

export const labelValue: Rule = text('label-value', isLabelValue);

/** Printable ASCII, without the sign that parts a name from its value. */
export const variableName: Rule = text('variable-name', (value) => /^[\x20-\x3c\x3e-\x7e]+$/.test(value));

export const portName: Rule = text(
  'port-name',
  (value) => /^[a-z0-9-]{1,15}$/.test(value) && /[a-z]/.test(value) && !value.includes('--') && !/^-|-$/.test(value),
);

export const portNumber: Rule = range32(1, 65_535);

export const protocol: Rule = choice('TCP', 'UDP', 'SCTP');

/** The number of a port, or the name of one. */
export const port: Rule = (value, path) =>
  typeof value === 'number'
    ? value >= 1 && value <= 65_535
      ? []
      : [wrong(path, 'range', '1 to 65535', value)]
    : portName(value, path);

export const address: Rule = text('address', isAddress);
export const cidr: Rule = text('cidr', isCidr);

/** A host name, of which the first part may be `*`. */
export const host: Rule = text(
  'host',
  (value) => !isAddress(value) && (value.startsWith('*.') ? isDnsSubdomain(value.slice(2)) : isDnsSubdomain(value)),
);

const isWithoutParent = (value: string): boolean => !value.split('/').includes('..');

export const absolutePath: Rule = text('absolute-path', (value) => value.startsWith('/'));
export const withoutParent: Rule = text('without-parent', isWithoutParent);
export const relativePath: Rule = text('relative-path', (value) => !value.startsWith('/') && isWithoutParent(value));

/** As `relativePath`, for files that the kubelet writes. */
export const filePath: Rule = text(
  'relative-path',
  (value) => !value.startsWith('/') && !value.startsWith('..') && isWithoutParent(value),
);

/** The quantity that a value is, if it is one. */
export function quantityAt(value: Json | undefined): Quantity | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  try {
    return parseQuantity(String(value).trim());
  } catch {
    return undefined;
  }
}

/** A quantity, which may be negative. */
export const quantity: Rule = (value, path) =>
  (typeof value === 'string' || typeof value === 'number') && quantityAt(value) === undefined
    ? [wrong(path, 'quantity', undefined, value)]
    : [];

export const notNegative: Rule = (value, path) =>
  (quantityAt(value)?.numerator ?? 0n) < 0n ? [wrong(path, 'range', '0 or more', value)] : quantity(value, path);

export const positive: Rule = (value, path) =>
  (quantityAt(value)?.numerator ?? 1n) <= 0n ? [wrong(path, 'range', 'more than 0', value)] : quantity(value, path);

/** A number, or a share such as `25%`. */
export const amountOrShare: Rule = (value, path) =>
  typeof value === 'number'
    ? value < 0
      ? [wrong(path, 'range', '0 or more', value)]
      : []
    : typeof value === 'string' && !/^\d+%$/.test(value)
      ? [wrong(path, 'percentage', undefined, value)]
      : [];

function isAddress(value: string): boolean {
  // Leading zeros are read as decimal digits, as the API server does for the fields that there are.
  const parts = value.split('.');
  return value.includes(':')
    ? ipaddr.IPv6.isValid(value)
    : parts.length === 4 && parts.every((part) => /^\d{1,}$/.test(part) && Number(part) <= 255);
}

function isCidr(value: string): boolean {
  const [network = '', bits = '', ...rest] = value.split('/');
  return (
    rest.length === 0 &&
    isAddress(network) &&
    /^(0|[1-9]\d{0,2})$/.test(bits) &&
    Number(bits) <= (network.includes(':') ? 128 : 32)
  );
}
