import { TRAEFIK_DEFINITIONS } from '../../constructs/admin/traefik-crds';
import type { Must } from '../../src/findings/facts/validation';
import { HowTo } from '../../src/findings/how-to';
import { findingTexts } from '../../src/findings/texts';
import { type JsonObject, type Manifest, objectAt } from '../../src/objects/manifest';
import { normalise } from '../../src/objects/normalise';
import { Clean } from '../../src/validation/clean';
import { Schemas } from '../../src/validation/schema';
import { structureProblems } from '../../src/validation/structure';
import fc from '../random';
import { CHART_OBJECTS } from './chart-objects';
import { mutationsOf } from './mutations';
import { errorsOf, findingsOf } from './support';

/** One fault of each kind, with other inputs than the random ones of test/integration/validation.test.ts. */

const howTo = new HowTo('test');

/** The object of that kind, with other values of its specification. */
function changed(kind: string, change: (spec: JsonObject, container: JsonObject) => JsonObject): Manifest {
  const object = CHART_OBJECTS.find((each) => each.kind === kind);
  if (!object) throw new Error(kind);
  const spec = objectAt(object.spec);
  const [container] = (objectAt(objectAt(spec.template).spec).containers ?? [{}]) as readonly JsonObject[];
  return { ...object, spec: change(spec, container ?? {}) };
}

/** The Deployment with other fields of its first container, and of its pods. */
function withContainer(more: JsonObject, pod: JsonObject = {}): Manifest {
  return changed('Deployment', (spec, container) => {
    const template = objectAt(spec.template);
    return {
      ...spec,
      template: {
        ...template,
        spec: { ...objectAt(template.spec), ...pod, containers: [{ ...container, ...more }] },
      },
    };
  });
}

const CONTAINER = 'spec.template.spec.containers[0]';

