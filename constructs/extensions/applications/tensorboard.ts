import type { Construct } from 'constructs';
import { minioMirror } from '../../platform/minio-mirror';
import { defineExtension } from '../contract/definition';
import type { ExtensionProps } from '../contract/extension';
import { applicationPath, ProjectApplication } from '../contract/project-application';
import { DISPLAY_NAME } from '../contract/shared-parameters';

const definition = defineExtension({
  name: 'tensorboard-chart',
  title: 'TensorBoard',
  purpose: 'Curves of trainings, from the tensorboard directory of the project',
  kind: 'application',
  maturity: 'stable',
  hardware: 'cpu',
  multiInstallable: true,
  documentation: 'user_guide/extensions.html#tensorboard',
  images: ['tensorboard'],
  parameters: { display_name: DISPLAY_NAME },
});

const LOG_DIR = '/kaapana/mounted/tb-logs';
const MINIO_DIR = `${LOG_DIR}/minio`;
const PORT = 6006;

/** TensorBoard on logs from the object store, and on those of its own directory (tensorboard-chart, Kaapana 0.6.0). */
export class TensorBoard extends ProjectApplication {
  public static readonly definition = definition;

  constructor(scope: Construct, id: string, props: ExtensionProps<typeof definition>) {
    const { platform, services, name, project, parameters } = props;
    const directory = `applications/tensorboard/${name}`;
    super(scope, id, {
      platform,
      services,
      name,
      project,
      displayName: parameters.display_name,
      portName: 'log-http-port',
      container: {
        name: 'tensorboard',
        image: platform.images.ref('tensorboard'),
        env: { INGRESS_PATH: applicationPath(project, name), LOG_DIR },
        ports: { 'tensor-http': PORT },
        exceptions: { writableRoot: 'it says where it runs by a file in /tmp' },
        resources: { memoryRequest: '100Mi', memoryLimit: '1Gi' },
      },
      sidecars: [
        minioMirror({
          platform,
          minio: services.minio,
          name: 'minio-input',
          action: 'FETCH',
          remote: `project-${project.name}/tensorboard`,
          local: MINIO_DIR,
        }),
      ],
      volumes: [
        {
          name: 'tensorboard-dedicated',
          mountPath: `${LOG_DIR}/tensorboard`,
          role: 'slow',
          directory: `${directory}/dedicated`,
          holds: `logs of ${name} alone`,
        },
        {
          name: 'tensorboard-minio',
          mountPath: MINIO_DIR,
          role: 'slow',
          directory: `${directory}/minio`,
          holds: `copies of logs for ${name}`,
        },
      ],
    });
  }
}
