import * as fs from 'node:fs';
import * as path from 'node:path';
import { CURRENT_IMAGES } from '../../../constructs/platform/images';
import { moduleDir } from '../../../tools/build';
import { programOf } from '../witness/places';
import { summary } from './build';
import { CATALOGUE, WITNESSES } from './catalogue';
import { configuration } from './nginx';
import { PROGRAMS } from './programs';

/** Images of extensions that have a real program. */
const OF_EXTENSIONS = ['nginx', 'openedc', 'slim'];

test.each([
  ['registry.example.org/kaapana/traefik:0.6.0', 'traefik'],
  ['localhost:32000/postgres-17.7-alpine:0.6.0', 'postgres-17.7-alpine'],
  ['registry.example.org:5000/a/b/dcm4chee-arc', 'dcm4chee-arc'],
  [`registry.example.org/a/loki@sha256:${'0'.repeat(64)}`, 'loki'],
])('%s is found in the catalogue as %s', (reference, key) => {
  expect(programOf(reference)).toBe(key);
});

test('every entry is an image of the platform or of an extension', () => {
  const known = new Set<string>([...CURRENT_IMAGES, ...OF_EXTENSIONS]);
  const named = [...Object.keys(CATALOGUE), ...Object.keys(WITNESSES)];
  expect(named.length).toBeGreaterThan(25);
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});

test('no image is both a real program and a witness', () => {
  expect(Object.keys(WITNESSES).filter((name) => name in CATALOGUE)).toEqual([]);
});

test('every Go program has its module here, with hashes, and is pinned in it', () => {
  for (const tool of Object.values(PROGRAMS)) {
    const pins = fs.readFileSync(path.join(moduleDir(tool), 'go.mod'), 'utf8');
    expect(pins).toContain(tool.package);
    expect(pins).toMatch(new RegExp(`v${tool.version.replaceAll('.', '\\.')}\\b`));
    expect(fs.existsSync(path.join(moduleDir(tool), 'go.sum'))).toBe(true);
  }
});

test('nginx writes only where the pod lets it, and names a user only as root', () => {
  const text = configuration('/tmp', false);
  expect(text).toContain('pid /tmp/nginx.pid;');
  expect(text.match(/_temp_path \/tmp\//g)).toHaveLength(5);
  expect(text).not.toContain('user ');
  expect(configuration('/var/cache/nginx', true)).toMatch(/^user www-data;\n[^]*pid \/var\/run\/nginx\.pid;/);
});

test('the summary tells real programs from witnesses', () => {
  const built = ['Traefik 3.5.3', 'witness', 'witness'].map((program) => ({ reference: 'x', program, size: 1 }));
  expect(summary(built)).toBe('1 of 3 images run a real program, the others the witness');
});
