import { Images } from '../../constructs/kube';

const images = new Images<'minio' | 'postgres'>({
  registry: 'registry.example.org/kaapana',
  tag: '0.6.0',
  tags: { postgres: '17.7' },
  pullPolicy: 'Always',
});

test('an image has the tag of the release', () => {
  expect(images.ref('minio')).toBe('registry.example.org/kaapana/minio:0.6.0');
});

test('an image may have a tag of its own', () => {
  expect(images.ref('postgres')).toBe('registry.example.org/kaapana/postgres:17.7');
});

test('all are pulled by one policy', () => {
  expect(images.pullPolicy).toBe('Always');
});

test('they may come from another registry, or be pulled otherwise', () => {
  const others = images.with({ registry: 'localhost:32000' });
  expect([others.ref('minio'), others.ref('postgres'), others.pullPolicy]).toEqual([
    'localhost:32000/minio:0.6.0',
    'localhost:32000/postgres:17.7',
    'Always',
  ]);
  expect([images.with({ pullPolicy: 'IfNotPresent' }).pullPolicy, images.with({}).pullPolicy]).toEqual([
    'IfNotPresent',
    'Always',
  ]);
  expect(images.with({ pullPolicy: 'IfNotPresent' }).ref('minio')).toBe(images.ref('minio'));
});

test('some images have a tag of their own, unless one is set for the image itself', () => {
  const images = new Images({ registry: 'r.org', tag: '1', tags: { b: 'fixed' }, pullPolicy: 'Always' });
  const tagged = images.tagged(['a', 'b'], '2');
  expect(['a', 'b', 'c'].map((name) => tagged.ref(name))).toEqual(['r.org/a:2', 'r.org/b:fixed', 'r.org/c:1']);
  expect(images.ref('a')).toBe('r.org/a:1');
});
