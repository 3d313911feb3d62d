import { type Images, type Wait, waitLabel } from '../kube';
import type { ImageName } from './images';
import type { KaapanaPlatform } from './kaapana-platform';

const DEFAULT_DELAY = 3;
const TIMEOUT = 10;

/** The init container that looks again and again until everything answers (service-checker, Kaapana 0.6.0). */
export function serviceChecker(images: Images<ImageName>): KaapanaPlatform['waiter'] {
  return (waits, delaySeconds = DEFAULT_DELAY, files = []) => ({
    name: 'init',
    image: images.ref('service-checker'),
    env: {
      ...(waits.length === 0 ? {} : { WAIT: waits.map(entry).join(';') }),
      ...(files.length === 0 ? {} : { FILES_AND_FOLDERS_EXISTS: files.join(';') }),
      DELAY: String(delaySeconds),
      TIMEOUT: String(TIMEOUT),
    },
  });
}

/** `label,host,port`, with `,path` for what has to answer to a request. */
function entry(wait: Wait): string {
  const { address, path } = wait;
  const fields = [waitLabel(wait), address.host, String(address.port)];
  if (path === undefined) return fields.join(',');
  // The program takes the scheme from the port number.
  const scheme = address.port === 443 ? 'https' : 'http';
  if (!address.url.startsWith(`${scheme}:`)) {
    throw new Error(`cannot wait for ${address.url}${path}: port ${address.port} is asked by ${scheme}`);
  }
  return [...fields, path].join(',');
}
