import type { Construct } from 'constructs';
import { Volume } from '../../kube';
import { ProjectApplication, type ProjectApplicationProps } from './project-application';

/** Properties of `LaunchedApplication`. */
export interface LaunchedApplicationProps
  extends Omit<ProjectApplicationProps, 'namespace' | 'type' | 'volumes' | 'recreate'> {
  /** Where it mounts volumes of the project, by the names of their claims without `-pv-claim`. */
  readonly projectVolumes: Readonly<Record<string, string>>;
}

/**
 * A program of a project that a workflow starts beside its tasks, and that has what they have (mitk-flow-chart and
 * dev-server-chart, Kaapana 0.6.0).
 */
export class LaunchedApplication extends ProjectApplication {
  constructor(scope: Construct, id: string, { projectVolumes, ...props }: LaunchedApplicationProps) {
    const { platform, container, project } = props;
    const mounts = Object.entries(projectVolumes).map(([name, path]) =>
      Volume.claim(name, { name: `${name}-pv-claim` }).at(path),
    );
    super(scope, id, {
      podSecurity: {}, // The image's own user, as with tasks: files of any user.
      nodeSelector: platform.storageNode,
      ...props,
      container: { ...container, mounts: [...(container.mounts ?? []), ...mounts] },
      namespace: project.namespace,
      type: 'triggered',
      volumes: [],
      recreate: false, // The tasks of the workflow write there at the same time.
    });
  }
}
