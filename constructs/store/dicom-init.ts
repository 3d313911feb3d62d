import type * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type Address, type Endpoint, origin, Workload } from '../kube';
import type { ComponentProps } from '../platform/component-props';

/** Properties of `DicomInit`. */
export interface DicomInitProps extends ComponentProps {
  /** Where DICOM files are sent; the job sends them to port 11112. */
  readonly ctp: Address;

  /** Where they can be seen; its namespace is what the job is told. */
  readonly dicomWebFilter: Endpoint;

  /** Where their metadata is found. */
  readonly opensearch: Address;

  /** Workflow engine, which handles what comes in; its URL ends with the path that its API is below. */
  readonly airflow: Address;

  /** Identity provider, plain. */
  readonly keycloak: Address;

  /** Client `kaapana` at the identity provider; key `oidc-client-secret`. */
  readonly oidcClient: kplus.ISecret;

  /** The user `system`; key `system-user-password`. */
  readonly systemUser: kplus.ISecret;
}

/** Sends a first DICOM series through the whole platform (dicom-init-chart, Kaapana 0.6.0). */
export class DicomInit extends Construct {
  constructor(scope: Construct, id: string, props: DicomInitProps) {
    super(scope, id);
    const { platform, namespace, ctp, dicomWebFilter, opensearch, airflow, keycloak } = props;
    const workflows = `${airflow.url}/kaapana/api`;

    new Workload(this, 'Job', {
      platform,
      namespace,
      name: 'dicom-init',
      kind: 'Job',
      backoffLimit: 5,
      waitFor: [
        { address: keycloak, label: 'keycloak' },
        { address: ctp, label: 'ctp' },
        { address: dicomWebFilter, label: 'dicom-web-filter' },
        { address: opensearch, label: 'opensearch' },
        { address: airflow, label: 'airflow', path: new URL(`${workflows}/getdags`).pathname },
      ],
      waitDelay: 2,
      container: {
        image: platform.images.ref('dicom-init'),
        env: {
          CTP_URL: ctp.host,
          OPENSEARCH_HOST: opensearch.host,
          OPENSEARCH_PORT: String(opensearch.port),
          AIRFLOW_TRIGGER: `${workflows}/trigger`,
          KEYCLOAK_URL: origin(keycloak),
          KAAPANA_CLIENT_SECRET: props.oidcClient.envValue('oidc-client-secret'),
          KAAPANA_PROJECT_USER_PASSWORD: props.systemUser.envValue('system-user-password'),
          SERVICES_NAMESPACE: dicomWebFilter.service.namespace,
        },
        resources: { memoryRequest: '200Mi', memoryLimit: '1500Mi' },
        exceptions: { writableRoot: 'nothing proves that dcmsend writes no file of its own' },
      },
    });
  }
}
