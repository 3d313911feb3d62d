import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { WebRoute, Workload } from '../../kube';
import { Postgres } from '../../platform/postgres';
import { defineExtension } from '../contract/definition';
import { type ExtensionProps, ownCredential } from '../contract/extension';

const definition = defineExtension({
  name: 'hello-backend-chart',
  title: 'Hello Backend',
  purpose: 'A page with a database; an example for those who write applications',
  kind: 'application',
  maturity: 'experimental',
  hardware: 'cpu',
  images: ['hello-backend'],
});

const NAME = 'hello-backend';
const DATABASE = 'hello-postgres';
const PATH = `/${NAME}`;
const PORT = 5000;

/** A page that keeps names in a database, as an example (hello-backend-chart, Kaapana 0.6.0). */
export class HelloBackend extends Construct {
  public static readonly definition = definition;

  constructor(scope: Construct, id: string, { platform, services, name }: ExtensionProps<typeof definition>) {
    super(scope, id);
    const namespace = services.namespaces.services;
    const database = new Postgres(this, 'Database', {
      platform,
      namespace,
      component: DATABASE,
      database: 'someuser', // The page takes the one that is called like the user.
      password: ownCredential(name, 'databasePassword'),
      memoryLimit: '500Mi',
      names: { server: `${DATABASE}-deployment`, service: `${DATABASE}-service` },
    });
    const key = new kplus.Secret(this, 'Key', {
      metadata: { name: `${NAME}-key`, namespace },
      stringData: { 'secret-key': ownCredential(name, 'secretKey') },
    });
    const server = new Workload(this, 'Server', {
      platform,
      namespace,
      name: NAME,
      recreate: true, // It changes its database when it starts.
      nodeSelector: platform.storageNode,
      waitFor: [database.endpoint],
      waitDelay: 1,
      container: {
        image: platform.images.ref('hello-backend'),
        env: {
          APPLICATION_ROOT: PATH,
          HELLO_WORLD_USER: 'kaapana-user',
          SECRET_KEY: key.envValue('secret-key'),
          DATABASE_URL: database.url('postgresql'),
        },
        ports: { 'hello-http': PORT },
        resources: { memoryRequest: '200Mi', memoryLimit: '500Mi' },
        exceptions: { writableRoot: 'its start script writes the migrations of its database' },
      },
    });
    const web = server.expose('Service', { name: `${NAME}-service`, ports: { 'hb-http': PORT } }).endpoint('hb-http');
    new WebRoute(this, 'Route', { platform, name: `${NAME}-ingress`, paths: [PATH], to: web });
  }
}
