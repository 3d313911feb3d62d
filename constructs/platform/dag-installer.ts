import { Construct } from 'constructs';
import { type Address, type ContainerExceptions, type Platform, Volume, type VolumeSource, Workload } from '../kube';

/** Properties of `DagInstaller`. */
export interface DagInstallerProps {
  readonly platform: Platform;

  /** Namespace of the services. */
  readonly namespace: string;

  readonly adminNamespace: string;

  /** Name of the job. */
  readonly name: string;

  /** Full reference of the image with the workflows. */
  readonly image: string;

  /** Tag of the images that the workflows run. */
  readonly version: string;

  /** Version of the platform, and the registry of its images. */
  readonly release: { readonly version: string; readonly registry: string };

  /** Labels of the node that holds the data. */
  readonly node: Readonly<Record<string, string>>;

  /** Pulls the images that the workflows need. */
  readonly kubeHelm: Address;

  /** Where Airflow finds workflows. */
  readonly dags: VolumeSource;

  /** Where Airflow finds plugins. */
  readonly plugins: VolumeSource;

  /** Where tasks find scripts. @default - the image has none, as all since Kaapana 0.4 */
  readonly scripts?: VolumeSource;

  /** Names of Secrets with accounts at further registries. @default - none */
  readonly pullSecrets?: readonly string[];

  /**
   * Of its container. @default - it may write outside of its mounts, where directories go that Airflow does not read
   */
  readonly exceptions?: ContainerExceptions;
}

const HOME = '/kaapana/mounted/workflows';

/**
 * Puts the workflows of an image into Airflow (dag-installer-chart, Kaapana 0.6.0).
 *
 * What it copies stays when the platform goes, as all data does; the next deployment copies it anew.
 */
export class DagInstaller extends Construct {
  constructor(scope: Construct, id: string, props: DagInstallerProps) {
    super(scope, id);
    const { platform, namespace, name, release, scripts } = props;
    new Workload(this, 'Job', {
      platform,
      namespace,
      name,
      kind: 'Job',
      backoffLimit: 0,
      nodeSelector: props.node,
      pullSecrets: props.pullSecrets,
      waitFor: [{ address: props.kubeHelm, label: 'kube-helm', path: '/health-check' }],
      waitDelay: 2,
      container: {
        name: `copy-${name}`,
        image: props.image,
        env: {
          ACTION: 'copy',
          ADMIN_NAMESPACE: props.adminNamespace,
          SERVICES_NAMESPACE: namespace,
          KAAPANA_BUILD_VERSION: release.version,
          KAAPANA_DEFAULT_REGISTRY: release.registry,
          DOCKER_VERSION: props.version,
        },
        mounts: [
          Volume.claim('airflow-dags', props.dags).at(`${HOME}/dags`),
          Volume.claim('airflow-plugins', props.plugins).at(`${HOME}/plugins`),
          ...(scripts ? [Volume.claim('airflow-mounted-scripts', scripts).at(`${HOME}/mounted_scripts`)] : []),
        ],
        exceptions: props.exceptions ?? {
          writableRoot: `directories of the image that Airflow does not read are copied to ${HOME} all the same`,
        },
      },
    });
  }
}