test.each<[string, Manifest, string, Must]>([
  [
    'a label of 64 characters',
    changed('Deployment', (spec) => ({
      ...spec,
      template: { ...objectAt(spec.template), metadata: { labels: { app: 'x'.repeat(64) } } },
    })),
    'spec.template.metadata.labels.app',
    'label-value',
  ],
  ['a text for a number', changed('Deployment', (spec) => ({ ...spec, replicas: '2' })), 'spec.replicas', 'type'],
  ['a number for a text', withContainer({ args: ['--port', 8080] }), `${CONTAINER}.args[1]`, 'type'],
  ['another choice', withContainer({ imagePullPolicy: 'ifNotPresent' }), `${CONTAINER}.imagePullPolicy`, 'choice'],
  [
    'no quantity',
    withContainer({ resources: { limits: { memory: '2GB' } } }),
    `${CONTAINER}.resources.limits.memory`,
    'quantity',
  ],
  [
    'more asked for than allowed',
    withContainer({ resources: { limits: { cpu: 1 }, requests: { cpu: '1500m' } } }),
    `${CONTAINER}.resources.requests.cpu`,
    'not-above',
  ],
  [
    'half a GPU',
    withContainer({ resources: { limits: { 'nvidia.com/gpu': '500m' } } }),
    `${CONTAINER}.resources.limits["nvidia.com/gpu"]`,
    'whole',
  ],
  [
    'a port twice',
    withContainer({ ports: [{ containerPort: 80 }, { containerPort: 80, protocol: 'TCP' }] }),
    `${CONTAINER}.ports[1]`,
    'unique',
  ],
  [
    'the name of a port twice',
    withContainer({
      ports: [
        { containerPort: 80, name: 'a' },
        { containerPort: 81, name: 'a' },
      ],
    }),
    `${CONTAINER}.ports[1].name`,
    'unique',
  ],
  [
    'a variable twice',
    withContainer({
      env: [
        { name: 'A', value: '1' },
        { name: 'A', value: '2' },
      ],
    }),
    `${CONTAINER}.env[1]`,
    'unique',
  ],
  [
    'a variable with a value and a source',
    withContainer({ env: [{ name: 'A', value: '1', valueFrom: { fieldRef: { fieldPath: 'metadata.uid' } } }] }),
    `${CONTAINER}.env[0]`,
    'at-most-one-field',
  ],
  [
    'a field of a pod that there is not',
    withContainer({ env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'spec.image' } } }] }),
    `${CONTAINER}.env[0].valueFrom.fieldRef.fieldPath`,
    'choice',
  ],
  [
    'a mount of no volume',
    withContainer({ volumeMounts: [{ name: 'other', mountPath: '/x' }] }),
    `${CONTAINER}.volumeMounts[0].name`,
    'declared',
  ],
  [
    'a probe of two kinds',
    withContainer({ livenessProbe: { httpGet: { port: 1 }, tcpSocket: { port: 1 } } }),
    `${CONTAINER}.livenessProbe`,
    'at-most-one-field',
  ],
  [
    'a probe of no kind',
    withContainer({ startupProbe: { periodSeconds: 3 } }),
    `${CONTAINER}.startupProbe`,
    'one-field',
  ],
  [
    'an init container with a probe',
    withContainer({}, { initContainers: [{ name: 'a', image: 'b', readinessProbe: { tcpSocket: { port: 1 } } }] }),
    'spec.template.spec.initContainers[0].readinessProbe',
    'absent',
  ],
  ['pods that end', withContainer({}, { restartPolicy: 'Never' }), 'spec.template.spec.restartPolicy', 'choice'],
  [
    'a toleration of nothing',
    withContainer({}, { tolerations: [{ operator: 'Equal' }] }),
    'spec.template.spec.tolerations[0].operator',
    'choice',
  ],
  [
    'an affinity without a place',
    withContainer(
      {},
      { affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: {} }] } } },
    ),
    'spec.template.spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey',
    'present',
  ],
  [
    'a selector of other labels',
    changed('DaemonSet', (spec) => ({ ...spec, selector: { matchLabels: { app: 'other' } } })),
    'spec.template.metadata.labels',
    'selected',
  ],
  [
    'a job that never ends',
    changed('Job', (spec) => ({ ...spec, template: { spec: { containers: [{ name: 'a', image: 'b' }] } } })),
    'spec.template.spec.restartPolicy',
    'present',
  ],
  [
    'a schedule of six fields',
    changed('CronJob', (spec) => ({ ...spec, schedule: '0 30 2 * * *' })),
    'spec.schedule',
    'cron-schedule',
  ],
  [
    'a schedule of the 60th minute',
    changed('CronJob', (spec) => ({ ...spec, schedule: '60 2 * * *' })),
    'spec.schedule',
    'cron-schedule',
  ],
  [
    'two ports without names',
    changed('Service', (spec) => ({ ...spec, ports: [{ port: 1 }, { port: 2, name: 'b' }] })),
    'spec.ports[0].name',
    'present',
  ],
  [
    'a port beyond all',
    changed('Service', (spec) => ({ ...spec, ports: [{ port: 65_536 }] })),
    'spec.ports[0].port',
    'range',
  ],
  [
    'a path that goes up',
    changed('Ingress', () => ({
      rules: [
        {
          http: {
            paths: [{ path: '/a/../b', pathType: 'Prefix', backend: { service: { name: 'a', port: { number: 1 } } } }],
          },
        },
      ],
    })),
    'spec.rules[0].http.paths[0].path',
    'without-parent',
  ],
  [
    'a backend without a port',
    changed('Ingress', () => ({ defaultBackend: { service: { name: 'a' } } })),
    'spec.defaultBackend.service.port',
    'present',
  ],
  [
    'a network that is none',
    changed('NetworkPolicy', () => ({ podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/33' } }] }] })),
    'spec.ingress[0].from[0].ipBlock.cidr',
    'cidr',
  ],
  [
    'a claim of nothing',
    changed('PersistentVolumeClaim', (spec) => ({ ...spec, resources: { requests: { storage: '0' } } })),
    'spec.resources.requests.storage',
    'range',
  ],
  [
    'a custom resource of another type',
    changed('Middleware', () => ({ stripPrefix: { prefixes: '/web' } })),
    'spec.stripPrefix.prefixes',
    'type',
  ],
])('%s is told with its place', (_, manifest, path, must) => {
  expect(errorsOf(manifest)).toContainEqual(
    expect.objectContaining({ rule: 'invalid-field', facts: expect.objectContaining({ path, must }) as unknown }),
  );
});

test('a field that nobody knows is told with the one that may be meant, and with the way to let it through', () => {
  const [found] = errorsOf(withContainer({ imagePullPolicyy: 'Always' }));
  expect(found).toMatchObject({
    rule: 'unknown-field',
    facts: { path: `${CONTAINER}.imagePullPolicyy`, known: 'imagePullPolicy' },
  });
  expect(findingTexts(found ? [found] : [], howTo).problems[0]).toMatch(
    /Deployment\/default\/web \(made by a\/b\/Resource\): Kubernetes 1\.\d+\.\d+ has no field .*; imagePullPolicy may be meant.*acknowledged\["unknown-field\/Deployment\/default\/web"\]/,
  );
});

test('an unknown field of a custom resource is told, too', () => {
  expect(errorsOf(changed('Middleware', () => ({ stripPrefix: { prefix: ['/web'] } })))).toEqual([
    expect.objectContaining({
      rule: 'unknown-field',
      facts: expect.objectContaining({ known: 'prefixes' }) as unknown,
    }),
  ]);
});

test('pods that only a StatefulSet would make are a warning, as the API server takes it', () => {
  const wrong = changed('StatefulSet', (spec) => ({
    ...spec,
    template: { metadata: { labels: { app: 'viewer' } }, spec: { containers: [{ name: 'Web', image: 'a' }] } },
  }));
  expect(errorsOf(wrong)).toEqual([]);
  expect(findingTexts(findingsOf(wrong), howTo).warnings).toEqual([
    expect.stringMatching(/refuses its pods: spec\.template\.spec\.containers\[0\]\.name must have only lower-case/),
  ]);
});

test('of a kind that no schema describes, it is said that nobody looked', () => {
  const other = { ...changed('Middleware', () => ({})), apiVersion: 'traefik.io/v9' } as Manifest;
  expect(errorsOf(other)).toEqual([]);
  expect(findingTexts(findingsOf(other), howTo).warnings).toEqual([
    expect.stringMatching(/nobody has looked .*Middleware\/default\/strip .*traefik\.io\/v9/),
  ]);
});

test('a value of a Secret is never told', () => {
  const secret = CHART_OBJECTS.find(({ kind }) => kind === 'Secret');
  const found = errorsOf({ ...(secret as Manifest), data: { 'a b': 'not base64, but Geheim' } });
  expect(found).toHaveLength(2);
  expect(JSON.stringify(found)).not.toContain('Geheim');
});

test('what the quick look takes for clean, the validator takes, too', () => {
  const schemas = new Schemas(TRAEFIK_DEFINITIONS as readonly JsonObject[]);
  const clean = new Clean(schemas);
  let seen = 0;
  fc.assert(
    fc.property(mutationsOf(CHART_OBJECTS), ({ manifest }) => {
      const object = normalise(manifest);
      const schema = schemas.of(object);
      if (!schema || !clean.is(object, schema)) return;
      seen += 1;
      expect(structureProblems(object, schema, schemas)).toEqual({ unknown: [], invalid: [] });
    }),
    { numRuns: 500 },
  );
  expect(seen).toBeGreaterThan(50);
});
