import { z } from 'zod';
import { compareQuantities, type QuantityText } from '../../constructs/kube/quantity';
import type { SecretToken } from '../../constructs/kube/token';

/** A text; an empty one is none. */
export const text = z.string('must be a string; put it in quotes').min(1, 'is empty');

/** A whole number that may also be written as a text, as `pulumi config set` does. */
export function whole(min: number, max: number) {
  const message = `must be a whole number from ${min} to ${max}`;
  const number = z.int(message).min(min, message).max(max, message);
  return z.union([number, z.string().regex(/^\d+$/, message).transform(Number).pipe(number)], message);
}

/** A port of TCP. */
export const port = whole(1, 65535);

/** First and last port of a range, e.g. `80-32767`. */
export const portRange = text.refine((value) => {
  const [, first, last] = /^(\d{1,5})-(\d{1,5})$/.exec(value) ?? [];
  return Number(first) >= 1 && Number(first) <= Number(last) && Number(last) <= 65535;
}, 'is not a range of ports; write e.g. 80-32767');

/** true or false, or the same as a text. */
export const flag = z
  .union([z.boolean(), z.enum(['true', 'false'])], 'is neither true nor false')
  .transform((value) => String(value) === 'true');

/** An amount of storage as Kubernetes writes it, e.g. `100Gi`. */
export const quantity = z
  .string('is not a quantity; write e.g. 100Gi')
  .refine(isAmount, 'is not a quantity of 1Mi or more; write e.g. 100Gi') as z.ZodType<QuantityText, string>;

/** An amount of memory: a quantity, or a number of Mi, as Kaapana's deploy script counts. */
export const memory = z
  .union([z.string(), z.int()], 'is not an amount of memory; write e.g. 64000Mi')
  .transform((value) => (/^\d+$/.test(String(value)) ? `${value}Mi` : String(value)))
  .refine(isAmount, 'is not an amount of memory of 1Mi or more; write e.g. 64000Mi') as z.ZodType<
  QuantityText,
  string | number
>;

/** A name of DNS: of a namespace, a project, an instance. */
export const dnsLabel = text
  .max(63, 'is longer than 63 characters')
  .regex(
    /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/,
    'is not a DNS label: only a-z, 0-9 and - are allowed, and no - at the ends',
  );

/** Value of a Kubernetes label. */
export const labelValue = text.regex(
  /^[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/,
  'is not a value of a label: at most 63 of letters, digits, -, _ and .',
);

/** Name of an object of the cluster, e.g. of a storage class. */
export const objectName = text
  .max(253, 'is longer than 253 characters')
  .regex(
    /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/,
    'is not a name of an object: only a-z, 0-9, - and . are allowed, and letters or digits at the ends',
  );

/** Key of a label or a taint, or name of a resource, e.g. `nvidia.com/gpu`. */
export const qualifiedName = text.regex(
  /^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/,
  'is not a name like nvidia.com/gpu',
);

/** A label with its value. */
export const labelPair = text.regex(
  /^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?=([A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?)?$/,
  'is not a label with its value, like nvidia.com/gpu.present=true',
);

/** An absolute path in its shortest form. */
export const path = text
  .regex(/^\//, 'is not an absolute path')
  .refine(
    (value) => value === '/' || !/\/$|\/\/|\/\.\.?(\/|$)/.test(value),
    'is not in its shortest form: without "..", ".", a double or a trailing slash',
  )
  .regex(/^[\w./ @+-]+$/, 'has characters that paths of volumes cannot have');

/** A directory for data on the nodes. */
export const directory = path
  .regex(/^\S*$/, 'has a blank in it, which kube-helm would leave out')
  .refine(
    (value) => !isOfTheSystem(value),
    'belongs to the operating system; take a directory of its own, e.g. /home/kaapana',
  );

/** A host name, fully qualified or not, or an IPv4 address. */
export const host = text
  .regex(
    /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/,
    'is not a host name: it has no scheme, port, path or capital letters',
  )
  .refine((name) => !/^[\d.]+$/.test(name) || z.ipv4().safeParse(name).success, 'is not an IPv4 address');

/** An IPv4 address. */
export const address = z.ipv4('is not an IPv4 address');

/** URL of a proxy. It stands in plain text in the cluster, so it cannot hold an account. */
export const proxyUrl = text
  .refine(
    (value) => {
      const { protocol, hostname } = URL.canParse(value) ? new URL(value) : { protocol: '', hostname: '' };
      return ['http:', 'https:'].includes(protocol) && hostname !== '';
    },
    { message: 'is not an http or https URL; write e.g. http://proxy.example.org:3128', abort: true },
  )
  .refine((value) => {
    const { username, password } = new URL(value);
    return username === '' && password === '';
  }, 'has an account in it, which would stand in plain text; let the proxy know this server by its address');

/** Domains, separated by commas. */
export const domains = text.regex(
  /^[\w.*:/-]+(\s*,\s*[\w.*:/-]+)*$/,
  'must be a list of domains with commas between them',
);

/** Absolute paths, separated by commas. */
export const paths = z
  .string('must be a string')
  .regex(/^(\/[^,]*(,\s*\/[^,]*)*)?$/, 'must be a list of absolute paths with commas between them')
  .transform((value) => value.replace(/\s*(,)\s*|\s+$/g, '$1'));

/** What programs get that do not quote it. */
export const UNQUOTED = /^(?!-)[^\s'"\\]+$/;

/** A secret. Its value never gets here: a token has taken its place (sealing.ts). */
export const secret = text.meta({ secret: true }) as unknown as z.ZodType<SecretToken, string>;

function isAmount(value: string): boolean {
  // No server has this much, and numbers of that size take long to reckon with.
  if (/[eE][+-]?\d{3}|\d{25}/.test(value)) return false;
  try {
    return compareQuantities(value, '1Mi') >= 0;
  } catch {
    return false;
  }
}

function isOfTheSystem(value: string): boolean {
  const inside =
    /^\/(bin|boot|dev|etc|lib|lib64|proc|run|sbin|snap|sys|tmp|usr|var\/(run|snap|tmp)|var\/lib\/(containerd|docker|etcd|kubelet|rancher))(\/|$)/;
  return inside.test(value) || /^\/(home|root|var|var\/lib|var\/log)?$/.test(value);
}
