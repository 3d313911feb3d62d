import {
  canonicalReference,
  isAtSite,
  parseReference,
  referenceText,
  replaceImages,
  siteReference,
} from '../../src/objects/image-reference';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const SITE = 'registry.hospital.lan:5000/kaapana';

test.each([
  ['registry.example.org/kaapana/minio:0.6.0', 'registry.example.org', 'kaapana/minio', '0.6.0'],
  ['registry:5000/minio', 'registry:5000', 'minio', 'latest'],
  ['localhost/a/b:1', 'localhost', 'a/b', '1'],
  ['nginx', 'docker.io', 'library/nginx', 'latest'],
  ['docker.io/nginx:1.27', 'docker.io', 'library/nginx', '1.27'],
  ['index.docker.io/grafana/loki:3.0', 'docker.io', 'grafana/loki', '3.0'],
  ['registry-1.docker.io/redis:7', 'docker.io', 'library/redis', '7'],
  ['grafana/loki:3.0', 'docker.io', 'grafana/loki', '3.0'],
  ['GHCR.io/a/b:1', 'ghcr.io', 'a/b', '1'],
  ['ghcr.io/a/b@sha256:00ff', 'ghcr.io', 'a/b', 'sha256:00ff'],
  ['ghcr.io/a/b:1@sha256:00ff', 'ghcr.io', 'a/b', 'sha256:00ff'],
])('%s is of %s: %s, %s', (text, host, repository, version) => {
  expect(parseReference(text)).toEqual({ host, repository, version });
});

test.each(['registry.example.org/kaapana/minio:0.6.0', 'ghcr.io/a/b@sha256:00ff'])(
  '%s becomes the same text again',
  (text) => {
    expect(referenceText(parseReference(text))).toBe(text);
  },
);

test.each([
  ['ghcr.io/a/b:1', `${SITE}/ghcr.io/a/b:1`],
  ['docker.io/nginx:1.27', `${SITE}/docker.io/library/nginx:1.27`],
  ['nginx:1.27', `${SITE}/docker.io/library/nginx:1.27`],
  [`quay.io/a/b:1@${DIGEST}`, `${SITE}/quay.io/a/b@${DIGEST}`],
  ['registry.gitlab.com:5050/a/b:1', `${SITE}/registry.gitlab.com_5050/a/b:1`],
  ['registry.hospital.lan:5000/team/tool:1', 'registry.hospital.lan:5000/team/tool:1'],
  [`${SITE}/minio:0.6.0`, `${SITE}/minio:0.6.0`],
  ['harbor.hospital.lan/a/b:1', 'harbor.hospital.lan/a/b:1'],
  ['10.0.0.7:5000/a/b:1', '10.0.0.7:5000/a/b:1'],
  ['localhost:32000/a:1', 'localhost:32000/a:1'],
])('at the site, %s is %s', (image, place) => {
  expect(siteReference(image, SITE)).toBe(place);
  expect(siteReference(place, SITE)).toBe(place);
});

test('a registry with a port and one that is called so have two places', () => {
  expect(siteReference('r.org:5000/a:1', SITE)).not.toBe(siteReference('r.org-5000/a:1', SITE));
});

test('images by tag and digest, and by digest alone, are one', () => {
  expect(canonicalReference(`ghcr.io/a/b:1@${DIGEST}`)).toBe(canonicalReference(`ghcr.io/a/b@${DIGEST}`));
});

test('a registry of the internet is none of the site, whatever its port', () => {
  expect(['ghcr.io/a:1', 'gitlab.example.org:4567/a:1'].map((image) => isAtSite(image, SITE))).toEqual([false, false]);
});

test.each([
  ['quay.io/a/b:2.0.0', ['quay.io/a/b:2.0.0']],
  ['--image=quay.io/a/b:2.0.0', ['quay.io/a/b:2.0.0']],
  ['{"image":"ghcr.io/a/b:1","other":"x"}', ['ghcr.io/a/b:1']],
  [`a: r.org:5000/a_b/c-d@${DIGEST}\nb: docker://quay.io/x/y:1, z`, [`r.org:5000/a_b/c-d@${DIGEST}`, 'quay.io/x/y:1']],
  [`x=ghcr.io/a/b:1@${DIGEST} y`, [`ghcr.io/a/b:1@${DIGEST}`]],
  ['https://example.org/path:80 http://user@host.org/a:1', []],
  ['example.org:443', []],
  ['example.org/path', []],
  ['git@github.com:a/b:1', []],
  ['12:30/13:45', []],
  ['/usr/lib/file.so/x:1', []],
])('of %j, images are %j', (text, images) => {
  const found: string[] = [];
  const replaced = replaceImages(text, (image) => {
    found.push(image);
    return 'X';
  });
  expect([...found].sort()).toEqual([...images].sort());
  expect(images.some((image) => replaced.includes(image))).toBe(false);
});
