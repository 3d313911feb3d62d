import type * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type Address, type Endpoint, Workload } from '../kube';
import type { ComponentProps } from '../platform/component-props';
import { Minio } from './minio';

/** Properties of `MinioInit`. */
export interface MinioInitProps extends ComponentProps {
  /** The object store; its namespace is what the job is told. */
  readonly minio: Endpoint;

  /** Its root account; keys `username` and `password`. */
  readonly account: kplus.ISecret;

  /** Workflow engine. */
  readonly airflow: Address;
}

/** Makes the buckets and the policy that users have (minio-init-chart, Kaapana 0.6.0). */
export class MinioInit extends Construct {
  constructor(scope: Construct, id: string, props: MinioInitProps) {
    super(scope, id);
    const { platform, namespace, minio, account, airflow } = props;

    new Workload(this, 'Job', {
      platform,
      namespace,
      name: 'minio-init',
      kind: 'Job',
      backoffLimit: 0,
      waitFor: [
        { address: minio, label: 'minio', path: Minio.healthPath },
        { address: airflow, label: 'airflow' },
      ],
      waitDelay: 2,
      container: {
        image: platform.images.ref('minio-init'),
        env: {
          MINIO_ACCESS_KEY: account.envValue('username'),
          MINIO_SECRET_KEY: account.envValue('password'),
          SERVICES_NAMESPACE: minio.service.namespace,
        },
        resources: { memoryLimit: '150Mi' },
        exceptions: { writableRoot: 'mc writes its configuration to the home directory' },
      },
    });
  }
}
