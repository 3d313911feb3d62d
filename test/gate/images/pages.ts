import type { Entry } from './catalogue';
import { nginx, pages, type Pages } from './nginx';

const PROGRAM = 'nginx 1.22';

/** Every path that is not a file is the page of an application in the browser. */
const inRoot = (root: string): string => `location / { root ${root}; try_files $uri $uri/ /index.html; }`;

/** Ports, paths and users are those of the nginx.conf and Dockerfile of each image in Kaapana 0.6.0. */
export const PAGES: Readonly<Record<string, Entry>> = {
  'data-ui': page('data-ui', { port: 80, root: '/app', locations: inRoot('/app') }),
  'project-management-ui': page('project-management-ui', { port: 80, root: '/app', locations: inRoot('/app') }),
  'workflow-ui': page('workflow-ui', { port: 80, root: '/app', locations: inRoot('/app') }),
  'landing-page-kaapana': page('landing-page-kaapana', {
    port: 5000,
    root: '/kaapana/app',
    locations: `${inRoot('/kaapana/app')}\n  add_header X-Frame-Options SAMEORIGIN;`,
    scratch: '/tmp',
    user: '1000',
  }),
  'maintenance-page-kaapana': page('maintenance-page-kaapana', {
    port: 5000,
    root: '/app/maintenance',
    locations: 'location ~ ^/maintenance { root /app; try_files $uri $uri/ /maintenance/index.html; }',
    user: '1000',
  }),
  'kaapana-documentation': page('kaapana-documentation', {
    port: 8080,
    root: '/app/docs',
    locations:
      'location /docs/ { root /app; try_files $uri $uri/ /index.html; add_header X-Frame-Options SAMEORIGIN; }',
    scratch: '/tmp',
    user: '1000',
  }),
  ohif: page('ohif', {
    port: 80,
    root: '/usr/share/nginx/html/ohif',
    locations: `root /usr/share/nginx/html;
  location ~ /ohif/(.*) { try_files /ohif/$1 /ohif/$1/ /ohif/index.html?$query_string; }
  location = / { return 301 /ohif; }`,
  }),
  slim: page('slim', {
    port: 80,
    root: '/usr/share/nginx/html/slim',
    locations: 'location /slim/ { root /usr/share/nginx/html; try_files $uri $uri/ /slim/index.html; }',
  }),
  openedc: page('openedc', {
    port: 80,
    root: '/usr/local/apache2/htdocs/openedc',
    locations: 'root /usr/local/apache2/htdocs;',
  }),
  nginx: { program: PROGRAM, make: (maker) => nginx(maker, 'plain', '/var/cache/nginx', undefined, {}) },
};

function page(name: string, props: Omit<Pages, 'name' | 'scratch'> & Partial<Pick<Pages, 'scratch'>>): Entry {
  return { program: PROGRAM, make: (maker) => pages(maker, { name, scratch: '/var/cache/nginx', ...props }) };
}
