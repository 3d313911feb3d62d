import { Construct } from 'constructs';
import { type Platform, Volume, Workload } from '../../kube';
import { egressAddresses, egressEnv } from '../../platform/egress';
import { PROJECT_PODS } from '../../platform/project-services';
import type { ExtensionServices } from './extension';

/** Properties of `ModelDownload`. */
export interface ModelDownloadProps {
  readonly platform: Platform;

  readonly services: ExtensionServices;

  /** Name of the job. */
  readonly name: string;

  /** Full reference of the image that downloads. */
  readonly image: string;

  /** Directory below `/models` that they go to. */
  readonly directory: string;

  /** Models to download. */
  readonly models: readonly string[];
}

const MODELS_DIR = '/models';
const NO_PROXY = 'localhost,127.0.0.1,.svc,.cluster.local';

/** A job that downloads models, unless they are there already (model_installer_chart, Kaapana 0.6.0). */
export class ModelDownload extends Construct {
  constructor(scope: Construct, id: string, props: ModelDownloadProps) {
    super(scope, id);
    const {
      platform,
      services: { namespaces, volumes, egress },
    } = props;
    new Workload(this, 'Job', {
      platform,
      name: props.name,
      namespace: namespaces.services,
      kind: 'Job',
      backoffLimit: 0,
      labels: { 'app.kubernetes.io/name': props.name, ...PROJECT_PODS.withOutside },
      nodeSelector: platform.storageNode,
      uses: egressAddresses(egress),
      container: {
        name: 'zenodo-models',
        image: props.image,
        env: {
          ...egressEnv(egress),
          no_proxy: NO_PROXY,
          MODEL_DIR: `${MODELS_DIR}/${props.directory}`,
          TASK_IDS: props.models.join(','),
        },
        mounts: [Volume.claim('modeldata', volumes.models).at(MODELS_DIR)],
        resources: { memoryRequest: '100Mi', memoryLimit: '6Gi' },
        exceptions: { writableRoot: 'it keeps what it downloads in /kaapana/app until it is unpacked' },
      },
    });
  }
}
