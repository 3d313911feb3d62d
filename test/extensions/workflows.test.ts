import { envOf } from '../flow/support';
import { object, objects, platform } from '../support';
import { stack } from './support';

test('a workflow is copied by one job, and nothing else', () => {
  const chart = stack([{ name: 'otsus-method-workflow' }]);
  expect(objects(chart).map(({ kind, metadata }) => `${kind}/${metadata.namespace}/${metadata.name}`)).toEqual([
    'Job/services/dag-otsus-method',
  ]);
  const { containers, nodeSelector } = object(chart, 'Job', 'dag-otsus-method').spec.template.spec;
  expect(containers[0]).toMatchObject({
    name: 'copy-dag-otsus-method',
    image: 'registry.example.org/kaapana/dag-otsus-method:0.6.0',
  });
  expect(envOf(containers[0])).toMatchObject({
    ACTION: 'copy',
    DOCKER_VERSION: '0.6.0',
    SERVICES_NAMESPACE: 'services',
  });
  expect(nodeSelector).toEqual({ 'kubernetes.io/hostname': 'kaapana-node' });
});

test('a version of its own is the tag of its images and of those of its tasks, and of no others', () => {
  const { containers, initContainers } = object(
    stack([{ name: 'bodypartregression-workflow', version: '0.5.2' }]),
    'Job',
    'dag-bodypartregression',
  ).spec.template.spec;
  expect(containers[0].image).toBe('registry.example.org/kaapana/dag-bodypartregression:0.5.2');
  expect(envOf(containers[0])).toMatchObject({ DOCKER_VERSION: '0.5.2', KAAPANA_BUILD_VERSION: '0.6.0' });
  expect(initContainers[0].image).not.toContain('0.5.2');
});

test('nnU-Net brings notebooks, with an account that stands in a Secret', () => {
  const chart = stack([{ name: 'nnunet-workflow' }]);
  expect(objects(chart).map(({ metadata }) => metadata.name)).toEqual(['dag-nnunet', 'init-nnunet-analysis-scripts']);
  const [container] = object(chart, 'Job', 'init-nnunet-analysis-scripts').spec.template.spec.containers;
  expect(envOf(container)).toMatchObject({
    MINIO_SERVICE: 'minio-service.services.svc:9000',
    MINIO_PATH: 'template-analysis-scripts',
  });
  const password = container.env.find(({ name }: { name: string }) => name === 'MINIO_PASSWORD');
  expect(password).toEqual({
    name: 'MINIO_PASSWORD',
    valueFrom: { secretKeyRef: { name: 'minio-account', key: 'password' } },
  });
});

test('TotalSegmentator downloads the models that are chosen', () => {
  const chart = stack([
    { name: 'total-segmentator-v2-workflow', parameters: { task_ids: ['Dataset315_thoraxCT', 'Dataset150_icb_v0'] } },
  ]);
  const { containers, volumes, nodeSelector } = object(chart, 'Job', 'get-totalsegmentator-v2-models').spec.template
    .spec;
  expect(envOf(containers[0])).toMatchObject({
    TASK_IDS: 'Dataset315_thoraxCT,Dataset150_icb_v0',
    MODEL_DIR: '/models/total_segmentator_v2/',
    http_proxy: 'http://squid-proxy-service.admin.svc.cluster.local:3128',
  });
  expect(volumes[0].persistentVolumeClaim.claimName).toBe('models-pv-claim');
  expect(nodeSelector).toEqual({ 'kaapana.io/node': 'storage' });
});

test('TotalSegmentator downloads seven models by default, without a proxy where there is none', () => {
  const chart = stack([{ name: 'total-segmentator-v2-workflow' }], { services: { egress: undefined } });
  const [container] = object(chart, 'Job', 'get-totalsegmentator-v2-models').spec.template.spec.containers;
  expect(envOf(container).TASK_IDS?.split(',')).toHaveLength(7);
  expect(Object.keys(envOf(container))).not.toContain('http_proxy');
});

test('federated radiomics brings notebooks', () => {
  const chart = stack([{ name: 'radiomics-federated-workflow' }]);
  const [container] = object(chart, 'Job', 'init-radiomics-federated-analysis-script').spec.template.spec.containers;
  expect(container.image).toBe('registry.example.org/kaapana/radiomics-federated-analysis:0.6.0');
  expect(envOf(container)).toMatchObject({
    MINIO_PATH: 'template-analysis-scripts',
    MINIO_PASSWORD: 'minio-account/password',
  });
  expect(objects(chart)).toHaveLength(2);
});

