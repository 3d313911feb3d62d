import type { ISecret } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type Platform, Workload } from '../../kube';
import { hostAndPort } from '../../platform/minio-mirror';
import type { ExtensionServices } from './extension';

/** Properties of `AnalysisScripts`. */
export interface AnalysisScriptsProps {
  readonly platform: Platform;

  readonly services: ExtensionServices;

  /** Name of the job. */
  readonly name: string;

  /** Full reference of the image that carries the notebooks. */
  readonly image: string;
}

/** Bucket of the notebooks. */
const BUCKET = 'template-analysis-scripts';

/** A job that puts notebooks for the results of a workflow into the object store (nnunet-workflow, Kaapana 0.6.0). */
export class AnalysisScripts extends Construct {
  constructor(scope: Construct, id: string, { platform, services, name, image }: AnalysisScriptsProps) {
    super(scope, id);
    const {
      minio: { api, account },
    } = services;
    new Workload(this, 'Job', {
      platform,
      name,
      namespace: services.namespaces.services,
      kind: 'Job',
      backoffLimit: 0,
      waitFor: [{ address: api, label: 'minio' }],
      container: {
        image,
        env: { MINIO_SERVICE: hostAndPort(api), MINIO_PATH: BUCKET, ...credentials(account) },
        resources: { memoryRequest: '50Mi', memoryLimit: '500Mi' },
        exceptions: { writableRoot: 'mc writes its configuration to the home directory' },
      },
    });
  }
}

function credentials(account: ISecret) {
  return { MINIO_USER: account.envValue('username'), MINIO_PASSWORD: account.envValue('password') };
}
