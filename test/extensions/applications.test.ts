import { Images } from '../../constructs/kube';
import type { KaapanaPlatform } from '../../constructs/platform/kaapana-platform';
import { buildGraph } from '../../src/objects/graph';
import { envOf } from '../flow/support';
import { type Manifest, object, objects, platform } from '../support';
import { PROJECT, stack } from './support';

const ROUTE = '/applications/project/00000000-0000-4000-8000-000000000001/release';
const GPU = {
  resource: 'nvidia.com/gpu',
  runtimeClass: 'nvidia',
  nodeSelector: { 'nvidia.com/gpu.present': 'true' },
} as const;

function server(chart: Parameters<typeof object>[0], name: string): Manifest {
  return object(chart, 'Deployment', name).spec.template.spec;
}

describe('MITK Workbench', () => {
  const NAME = 'mitk-workbench-chart-a';

  test('it is a desktop with a route, whose files go to and from a directory of its own', () => {
    const chart = stack([{ name: 'mitk-workbench-chart', as: 'a', parameters: { display_name: 'My MITK' } }]);
    const { containers, nodeSelector } = server(chart, NAME);
    expect(containers.map(({ name }: { name: string }) => name)).toEqual(['mitk', 'minio-input', 'minio-output']);
    expect(envOf(containers[0])).toEqual({ INGRESS_PATH: `${ROUTE}/${NAME}`.slice(1) });
    expect(envOf(containers[1])).toMatchObject({
      ACTION: 'FETCH',
      MINIO_PATH: `project-admin/${NAME}/input`,
      LOCAL_PATH: '/kaapana/minio/input',
    });
    expect(envOf(containers[2])).toMatchObject({
      ACTION: 'PUSH',
      MINIO_PATH: `project-admin/${NAME}/output`,
      LOCAL_PATH: '/kaapana/minio/output',
    });
    expect(nodeSelector).toEqual({ 'kaapana.io/node': 'storage' });
    expect(object(chart, 'PersistentVolume', `services-mitk-${NAME}`).spec).toMatchObject({
      hostPath: { path: `/mnt/slow/applications/mitk/${NAME}` },
      persistentVolumeReclaimPolicy: 'Retain',
      storageClassName: 'slow-class',
    });
    const route = object(chart, 'Ingress', NAME);
    expect(route.metadata['annotations']).toMatchObject({
      'kaapana.ai/display-name': 'My MITK',
      'kaapana.ai/type': 'application',
    });
    expect(route.spec.rules[0].http.paths[0].path).toBe(`${ROUTE}/${NAME}`);
    const { regex, replacement } = object(chart, 'Middleware', `${NAME}-redirect`).spec.redirectRegex;
    expect(`https://kaapana.example.org${ROUTE}/${NAME}`.replace(new RegExp(regex), replacement)).toBe(
      `${ROUTE}/${NAME}/`,
    );
  });

  test('its user may become root, its browser may isolate its pages, and both have room', () => {
    const {
      containers: [mitk, mirror],
      securityContext,
    } = server(stack([{ name: 'mitk-workbench-chart', as: 'a' }]), NAME);
    expect(securityContext.seccompProfile.type).toBe('Unconfined');
    expect(mitk.securityContext.capabilities.drop).toEqual(['NET_RAW', 'MKNOD', 'SYS_CHROOT']);
    expect(mirror.securityContext.capabilities.drop).toContain('AUDIT_WRITE');
    expect(mitk.resources.limits['ephemeral-storage']).toBe('50Gi');
  });

  test('it computes on a GPU when it is told to', () => {
    const { containers, runtimeClassName, nodeSelector } = server(
      stack([{ name: 'mitk-workbench-chart', as: 'a', parameters: { gpu_container: true } }], {
        services: { gpu: GPU },
      }),
      NAME,
    );
    expect(containers[0].resources.limits['nvidia.com/gpu']).toBe(1);
    expect(runtimeClassName).toBe('nvidia');
    expect(nodeSelector).toEqual({ 'kaapana.io/node': 'storage', 'nvidia.com/gpu.present': 'true' });
    const idle = server(stack([{ name: 'mitk-workbench-chart', as: 'a' }], { services: { gpu: GPU } }), NAME);
    expect([idle.containers[0].resources.limits['nvidia.com/gpu'], idle.runtimeClassName]).toEqual([
      undefined,
      undefined,
    ]);
  });

  test('a taint that keeps others off the nodes with GPUs is tolerated, by that one alone', () => {
    const services = { gpu: { ...GPU, taint: 'nvidia.com/gpu' } };
    const { tolerations } = server(
      stack([{ name: 'mitk-workbench-chart', as: 'a', parameters: { gpu_container: true } }], { services }),
      NAME,
    );
    expect(tolerations).toEqual([{ key: 'nvidia.com/gpu', operator: 'Exists' }]);
    expect(server(stack([{ name: 'mitk-workbench-chart', as: 'a' }], { services }), NAME).tolerations).toBeUndefined();
  });

  test('a GPU that there is not is refused', () => {
    expect(() => stack([{ name: 'mitk-workbench-chart', as: 'a', parameters: { gpu_container: true } }])).toThrow(
      'mitk-workbench-chart-a is to compute on a GPU, and there is none',
    );
  });

  test('a port of the server takes the place of the route', () => {
    const chart = stack([{ name: 'mitk-workbench-chart', as: 'a', parameters: { service_type: 'NodePort' } }]);
    expect(object(chart, 'Service', NAME).spec).toMatchObject({
      type: 'NodePort',
      ports: [{ port: 80, nodePort: 22223 }],
    });
    expect(objects(chart).map(({ kind }) => kind)).not.toContain('Ingress');
  });
});

