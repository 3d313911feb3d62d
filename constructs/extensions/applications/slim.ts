import { Construct } from 'constructs';
import { Middleware, WebRoute, Workload } from '../../kube';
import { defineExtension } from '../contract/definition';
import type { ExtensionProps } from '../contract/extension';

const definition = defineExtension({
  name: 'slim-chart',
  title: 'Slim Viewer',
  purpose: 'Viewer of whole-slide images, by DICOMweb',
  kind: 'application',
  maturity: 'experimental',
  hardware: 'cpu',
  images: ['slim'],
});

const NAME = 'slim';

/** Viewer of slide microscopy; its browser asks the filter in front of the archive (slim-chart, Kaapana 0.6.0). */
export class Slim extends Construct {
  public static readonly definition = definition;

  constructor(scope: Construct, id: string, { platform, services }: ExtensionProps<typeof definition>) {
    super(scope, id);
    const namespace = services.namespaces.services;
    const server = new Workload(this, 'Server', {
      platform,
      namespace,
      name: NAME,
      recreate: true,
      container: {
        name: `${NAME}-container`,
        image: platform.images.ref('slim'),
        ports: { 'slim-http': 80 },
        exceptions: { writableRoot: 'nginx writes to /var/cache and /run' },
      },
    });
    // The addresses that the archive answers with begin with http.
    const upgrade = new Middleware(this, 'Upgrade', {
      namespace,
      name: `${NAME}-upgrade-insecure-requests`,
      spec: { headers: { contentSecurityPolicy: 'upgrade-insecure-requests' } },
    });
    new WebRoute(this, 'Route', {
      platform,
      name: `${NAME}-ingress`,
      paths: [`/${NAME}`],
      to: server.expose('Service', { name: `${NAME}-service`, ports: { 'slim-http': 80 } }).endpoint('slim-http'),
      middlewares: [upgrade],
    });
  }
}
