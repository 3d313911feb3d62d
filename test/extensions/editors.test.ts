import { envOf } from '../flow/support';
import { type Manifest, object, objects } from '../support';
import { stack } from './support';

const PROXY = 'http://squid-proxy-service.admin.svc.cluster.local:3128';

function server(chart: Parameters<typeof object>[0], name: string): Manifest {
  return object(chart, 'Deployment', name).spec.template.spec;
}

function settings(chart: Parameters<typeof object>[0], name: string): Record<string, unknown> {
  return JSON.parse(object(chart, 'ConfigMap', name)['data']['user_settings.json']);
}

describe('Code Server', () => {
  const chart = stack([{ name: 'code-server-chart' }]);
  const {
    containers: [container],
    securityContext,
    volumes,
  } = server(chart, 'code-server-chart');

  test('it has the files of the workflows', () => {
    const claims = volumes.flatMap((volume: { name: string; persistentVolumeClaim?: object }) =>
      volume.persistentVolumeClaim ? [volume.name] : [],
    );
    expect(claims.sort()).toEqual(['af-plugins', 'dags', 'workflow-data']);
    expect(container.volumeMounts).toContainEqual({ name: 'dags', mountPath: '/kaapana/mounted/workflows/dags' });
    expect(securityContext.runAsUser).toBe(0);
  });

  test('what is installed in it finds room', () => {
    expect(container.resources.limits['ephemeral-storage']).toBe('50Gi');
  });

  test('the proxy leads out, and not to the cluster', () => {
    expect(envOf(container)).toMatchObject({
      WORKSPACE: '/kaapana',
      http_proxy: PROXY,
      no_proxy: expect.stringContaining('.svc'),
    });
    const alone = server(
      stack([{ name: 'code-server-chart' }], { services: { egress: undefined } }),
      'code-server-chart',
    );
    expect(envOf(alone.containers[0])).toEqual({ WORKSPACE: '/kaapana' });
  });

  test('its own path is taken off', () => {
    expect(object(chart, 'Ingress', 'code-server-chart').spec.rules[0].http.paths[0].path).toBe('/code-server/');
    expect(object(chart, 'Middleware', 'cs-strip-prefix-code-server-chart').spec).toEqual({
      stripPrefix: { prefixes: ['/code-server'] },
    });
  });

  test('its settings are files of its user', () => {
    expect(settings(chart, 'code-server-chart')).toMatchObject({
      'python.defaultInterpreterPath': '/opt/venv/bin/python',
      'security.workspace.trust.enabled': false,
    });
    const bindings: { key: string; command: string }[] = JSON.parse(
      object(chart, 'ConfigMap', 'code-server-chart')['data']['keybindings.json'],
    );
    expect(bindings).toHaveLength(8);
    expect(bindings.filter(({ key }) => key === 'ctrl+d').map(({ command }) => command)).toEqual([
      '-editor.action.addSelectionToNextFindMatch',
      'editor.action.deleteLines',
    ]);
    expect(container.volumeMounts).toContainEqual({
      name: 'configs',
      mountPath: '/root/.local/share/code-server/User/settings.json',
      subPath: 'settings.json',
    });
    expect(volumes).toContainEqual({
      name: 'configs',
      configMap: {
        name: 'code-server-chart',
        items: [
          { key: 'user_settings.json', path: 'settings.json' },
          { key: 'keybindings.json', path: 'keybindings.json' },
        ],
      },
    });
  });
});

test('Code Server for development has the bucket of the project, and gives back what is saved in output', () => {
  const chart = stack([{ name: 'dev-code-server-chart', as: 'a' }]);
  const name = 'dev-code-server-chart-a';
  const { containers, securityContext } = server(chart, name);
  expect(containers.map(({ name: each }: { name: string }) => each)).toEqual([
    'code-server',
    'minio-input',
    'minio-output',
  ]);
  expect(containers[0].command[2]).toContain('--disable-workspace-trust');
  expect(envOf(containers[1])).toMatchObject({
    ACTION: 'FETCH',
    MINIO_PATH: 'project-admin',
    LOCAL_PATH: '/kaapana/minio/input',
  });
  expect(envOf(containers[2])).toMatchObject({
    ACTION: 'PUSH',
    MINIO_PATH: `project-admin/${name}/output`,
    LOCAL_PATH: '/kaapana/minio/output',
  });
  expect(securityContext.runAsUser).toBe(0);
  const path = `/applications/project/00000000-0000-4000-8000-000000000001/release/${name}/`;
  expect(object(chart, 'Ingress', name).spec.rules[0].http.paths[0].path).toBe(path);
  expect(object(chart, 'Middleware', `strip-prefix-${name}`).spec.stripPrefix.prefixes).toEqual([path]);
  expect(settings(chart, name)).toMatchObject({ 'r.rterm.linux': '/usr/bin/R' });
});

describe('the extension development kit', () => {
  const chart = stack([{ name: 'edk' }]);

  test('it knows its registry, the extension manager and the version', () => {
    const {
      containers: [container],
      serviceAccountName,
      automountServiceAccountToken,
    } = server(chart, 'edk');
    expect(envOf(container)).toMatchObject({
      LOCAL_REGISTRY_URL: 'local-registry.services.svc.cluster.local:5000',
      KUBE_HELM_URL: 'http://kube-helm-service.admin.svc:5000/kube-helm-api',
      REGISTRY_URL: 'registry.example.org/kaapana',
      KAAPANA_BUILD_VERSION: '0.6.0',
      VOLUME_PATH: '/kaapana/minio/edk-to-minio',
    });
    expect([serviceAccountName, automountServiceAccountToken]).toEqual(['edk-serviceaccount', true]);
  });

  test('it may start pods and watch them, in its namespace alone', () => {
    const rights = objects(chart).filter(({ kind }) => /Role/.test(kind));
    expect(rights.map(({ kind, metadata }) => `${kind}/${metadata.namespace}`)).toEqual([
      'Role/services',
      'RoleBinding/services',
    ]);
    expect(rights[0]?.['rules']).toEqual([{ apiGroups: [''], resources: ['pods'], verbs: ['create', 'watch'] }]);
  });

  test('what it starts borrows no rights, no directory of the node and no Secret', () => {
    const { matchConditions, validations } = object(chart, 'ValidatingAdmissionPolicy', 'services-edk-builders').spec;
    expect(matchConditions[0].expression).toBe(
      'request.userInfo.username == "system:serviceaccount:services:edk-serviceaccount"',
    );
    const rules = validations.map(({ expression }: { expression: string }) => expression).join('\n');
    for (const word of [
      'serviceAccountName == "default"',
      'hostNetwork',
      'hostPID',
      '"edk-pv-claim"',
      's.secret',
      'privileged',
      'envFrom',
      'valueFrom',
      'initContainers',
    ])
      expect(rules).toContain(word);
  });

  test('the nodes pull from its registry, and tools of the server find it', () => {
    expect(object(chart, 'Service', 'local-registry').spec).toMatchObject({
      type: 'NodePort',
      ports: [{ port: 5000, nodePort: 32000 }],
    });
    const hosting = object(chart, 'ConfigMap', 'local-registry-hosting');
    expect([hosting.metadata.namespace, hosting['data']['localRegistryHosting.v1']]).toEqual([
      'kube-public',
      expect.stringContaining('host: localhost:32000'),
    ]);
    expect(envOf(server(chart, 'local-registry-ui').containers[0])).toMatchObject({
      NGINX_PROXY_PASS_URL: 'http://local-registry.services.svc.cluster.local:5000',
    });
  });
});
