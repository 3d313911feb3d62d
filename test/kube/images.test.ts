import { Images } from '../../constructs/kube';

const images = new Images<'minio' | 'postgres'>({
  registry: 'registry.example.org/kaapana', tag: '0.6.0', tags: { postgres: '17.7' }, pullPolicy: 'Always',
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
