import { Construct } from 'constructs';
import type { KaapanaPlatform } from '../images';
import { type Address, Volume, type VolumeSource, Workload } from '../kube';

/** Properties of `KaapanaPlugin`. */
export interface KaapanaPluginProps {
  readonly platform: KaapanaPlatform;

  readonly namespace: string;

  readonly adminNamespace: string;

  /** Version of the platform, and the registry of its images. */
  readonly release: { readonly version: string; readonly registry: string };

  /** Name of the node that holds the data. @default - whichever has its label */
  readonly mainNode?: string;

  /** Pulls the images that the workflows need. */
  readonly kubeHelm: Address;

  /** Where Airflow finds workflows. */
  readonly dags: VolumeSource;

  /** Where Airflow finds plugins. */
  readonly plugins: VolumeSource;
}

const NAME = 'kaapana-plugin';
const HOME = '/kaapana/mounted/workflows';

/**
 * Puts Kaapana's plugin and its own workflows into Airflow (kaapana-plugin-chart, Kaapana 0.6.0).
 *
 * What it copies stays when the platform goes, as all data does; the next deployment copies it anew.
 */
export class KaapanaPlugin extends Construct {
  constructor(scope: Construct, id: string, props: KaapanaPluginProps) {
    super(scope, id);
    const { platform, namespace, release } = props;
    new Workload(this, 'Job', {
      platform,
      namespace,
      name: NAME,
      kind: 'Job',
      labels: { 'app.kubernetes.io/name': NAME },
      backoffLimit: 0,
      nodeSelector: props.mainNode === undefined ? platform.storageNode : { 'kubernetes.io/hostname': props.mainNode },
      waitFor: [{ address: props.kubeHelm, label: 'kube-helm', path: '/health-check' }],
      waitDelay: 2,
      container: {
        name: `copy-${NAME}`,
        image: platform.images.ref('kaapana-plugin'),
        env: {
          ACTION: 'copy',
          ADMIN_NAMESPACE: props.adminNamespace,
          SERVICES_NAMESPACE: namespace,
          KAAPANA_BUILD_VERSION: release.version,
          KAAPANA_DEFAULT_REGISTRY: release.registry,
          DOCKER_VERSION: release.version,
        },
        mounts: [
          Volume.claim('airflow-dags', props.dags).at(`${HOME}/dags`),
          Volume.claim('airflow-plugins', props.plugins).at(`${HOME}/plugins`),
        ],
      },
    });
  }
}
