import type { Construct } from 'constructs';
import type { ResourceProps } from '../../kube';
import { minioMirror } from '../../platform/minio-mirror';
import type { ExtensionDefinition } from './definition';
import { DESKTOP, WORKBENCH_STORAGE } from './desktop';
import type { ExtensionImage, ExtensionProps } from './extension';
import { applicationPath, ProjectApplication, redirectTo } from './project-application';

/** Properties of `DesktopApplication`. */
export interface DesktopApplicationProps<Definition extends ExtensionDefinition> extends ExtensionProps<Definition> {
  /** Name of its container and its volume, and of its directory below `applications`. */
  readonly program: string;

  readonly image: ExtensionImage<Definition>;

  /** Name of the service's port. */
  readonly portName: string;

  /** Memory of the program. */
  readonly memory: Pick<ResourceProps, 'memoryRequest' | 'memoryLimit'>;

  /** Memory of each container that copies files. @default - as `minioMirror` has it */
  readonly mirrorMemory?: Pick<ResourceProps, 'memoryRequest' | 'memoryLimit'>;

  readonly displayName: string;

  /** Path that leads to it, without a slash at its end. @default - `applicationPath` */
  readonly path?: string;

  /** Bucket, and path in it, of its `input` and `output`. @default - its name in the project's bucket */
  readonly bucket?: string;

  /** Port on every node, in place of the route. @default - it has a route */
  readonly nodePort?: number;

  /** Whether it computes on a GPU. @default false */
  readonly onGpu?: boolean;
}

const DATA_DIR = '/kaapana/minio';
const PORT = 80;

/**
 * A desktop program in the browser. What users put into its bucket's `input` comes to its directory of that name; what
 * they save in `output` goes back (mitk-workbench-chart, slicer-workbench-chart and desktop-container-chart, Kaapana
 * 0.6.0).
 */
export class DesktopApplication<Definition extends ExtensionDefinition> extends ProjectApplication {
  constructor(scope: Construct, id: string, props: DesktopApplicationProps<Definition>) {
    const { platform, services, name, project, program, onGpu = false } = props;
    const { path = applicationPath(project, name), bucket = `project-${project.name}/${name}` } = props;
    const gpu = onGpu ? services.gpu : undefined;
    if (onGpu && !gpu) throw new Error(`${name} is to compute on a GPU, and there is none`);
    const mirror = (direction: 'input' | 'output') =>
      minioMirror({
        platform,
        minio: services.minio,
        name: `minio-${direction}`,
        action: direction === 'input' ? 'FETCH' : 'PUSH',
        remote: `${bucket}/${direction}`,
        local: `${DATA_DIR}/${direction}`,
        memory: props.mirrorMemory,
      });
    super(scope, id, {
      platform,
      services,
      name,
      project,
      path,
      displayName: props.displayName,
      portName: props.portName,
      nodePort: props.nodePort,
      middleware: { name: `${name}-redirect`, spec: redirectTo(path) },
      runtimeClass: gpu?.runtimeClass,
      taints: gpu?.taint === undefined ? undefined : [gpu.taint],
      nodeSelector: gpu?.nodeSelector && { ...platform.storageNode, ...gpu.nodeSelector },
      container: {
        name: program,
        image: platform.images.ref(props.image),
        env: { INGRESS_PATH: path.slice(1) },
        ports: { [`${program}-http`]: PORT },
        resources: {
          ...props.memory,
          cpuLimit: '16',
          storageLimit: WORKBENCH_STORAGE,
          devices: gpu && { [gpu.resource]: 1 },
        },
        security: { runAsUser: 0 }, // Its desktop is started by a supervisor.
        keeps: DESKTOP.keeps,
        exceptions: DESKTOP.container,
      },
      exceptions: DESKTOP.exceptions,
      sidecars: [mirror('input'), mirror('output')],
      volumes: [
        {
          name: program,
          mountPath: DATA_DIR,
          role: 'slow',
          directory: `applications/${program}/${name}`,
          holds: `the files of ${name}`,
        },
      ],
    });
  }
}
