import type { Construct } from 'constructs';
import { Volume } from '../../kube';
import { minioMirror } from '../../platform/minio-mirror';
import { defineExtension } from '../contract/definition';
import { WORKBENCH_STORAGE } from '../contract/desktop';
import type { ExtensionProps } from '../contract/extension';
import { applicationPath, ProjectApplication } from '../contract/project-application';
import { DISPLAY_NAME } from '../contract/shared-parameters';

const definition = defineExtension({
  name: 'jupyterlab-chart',
  title: 'JupyterLab',
  purpose: 'Notebooks on a directory of the project, which is kept in step with the object store',
  kind: 'application',
  listedInUse: true,
  maturity: 'stable',
  hardware: 'cpu',
  multiInstallable: true,
  documentation: 'user_guide/extensions.html#jupyterlab',
  images: ['jupyterlab'],
  parameters: {
    display_name: DISPLAY_NAME,
    minio_prefix: { type: 'string', default: '/', definition: "Directory in the project's bucket that it works on" },
    exclude_patterns: {
      type: 'string',
      default: '__EXCLUDE_NO_FILES__',
      definition: 'Patterns of files that are left out, with commas between them',
    },
  },
});

const DATA_DIR = '/kaapana/minio';
const PORT = 8888;

/** Notebooks (jupyterlab-chart, Kaapana 0.6.0). */
export class JupyterLab extends ProjectApplication {
  public static readonly definition = definition;

  constructor(scope: Construct, id: string, props: ExtensionProps<typeof definition>) {
    const { platform, services, name, project, parameters } = props;
    super(scope, id, {
      platform,
      services,
      name,
      project,
      displayName: parameters.display_name,
      portName: 'log-http-port',
      container: {
        name: 'jupyterlab',
        image: platform.images.ref('jupyterlab'),
        env: { INGRESS_PATH: applicationPath(project, name), WORKSPACE: '/kaapana' },
        ports: { 'jupyterlab-http': PORT },
        mounts: [Volume.emptyDir('dshm', { medium: 'Memory' }).at('/dev/shm')],
        resources: { memoryRequest: '100Mi', memoryLimit: '1Gi', cpuLimit: '16', storageLimit: WORKBENCH_STORAGE },
        exceptions: {
          escalation: 'people run what they like in its terminal',
          writableRoot: 'people install and write where they like in its terminal',
        },
      },
      sidecars: [
        minioMirror({
          platform,
          minio: services.minio,
          name: 'minio-sync',
          action: 'SYNC',
          remote: `project-${project.name}/${parameters.minio_prefix}`,
          local: `${DATA_DIR}/`,
          exclude: parameters.exclude_patterns,
          memory: { memoryRequest: '100Mi', memoryLimit: '300Mi' },
        }),
      ],
      volumes: [
        {
          name: 'jupyterlab',
          mountPath: DATA_DIR,
          role: 'fast',
          directory: `applications/jupyterlab/${name}`,
          size: '1Gi',
          holds: `the notebooks of ${name}`,
        },
      ],
    });
  }
}
