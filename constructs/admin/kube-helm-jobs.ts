import { Construct } from 'constructs';
import { type ContainerProps, type Mount, Workload, type WorkloadProps } from '../kube';
import type { KaapanaPlatform } from '../platform/kaapana-platform';

/** An extension chart of a collection. */
export interface ExtensionChart {
  readonly name: string;
  readonly version: string;
}

/** What kube-helm's pods have in common. */
export interface KubeHelmPods extends Pick<WorkloadProps, 'namespace' | 'identity' | 'uses' | 'nodeSelector'> {
  readonly platform: KaapanaPlatform;
}

/** Properties of `KubeHelmJobs`. */
export interface KubeHelmJobsProps {
  readonly pods: KubeHelmPods;

  /** Environment of its scripts. */
  readonly env: NonNullable<ContainerProps['env']>;

  /** Directory of the charts. */
  readonly extensions: Mount;

  /** Charts to install once the collections are there. */
  readonly preinstall: readonly ExtensionChart[];

  /** Pull the images of all extensions ahead. */
  readonly prefetch: boolean;
}

/** Fills kube-helm's directory of charts, then installs some of them (kube-helm-chart, Kaapana 0.6.0). */
export class KubeHelmJobs extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: KubeHelmJobsProps,
  ) {
    super(scope, id);
    const job = { ...props.pods, kind: 'Job', backoffLimit: 2 } as const;

    new Workload(this, 'Collections', {
      ...job,
      name: 'init-collections',
      container: this.script('init-collections', 'init_collections'),
    });
    new Workload(this, 'Extensions', {
      ...job,
      name: 'init-extensions',
      initContainers: props.preinstall.length === 0 ? [] : [this.waitForCharts()],
      container: this.script('preinstall-extensions', 'preinstall_extensions'),
      sidecars: props.prefetch ? [this.script('prefetch-extensions', 'prefetch_extensions')] : [],
    });
  }

  /** A container that runs one of the scripts of the image. */
  private script(name: string, script: string): ContainerProps {
    const { pods, env, extensions } = this.props;
    return {
      name,
      image: pods.platform.images.ref('kube-helm'),
      command: ['python', '-u'],
      args: [`/app/scripts/${script}.py`],
      env,
      mounts: [extensions],
      resources: { memoryRequest: '100Mi', memoryLimit: '500Mi' },
      exceptions: { writableRoot: 'helm, which it runs, keeps its cache and configuration in the home directory' },
    };
  }

  /** The collections copy their charts by jobs of their own, so the files are waited for. */
  private waitForCharts(): ContainerProps {
    const { pods, extensions, preinstall } = this.props;
    const { mountPath } = extensions.spec;
    return {
      name: 'wait-for-extensions',
      image: pods.platform.images.ref('service-checker'),
      env: {
        FILES_AND_FOLDERS_EXISTS: preinstall
          .map(({ name, version }) => `${mountPath}/${name}-${version}.tgz;`)
          .join(''),
        DELAY: '2',
        TIMEOUT: '10',
      },
      mounts: [extensions],
    };
  }
}
