import { WRITABLE } from '../../../tools/images/files';
import type { Image } from '../../../tools/images/oci';
import type { Maker } from './maker';

/** A server of static pages: the nginx of a Kaapana image, as far as its pod and its visitors see it. */
export interface Pages {
  readonly name: string;
  readonly port: number;

  /** Text of the server block: locations and redirects. */
  readonly locations: string;

  /** The folder with the pages. */
  readonly root: string;

  /** A folder of the pod that nginx may write to: /tmp, or /var/run and /var/cache/nginx. */
  readonly scratch: '/tmp' | '/var/cache/nginx';

  /** @default - root, whose workers are nginx's */
  readonly user?: string;
}

/** An image with Debian's nginx and a page that says which one it is. */
export function pages(maker: Maker, { name, port, locations, root, scratch, user }: Pages): Promise<Image> {
  const html = `<!doctype html><html lang="en"><head><title>${name}</title></head><body>${name}</body></html>\n`;
  return maker.debianImage(
    `pages-${name}`,
    {
      '/etc/nginx/nginx.conf': configuration(port, locations, scratch, user === undefined),
      [`${root}/index.html`]: html,
      [`${root}/assets`]: { mode: 0o755 },
      '/var/cache/nginx': { mode: 0o755 },
      '/tmp': WRITABLE,
    },
    { entrypoint: ['nginx'], cmd: ['-g', 'daemon off;'], ports: [port], stopSignal: 'SIGQUIT', user },
  );
}

/** Debian's nginx looks for its modules, logs and scratch folders elsewhere than the official image. */
export function configuration(port: number, locations: string, scratch: string, root: boolean): string {
  const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `  ${name}_temp_path ${scratch}/${name}_temp;\n`,
  );
  const pid = scratch === '/tmp' ? '/tmp/nginx.pid' : '/var/run/nginx.pid';
  return `${root ? 'user www-data;\n' : ''}worker_processes 1;
error_log stderr notice;
pid ${pid};
events { worker_connections 256; }
http {
${folders.join('')}  include /etc/nginx/mime.types;
  default_type application/octet-stream;
  access_log /dev/stdout;
  server {
    listen ${port};
    server_tokens off;
${locations}
  }
}
`;
}
