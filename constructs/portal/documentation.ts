import { Construct } from 'constructs';
import { type Endpoint, Volume, WebRoute, Workload } from '../kube';
import type { ComponentProps } from '../platform/component-props';
import { HIGH_PRIORITY } from '../platform/priority';

/** Properties of `Documentation`. */
export type DocumentationProps = ComponentProps;

const NAME = 'kaapana-documentation';
const LABELS = { 'app.kubernetes.io/name': NAME, 'app.kubernetes.io/component': 'nginx' };
const PORT = 8080;
const USER_ID = 1000;

/** The handbook of the platform (kaapana-documentation, Kaapana 0.6.0). */
export class Documentation extends Construct {
  public readonly web: Endpoint;

  constructor(scope: Construct, id: string, props: DocumentationProps) {
    super(scope, id);
    const { platform, namespace } = props;

    const server = new Workload(this, 'Server', {
      platform,
      namespace,
      name: NAME,
      labels: LABELS,
      priorityClass: HIGH_PRIORITY,
      podSecurity: { runAsUser: USER_ID, runAsGroup: USER_ID, fsGroup: USER_ID, runAsNonRoot: true },
      container: {
        name: 'nginx',
        image: platform.images.ref('kaapana-documentation'),
        ports: { http: PORT },
        mounts: [Volume.emptyDir('tmp').at('/tmp')],
      },
    });

    this.web = server
      .expose('Service', { name: `${NAME}-service`, ports: { http: { port: 80, target: 'http' } } })
      .endpoint('http');
    new WebRoute(this, 'Route', { platform, name: `${NAME}-ingress`, paths: ['/docs/'], to: this.web, labels: LABELS });
  }
}