test('the first TotalSegmentator downloads models of its own', () => {
  const chart = stack([{ name: 'total-segmentator-workflow', parameters: { task_ids: ['Task503_cardiac_motion'] } }]);
  const [container] = object(chart, 'Job', 'get-totalsegmentator-models').spec.template.spec.containers;
  expect(container.image).toBe('registry.example.org/kaapana/get-totalsegmentator-models:0.6.0');
  expect(envOf(container)).toMatchObject({
    TASK_IDS: 'Task503_cardiac_motion',
    MODEL_DIR: '/models/total_segmentator/nnUNet',
  });
});

test('what developers bring to the server is pulled only when it is not there', () => {
  const chart = stack([{ name: 'template-workflow' }, { name: 'radiomics-workflow' }], {
    platform: { ...platform(), images: platform().images.with({ pullPolicy: 'Always' }) },
  });
  const { containers, initContainers } = object(chart, 'Job', 'dag-installer-template').spec.template.spec;
  expect([...containers, ...initContainers].map(({ imagePullPolicy }) => imagePullPolicy)).toEqual([
    'IfNotPresent',
    'IfNotPresent',
  ]);
  const [other] = object(chart, 'Job', 'dag-radiomics').spec.template.spec.containers;
  expect(other.imagePullPolicy).toBe('Always');
});

describe('a workflow from another registry', () => {
  const NAME = 'pyradiomics-feature-extractor-workflow';
  const REGISTRY = {
    name: 'custom-registry-chart',
    as: 'edk',
    parameters: {
      custom_registry_name: 'edk',
      custom_registry_url: 'http://localhost:32000',
      credentials_custom_registry_username: 'user',
      credentials_custom_registry_password: 'password',
    },
  } as const;
  const pod = (installs: Parameters<typeof stack>[0]) =>
    object(stack(installs), 'Job', 'dag-pyradiomics-extract-features').spec.template.spec;

  test('its image comes from there, all others from that of the platform', () => {
    const { containers, initContainers } = pod([{ name: NAME }]);
    expect(containers[0].image).toBe('localhost:32000/dag-pyradiomics-extract-features:0.6.0');
    expect(envOf(containers[0]).KAAPANA_DEFAULT_REGISTRY).toBe('registry.example.org/kaapana');
    expect(initContainers[0].image).not.toContain('localhost');
  });

  test('it is pulled with the account that there is for it', () => {
    const made = objects(stack([{ name: NAME }, REGISTRY])).filter(
      ({ type }) => type === 'kubernetes.io/dockerconfigjson',
    );
    expect(pod([{ name: NAME }]).imagePullSecrets).toEqual([
      { name: 'registry-secret' },
      { name: made[0]?.metadata.name },
    ]);
  });

  test('it may have a version of its own', () => {
    expect(pod([{ name: NAME, version: '1.2' }]).containers[0].image).toBe(
      'localhost:32000/dag-pyradiomics-extract-features:1.2',
    );
  });
});

describe('workflows that Kaapana 0.3.5 was the last to ship', () => {
  test('they have its version', () => {
    const { containers, initContainers } = object(stack([{ name: 'rateme-workflow' }]), 'Job', 'dag-rateme').spec
      .template.spec;
    expect(containers[0].image).toBe('registry.example.org/kaapana/dag-rateme:0.3.5');
    expect(initContainers[0].image).not.toContain('0.3.5');
  });

  test('scripts go to the directory that tasks look for them in', () => {
    const chart = stack([{ name: 'mhub-models-workflow' }]);
    const { containers } = object(chart, 'Job', 'dag-mhub-models-workflow').spec.template.spec;
    expect(containers[0].volumeMounts.map(({ mountPath }: { mountPath: string }) => mountPath)).toContain(
      '/kaapana/mounted/workflows/mounted_scripts',
    );
    expect(object(chart, 'PersistentVolume', 'services-mounted-scripts')).toMatchObject({
      metadata: { annotations: { 'volume/shared-directory': 'true' } },
      spec: { claimRef: { namespace: 'services', name: 'mounted-scripts-pv-claim' } },
    });
    expect(object(chart, 'PersistentVolume', 'services-mounted-scripts').spec.hostPath.path).toMatch(
      /\/workflows\/mounted_scripts$/,
    );
  });

  test('without scripts there is no such directory', () => {
    expect(objects(stack([{ name: 'shapemodel-workflow' }])).map(({ kind }) => kind)).toEqual(['Job']);
  });
});
