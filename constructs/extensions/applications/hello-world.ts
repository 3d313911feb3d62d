import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { WebRoute, Workload } from '../../kube';
import { defineExtension } from '../contract/definition';
import { type ExtensionProps, ownCredential } from '../contract/extension';

const definition = defineExtension({
  name: 'hello-world-chart',
  title: 'Hello World',
  purpose: 'A page that greets; an example for those who write applications',
  kind: 'application',
  maturity: 'experimental',
  hardware: 'cpu',
  images: ['hello-world'],
});

const NAME = 'hello-world';
const PATH = `/${NAME}`;
const PORT = 5000;

/** A page with a metric, as an example (hello-world-chart, Kaapana 0.6.0). */
export class HelloWorld extends Construct {
  public static readonly definition = definition;

  constructor(scope: Construct, id: string, { platform, services, name }: ExtensionProps<typeof definition>) {
    super(scope, id);
    const namespace = services.namespaces.services;
    const key = new kplus.Secret(this, 'Key', {
      metadata: { name: `${NAME}-key`, namespace },
      stringData: { 'secret-key': ownCredential(name, 'secretKey') },
    });
    const server = new Workload(this, 'Server', {
      platform,
      namespace,
      name: NAME,
      recreate: true,
      scrape: { port: 'hello-http', path: `${PATH}/metrics`, job: NAME },
      container: {
        image: platform.images.ref('hello-world'),
        env: { APPLICATION_ROOT: PATH, HELLO_WORLD_USER: 'Kaapana', SECRET_KEY: key.envValue('secret-key') },
        ports: { 'hello-http': PORT },
        resources: { memoryRequest: '50Mi', memoryLimit: '200Mi' },
        exceptions: { writableRoot: 'gunicorn makes a file in /tmp for each worker' },
      },
    });
    const web = server.expose('Service', { name: `${NAME}-service`, ports: { 'hw-http': PORT } }).endpoint('hw-http');
    new WebRoute(this, 'Route', { platform, name: `${NAME}-ingress`, paths: [PATH], to: web });
  }
}
