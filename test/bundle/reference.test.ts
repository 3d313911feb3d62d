import { parseReference, referenceText } from '../../src/bundle/reference';

test.each([
  ['registry.example.org/kaapana/minio:0.6.0', 'registry.example.org', 'kaapana/minio', '0.6.0'],
  ['registry:5000/minio', 'registry:5000', 'minio', 'latest'],
  ['localhost/a/b:1', 'localhost', 'a/b', '1'],
  ['nginx', 'docker.io', 'library/nginx', 'latest'],
  ['grafana/loki:3.0', 'docker.io', 'grafana/loki', '3.0'],
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
