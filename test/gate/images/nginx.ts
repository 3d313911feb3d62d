import { WRITABLE } from '../../../tools/images/files';
import type { Image } from '../../../tools/images/oci';
import type { Maker } from './maker';

/** A server of static pages: the nginx of a Kaapana image, as far as its pod and its visitors see it. */
export interface Pages {
  readonly name: string;
  readonly port: number;

  /** Folder of the one page that says which image it is. */
  readonly root: string;

  /** Text of the server block: locations and redirects. */
  readonly locations: string;

  /** The folder that nginx writes to: a pod with a read-only root mounts it. */
  readonly scratch: '/tmp' | '/var/cache/nginx';

  /** The user that starts it. @default - root */
  readonly user?: string;
}

/** An image with Debian's nginx, which serves one page. */
export function pages(maker: Maker, { name, port, root, locations, scratch, user }: Pages): Promise<Image> {
  return nginx(maker, name, scratch, user, {
    [`${root}/index.html`]: `<!doctype html><html lang="en"><head><title>${name}</title></head><body>${name}</body></html>\n`,
    '/etc/nginx/conf.d/default.conf': `server {\n  listen ${port};\n  server_tokens off;\n  ${locations}\n}\n`,
  });
}

/** An image with Debian's nginx, which serves what /etc/nginx/conf.d says. */
export function nginx(
  maker: Maker,
  name: string,
  scratch: Pages['scratch'],
  user: string | undefined,
  files: Readonly<Record<string, string>>,
): Promise<Image> {
  return maker.debianImage(
    `nginx-${name}`,
    {
      '/etc/nginx/nginx.conf': configuration(scratch, user === undefined),
      '/etc/nginx/conf.d': { mode: 0o755 },
      '/var/cache/nginx': { mode: 0o777 },
      '/tmp': WRITABLE,
      ...files,
    },
    { entrypoint: ['nginx'], cmd: ['-g', 'daemon off;'], stopSignal: 'SIGQUIT', user },
  );
}

/** With the folders of the official image; Debian's lie elsewhere. */
export function configuration(scratch: Pages['scratch'], root: boolean): string {
  const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `  ${name}_temp_path ${scratch}/${name}_temp;\n`,
  );
  return `${root ? 'user www-data;\n' : ''}worker_processes 1;
error_log stderr notice;
pid ${scratch === '/tmp' ? '/tmp' : '/var/run'}/nginx.pid;
events { worker_connections 256; }
http {
${folders.join('')}  include /etc/nginx/mime.types;
  default_type application/octet-stream;
  access_log /dev/stdout;
  include /etc/nginx/conf.d/*.conf;
}
`;
}
