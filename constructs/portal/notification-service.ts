import { Construct } from 'constructs';
import { type Address, type Endpoint, origin, WebRoute, Workload } from '../kube';
import type { ComponentProps } from '../platform/component-props';
import { Postgres } from '../platform/postgres';

/** Properties of `NotificationService`. */
export interface NotificationServiceProps extends ComponentProps {
  /** Knows the members of projects: the access information interface. */
  readonly accessInformation: Address;

  /** Password of its database: letters, digits, - and _. It is set once, when the database is created. */
  readonly databasePassword: string;
}

const NAME = 'notification-service';
const PATH = '/notifications';
const PORT = 8080;

/** Messages to users and projects, with their database (notification-service, Kaapana 0.6.0). */
export class NotificationService extends Construct {
  /** For components and tasks that tell something; browsers go by the reverse proxy. */
  public readonly api: Endpoint;

  constructor(scope: Construct, id: string, props: NotificationServiceProps) {
    super(scope, id);
    const { platform, namespace, accessInformation } = props;

    const database = new Postgres(this, 'Database', {
      platform,
      namespace,
      component: NAME,
      database: 'kaapanauser',
      password: props.databasePassword,
    });
    const server = new Workload(this, 'Server', {
      platform,
      namespace,
      name: NAME,
      labels: { 'app.kubernetes.io/name': NAME, 'app.kubernetes.io/component': 'api' },
      waitFor: [database.ready],
      waitDelay: 2,
      uses: [accessInformation],
      recreate: true, // It changes its database when it starts.
      container: {
        image: platform.images.ref('notification-service'),
        env: {
          APPLICATION_ROOT: PATH,
          DATABASE_URL: database.url('postgresql+asyncpg'),
          AII_URL: origin(accessInformation),
        },
        ports: { http: PORT },
        resources: { memoryRequest: '100Mi', memoryLimit: '256Mi' },
      },
    });

    this.api = server.expose('Service', { name: NAME, ports: { http: { port: 80, target: 'http' } } }).endpoint('http');
    new WebRoute(this, 'Route', {
      platform,
      name: `${NAME}-ingress`,
      paths: [PATH],
      to: this.api,
      strip: `strip-prefix-${NAME}`,
    });
  }
}
