import { conflicts } from '../../src/conflicts/conflicts';
import { inCommon } from './brute-force';
import { GUEST, tenants, THIRD } from './support';

const PROJECTS = { projects: [{ name: 'admin' }, { name: 'trial' }] };
const [prod, site2, site3] = tenants({
  prod: { ...PROJECTS, totalMemory: '256Gi' },
  site2: { ...GUEST, ...PROJECTS },
  site3: { ...THIRD, ...PROJECTS },
});
if (!prod || !site2 || !site3) throw new Error('there are three');

test.each([
  ['prod and site2', prod, site2],
  ['prod and site3', prod, site3],
  ['site2 and site3', site2, site3],
])('%s have no object, port or directory in common', (_, one, other) => {
  expect(inCommon(one, other)).toEqual({ objects: [], ports: [], directories: false, projects: false });
});

test('the proof says the same of the three', () => {
  expect(conflicts([prod, site2, site3])).toEqual([]);
});

test('everything of a further instance that is cluster-wide, or in the namespace of the server, has its name', () => {
  const ids = site2.graph?.nodes.map(({ id }) => id) ?? [];
  expect(ids.length).toBeGreaterThan(300);
  expect(ids.filter((id) => !id.includes('site2'))).toEqual([]);
});

test('a further instance owns nothing that a server has once', () => {
  const kinds = new Set(site2.graph?.nodes.map(({ manifest: { kind } }) => kind));
  expect(['CustomResourceDefinition', 'PriorityClass', 'StorageClass'].filter((kind) => kinds.has(kind))).toEqual([]);
});

test("its routes are its own reverse proxy's", () => {
  const routes = site2.graph?.nodes.filter(({ manifest: { kind } }) => kind === 'Ingress') ?? [];
  expect(routes.length).toBeGreaterThan(20);
  expect(
    new Set(routes.map(({ manifest: { metadata } }) => metadata.annotations?.['kubernetes.io/ingress.class'])),
  ).toEqual(new Set(['site2']));
});
