import { Construct } from 'constructs';
import { WebRoute, Workload } from '../../kube';
import { defineExtension } from '../contract/definition';
import type { ExtensionProps } from '../contract/extension';

const definition = defineExtension({
  name: 'openedc-chart',
  title: 'OpenEDC',
  purpose: 'Forms for the data of studies, which stay in the browser',
  kind: 'application',
  maturity: 'experimental',
  hardware: 'cpu',
  images: ['openedc'],
});

const NAME = 'openedc';

/** Electronic data capture; its server hands out files alone (openedc-chart, Kaapana 0.6.0). */
export class OpenEdc extends Construct {
  public static readonly definition = definition;

  constructor(scope: Construct, id: string, { platform, services }: ExtensionProps<typeof definition>) {
    super(scope, id);
    const server = new Workload(this, 'Server', {
      platform,
      namespace: services.namespaces.services,
      name: NAME,
      container: {
        name: `${NAME}-container`,
        image: platform.images.ref('openedc'),
        ports: { 'http-port': 80 },
        resources: { memoryRequest: '20Mi', memoryLimit: '30Mi' },
        exceptions: { writableRoot: 'httpd writes to its directory of logs' },
      },
    });
    const service = server.expose('Service', {
      name: `${NAME}-service`,
      ports: { 'openedc-http': { port: 8080, target: 'http-port' } },
    });
    new WebRoute(this, 'Route', {
      platform,
      name: `${NAME}-ingress-ip`,
      paths: [`/${NAME}`],
      to: service.endpoint('openedc-http'),
    });
  }
}
