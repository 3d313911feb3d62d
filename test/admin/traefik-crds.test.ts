import { TRAEFIK_RESOURCES, TraefikDefinitions } from '../../constructs/admin/traefik-crds';
import { chart, objects } from '../support';

const scope = chart();
new TraefikDefinitions(scope, 'Definitions');
const definitions = objects(scope);

test('there is one definition for each of the ten custom resources', () => {
  expect(definitions).toHaveLength(10);
  expect(definitions.every(({ kind }) => kind === 'CustomResourceDefinition')).toBe(true);
  expect(definitions.map(({ metadata }) => metadata.name)).toEqual(
    TRAEFIK_RESOURCES.map((plural) => `${plural}.traefik.io`),
  );
  expect(TRAEFIK_RESOURCES).toContain('middlewares');
});

test('they are served and stored as v1alpha1, with a schema', () => {
  for (const { spec } of definitions) {
    expect(spec).toMatchObject({ group: 'traefik.io', scope: 'Namespaced' });
    expect(spec.versions).toEqual([expect.objectContaining({ name: 'v1alpha1', served: true, storage: true })]);
    expect(spec.versions[0].schema.openAPIV3Schema.required).toEqual(['metadata', 'spec']);
  }
});

test('they carry no descriptions', () => {
  expect(JSON.stringify(definitions)).not.toContain('"description":"');
  expect(JSON.stringify(definitions).length).toBeLessThan(40_000);
});

test('they say which generator made them', () => {
  const versions = definitions.map(({ metadata }) => metadata.annotations);
  expect(new Set(versions.map((annotations) => JSON.stringify(annotations)))).toEqual(
    new Set(['{"controller-gen.kubebuilder.io/version":"v0.16.1"}']),
  );
});
