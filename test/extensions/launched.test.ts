import { envOf } from '../flow/support';
import { type Manifest, object, objects } from '../support';
import { PROJECT, stack } from './support';

const WORKFLOW_DIR = '/kaapana/mounted/data/run1';
const IMAGE = 'registry.example.org/group/step:1';

function pod(chart: ReturnType<typeof stack>, name: string): Manifest {
  return object(chart, 'Deployment', name).spec.template;
}

describe('a session of MITK', () => {
  const name = 'kaapanaint-run1';
  const chart = stack([{ name: 'mitk-flow-chart', as: 'run1', parameters: { workflow_dir: WORKFLOW_DIR } }]);
  const path = `/applications/project/${PROJECT.id}/release/${name}`;

  test('it is in the namespace of the project, as tasks are, and called as Airflow calls it', () => {
    expect(new Set(objects(chart).map(({ metadata }) => metadata.namespace))).toEqual(new Set([PROJECT.namespace]));
    expect(
      objects(chart)
        .map(({ kind, metadata }) => `${kind} ${metadata.name}`)
        .sort(),
    ).toEqual([
      `Deployment ${name}`,
      `Ingress ${name}`,
      `Middleware ${name}-redirect`,
      `NetworkPolicy ${name}-ingress`,
      `Service ${name}`,
    ]);
  });

  test('it works on the files of the run, which tasks write at the same time', () => {
    const {
      containers: [mitk],
      volumes,
      initContainers,
      nodeSelector,
    } = pod(chart, name)['spec'];
    expect(nodeSelector).toEqual({ 'kaapana.io/node': 'storage' });
    expect(envOf(mitk)).toEqual({
      INGRESS_PATH: path.slice(1),
      WORKFLOW_DIR,
      BATCH_NAME: 'batch',
      OPERATOR_IN_DIR: 'get-input',
      OPERATOR_OUT_DIR: 'mitk-flow',
    });
    expect(mitk.volumeMounts).toEqual([{ name: 'workflow-data', mountPath: '/kaapana/mounted/data' }]);
    expect(volumes).toEqual([
      { name: 'workflow-data', persistentVolumeClaim: { claimName: 'workflow-data-pv-claim' } },
    ]);
    expect(initContainers).toBeUndefined();
    expect(object(chart, 'Deployment', name).spec.strategy).toEqual({ type: 'RollingUpdate' });
  });

  test('it is a desktop: its start becomes root, and its browser isolates pages', () => {
    const {
      containers: [mitk],
      securityContext,
    } = pod(chart, name)['spec'];
    expect(securityContext).toEqual({ seccompProfile: { type: 'Unconfined' } });
    expect(mitk.securityContext.capabilities.drop).not.toContain('AUDIT_WRITE');
    expect(mitk.resources.limits['ephemeral-storage']).toBe('50Gi');
  });

  test('users find it among the applications that workflows started', () => {
    expect(object(chart, 'Ingress', name).metadata['annotations']).toMatchObject({
      'kaapana.ai/type': 'triggered',
      'kaapana.ai/display-name': name,
    });
    const { regex, replacement } = object(chart, 'Middleware', `${name}-redirect`).spec.redirectRegex;
    expect(`https://kaapana.example.org${path}`.replace(new RegExp(regex), replacement)).toBe(`${path}/`);
  });
});

describe('a debug session', () => {
  const name = 'kaapanaint-run2';
  const chart = stack([
    {
      name: 'dev-server-chart',
      as: 'run2',
      parameters: {
        complete_image: IMAGE,
        envVars: { WORKSPACE: '/kaapana', RUN_ID: 'run2' },
        envVarsFromSecretRef: { KAAPANA_PROJECT_USER_PASSWORD: 'project-user-credentials/project-user-password' },
        labels: { 'network-access-opensearch': 'true', 'app.kubernetes.io/name': 'another' },
        workflow_configmap_name: 'run2-config',
      },
    },
  ]);
  const {
    metadata: { labels },
    spec: {
      containers: [editor],
      volumes,
    },
  } = pod(chart, name) as unknown as { metadata: { labels: object }; spec: Manifest };

  test('it is the image of the step, with its environment; credentials come from Secrets', () => {
    expect(editor.image).toBe(IMAGE);
    expect(envOf(editor)).toEqual({
      WORKSPACE: '/kaapana',
      RUN_ID: 'run2',
      KAAPANA_PROJECT_USER_PASSWORD: 'project-user-credentials/project-user-password',
    });
  });

  test('policies take it for a task, and labels of the step do not take it from its service', () => {
    const own = { 'app.kubernetes.io/name': name };
    expect(labels).toEqual({
      'network-access-opensearch': 'true',
      'kaapana.ai/type': 'processing-container',
      'app.kubernetes.io/managed-by': 'pulumi',
      ...own,
    });
    expect(object(chart, 'Service', name).spec.selector).toEqual(own);
    expect(object(chart, 'Deployment', name).spec.selector.matchLabels).toEqual(own);
  });

  test('its debugger starts the open file, and the settings of the run are where tasks have them', () => {
    const data = object(chart, 'ConfigMap', name)['data'];
    expect(Object.keys(data).sort()).toEqual(['keybindings.json', 'launch.json', 'machine_settings.json']);
    expect(JSON.parse(data['launch.json'])).toMatchObject({
      configurations: [{ type: 'debugpy', program: '${file}' }],
    });
    expect(editor.volumeMounts).toEqual(
      expect.arrayContaining([
        {
          name: 'configs',
          mountPath: '/root/.local/share/code-server/Machine/settings.json',
          subPath: 'settings.json',
        },
        { name: 'configs', mountPath: '/kaapana/.vscode/launch.json', subPath: 'launch.json' },
        { name: 'workflowconf', mountPath: '/kaapana/mounted/data/conf/conf.json', subPath: 'conf.json' },
      ]),
    );
    expect(volumes).toContainEqual({
      name: 'workflowconf',
      configMap: { name: 'run2-config', items: [{ key: 'conf.json', path: 'conf.json' }] },
    });
  });

  test('without settings of a run there is no such file', () => {
    const plain = stack([{ name: 'dev-server-chart', as: 'run2', parameters: { complete_image: IMAGE } }]);
    expect(pod(plain, name)['spec'].volumes.map((volume: { name: string }) => volume.name)).toEqual([
      'configs',
      'dshm',
      'workflow-data',
    ]);
  });

  test('its path is taken off', () => {
    const path = `/applications/project/${PROJECT.id}/release/${name}`;
    expect(object(chart, 'Ingress', name).spec.rules[0].http.paths[0].path).toBe(`${path}/`);
    expect(object(chart, 'Middleware', `cs-strip-prefix-${name}`).spec).toEqual({ stripPrefix: { prefixes: [path] } });
  });
});
