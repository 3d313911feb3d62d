import { base64, reveal, secretToken } from '../../constructs/kube';
import { normalise } from '../../src/objects/normalise';

const metadata = { name: 'x', namespace: 'admin' };

test('nulls and undefined values are left out, empty objects stay', () => {
  const given = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata,
    data: { a: null, b: undefined, c: '' },
    spec: { list: [{ d: null }] },
  };
  expect(normalise(given)).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata,
    data: { c: '' },
    spec: { list: [{}] },
  });
});

test('stringData becomes encoded data; a secret in it is encoded once it is known', () => {
  const { data, stringData } = normalise({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata,
    data: { old: 'b2xk' },
    stringData: { plain: 'text', hidden: `a${secretToken('s')}` },
  }) as unknown as { data: Record<string, string>; stringData?: unknown };
  expect(stringData).toBeUndefined();
  expect(data).toMatchObject({ old: 'b2xk', plain: 'dGV4dA==' });
  expect(reveal(data.hidden ?? '', () => 'bc')).toBe(Buffer.from('abc').toString('base64'));
});

test('a Secret without content has no data: empty data would be a difference each time', () => {
  expect(normalise({ apiVersion: 'v1', kind: 'Secret', metadata, stringData: {} })).not.toHaveProperty('data');
});

test('quantities are canonical wherever they stand', () => {
  const resources = { requests: { cpu: '1000m', memory: '1024Mi' }, limits: { 'nvidia.com/gpu': 1 } };
  const given = {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata,
    spec: { resources, default: { memory: '0.5Gi' }, emptyDir: { sizeLimit: '2048Mi' } },
  };
  expect(normalise(given).spec).toEqual({
    resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { 'nvidia.com/gpu': '1' } },
    default: { memory: '512Mi' },
    emptyDir: { sizeLimit: '2Gi' },
  });
});

test('the schema of a definition is left as it is', () => {
  const spec = { schema: { limits: { type: 'object' }, default: { a: '1000m' } } };
  expect(
    normalise({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata, spec }).spec,
  ).toEqual(spec);
});

test('an unknown kind is refused with the file to change', () => {
  expect(() => normalise({ apiVersion: 'v1', kind: 'Gadget', metadata })).toThrow(
    /kind Gadget; add it to src\/objects\/kinds\.ts/,
  );
});

test('nested encoding is undone in the right order', () => {
  const text = base64(`{"auth":"${base64(`user:${secretToken('p')}`)}"}`);
  const once = Buffer.from(
    reveal(text, () => 'pw'),
    'base64',
  ).toString();
  expect(once).toBe(`{"auth":"${Buffer.from('user:pw').toString('base64')}"}`);
});
