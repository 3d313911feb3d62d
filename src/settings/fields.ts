import { z } from 'zod';

/** A quantity as Kubernetes writes it, e.g. `100Gi`. */
export const quantity = z.string().regex(/^\d+(\.\d+)?([eE]\d+|[kMGTPE]i?|Ki|m)?$/, 'is no quantity; write e.g. 100Gi or 64000Mi');

/** A number that may also be written as a text, as `pulumi config set` does. */
export function whole(min: number, max: number): z.ZodType<number, number | string> {
  const message = `is no whole number from ${min} to ${max}`;
  return z.union([z.number(), z.string().regex(/^-?\d+$/, message)], message)
    .transform(Number)
    .pipe(z.int(message).min(min, message).max(max, message)) as unknown as z.ZodType<number, number | string>;
}

/** true or false, or the same as a text. */
export const flag = z.union([z.boolean(), z.enum(['true', 'false'])], 'is neither true nor false').transform((value) => value === true || value === 'true');

/** A port; 0 is none. */
export const port = whole(1, 65535);

/** A name of DNS: of a namespace, a project, an instance. */
export const dnsLabel = z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'is no DNS label: at most 63 of a-z, 0-9 and -, not at the ends');

/** An absolute directory, written in its shortest form. */
export const directory = z.string()
  .regex(/^\/[^\0]*$/, 'is no absolute path')
  .refine((path) => path === '/' || !/\/$|\/\/|(^|\/)\.\.?(\/|$)/.test(path), 'is not in its shortest form: no "..", ".", double or trailing slash')
  .refine((path) => !/^\/(bin|boot|dev|etc|lib|lib64|proc|root|run|sbin|sys|usr|var|var\/lib|var\/lib\/kubelet|home)?$/.test(path), 'belongs to the system')
  .refine((path) => /^[\w./ @+-]+$/.test(path), 'has characters that paths of volumes cannot have');

/** A host name, fully qualified or not, or an IPv4 address. */
export const host = z.string().regex(
  /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/,
  'is no host name: no scheme, port, path or capital letters',
).refine((name) => !/^[\d.]+$/.test(name) || z.ipv4().safeParse(name).success, 'is no IPv4 address');

/** An http or https URL with a host. */
export const proxyUrl = z.string().refine((url) => {
  try {
    return ['http:', 'https:'].includes(new URL(url).protocol) && new URL(url).hostname !== '';
  } catch {
    return false;
  }
}, 'is no http or https URL; write e.g. http://proxy.example.org:3128');

/** A secret. Its value never gets here: the parser has put a token in its place. */
export const secret = z.string().min(1, 'is empty').meta({ secret: true });
