import type * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type Address, origin, Workload } from '../kube';
import type { ComponentProps } from '../platform/component-props';
import type { Origin } from '../platform/origin';

/** Properties of `MetaInit`. */
export interface MetaInitProps extends ComponentProps {
  /** Host and port that users reach the platform at; pages link to them. */
  readonly origin: Origin;

  readonly opensearch: Address;

  /** Pages on the index; the path among the URL. */
  readonly dashboards: Address;

  /** Identity provider, plain. */
  readonly keycloak: Address;

  /** Client `kaapana` at the identity provider; key `oidc-client-secret`. */
  readonly oidcClient: kplus.ISecret;

  /** The user `system`; key `system-user-password`. */
  readonly systemUser: kplus.ISecret;
}

/** Makes the index template and the first dashboards (meta-init-chart, Kaapana 0.6.0). */
export class MetaInit extends Construct {
  constructor(scope: Construct, id: string, props: MetaInitProps) {
    super(scope, id);
    const { platform, namespace, opensearch, dashboards, keycloak } = props;

    new Workload(this, 'Job', {
      platform,
      namespace,
      name: 'init-meta',
      kind: 'Job',
      backoffLimit: 10,
      waitFor: [
        { address: dashboards, label: 'os-dashboards' },
        { address: opensearch, label: 'opensearch' },
      ],
      waitDelay: 1,
      uses: [keycloak],
      container: {
        image: platform.images.ref('init-meta'),
        env: {
          DOMAIN: props.origin.domain,
          HTTPS_PORT: String(props.origin.httpsPort),
          INIT_DASHBOARDS: 'True',
          INIT_OPENSEARCH: 'True',
          DASHBOARDS_URL: dashboards.url,
          EXPORT_NDJSON: '/dashboards/export.ndjson',
          OPENSEARCH_HOST: opensearch.host,
          OPENSEARCH_PORT: String(opensearch.port),
          KEYCLOAK_URL: origin(keycloak),
          KAAPANA_CLIENT_SECRET: props.oidcClient.envValue('oidc-client-secret'),
          KAAPANA_PROJECT_USER_NAME: 'system',
          KAAPANA_PROJECT_USER_PASSWORD: props.systemUser.envValue('system-user-password'),
        },
        exceptions: { writableRoot: 'it puts the address into a file of the image before it sends it' },
      },
    });
  }
}