test('JupyterLab keeps the directory of the bucket and its own in step', () => {
  const chart = stack([
    { name: 'jupyterlab-chart', as: 'b', parameters: { minio_prefix: 'trial/1', exclude_patterns: '*.tmp' } },
  ]);
  const { containers } = server(chart, 'jupyterlab-chart-b');
  expect(envOf(containers[0])).toEqual({ INGRESS_PATH: `${ROUTE}/jupyterlab-chart-b`, WORKSPACE: '/kaapana' });
  expect(envOf(containers[1])).toMatchObject({
    ACTION: 'SYNC',
    MINIO_PATH: 'project-admin/trial/1',
    EXCLUDE: '*.tmp',
    LOCAL_PATH: '/kaapana/minio/',
  });
  expect(object(chart, 'Service', 'jupyterlab-chart-b').spec.ports[0]).toMatchObject({
    name: 'log-http-port',
    port: 8888,
    targetPort: 'jupyterlab-http',
  });
  expect(object(chart, 'Ingress', 'jupyterlab-chart-b').metadata['annotations']).toMatchObject({
    'kaapana.ai/display-name': 'jupyterlab-chart-b',
  });
});

test.each([
  ['Host2Minio', 'PUSH'],
  ['Minio2Host', 'FETCH'],
  ['Bidirectional', 'SYNC'],
] as const)('MinIO Sync by the strategy %s does %s', (sync_strategy, action) => {
  const parameters = { sync_strategy, host_directory: '/in/box', minio_path: 'bucket/box', uid: '1001', gid: '1002' };
  const chart = stack([{ name: 'minio-sync-chart', as: 'c', parameters }]);
  const { containers, initContainers, securityContext } = server(chart, 'minio-sync-chart-c');
  expect(envOf(containers[0])).toMatchObject({ ACTION: action, MINIO_PATH: 'bucket/box', LOCAL_PATH: '/host' });
  expect(initContainers[0].command).toEqual(['chown', '-R', '1001:1002', '/mount']);
  expect(securityContext).toMatchObject({ runAsUser: 1001, runAsGroup: 1002, fsGroup: 1002 });
  expect(object(chart, 'PersistentVolume', 'services-minio-sync-chart-c-host-path').spec.hostPath.path).toBe(
    '/home/kaapana/in/box',
  );
});

describe('several of a kind', () => {
  const both = [
    { name: 'mitk-workbench-chart', as: 'a' },
    { name: 'mitk-workbench-chart', as: 'b' },
  ] as const;

  test('they share no object, and one goes without the other', () => {
    const ids = (installs: (typeof both)[number][]) =>
      buildGraph(stack(installs).node.root)
        .nodes.map(({ id }) => id)
        .filter((id) => id.includes('mitk'));
    const [a, b] = [ids([both[0]]), ids([both[1]])];
    expect(a).toHaveLength(7);
    expect(ids([...both]).sort()).toEqual([...a, ...b].sort());
  });

  test('each belongs to its project', () => {
    const trial = { name: 'trial', id: '00000000-0000-4000-8000-000000000002', namespace: 'project-trial' };
    const chart = stack([{ ...both[0], project: 'trial' }], { projects: [PROJECT, trial] });
    expect(object(chart, 'Ingress', 'mitk-workbench-chart-a').spec.rules[0].http.paths[0].path).toContain(trial.id);
    expect(() => stack([{ ...both[0], project: 'other' }])).toThrow(
      'mitk-workbench-chart-a belongs to the project other, which there is not',
    );
  });

  test('the tag of a single image comes before the version of an install', () => {
    const images = new Images({
      registry: 'r.org',
      tag: '0.6.0',
      tags: { 'mitk-workbench': 'fixed' },
      pullPolicy: 'Always',
    }) as KaapanaPlatform['images'];
    const chart = stack([{ ...both[0], version: '0.5.0' }], { platform: { ...platform(), images } });
    expect(server(chart, 'mitk-workbench-chart-a').containers[0].image).toBe('r.org/mitk-workbench:fixed');
  });
});
