import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { Middleware, Volume, WebRoute, Workload, httpProbe } from '../kube';
import type { ComponentProps } from '../platform/component-props';

/** Properties of `MaintenancePage`. */
export interface MaintenancePageProps extends ComponentProps {
  /** The deployed platform, as the page shows it. */
  readonly release: { readonly name: string; readonly version: string };
}

const PORT = 5000;
const PATH = '/maintenance';

/** What users see while the platform itself does not answer (maintenance-page-chart, Kaapana 0.6.0). */
export class MaintenancePage extends Construct {
  constructor(scope: Construct, id: string, props: MaintenancePageProps) {
    super(scope, id);
    const { platform, namespace, release } = props;

    const texts = new kplus.ConfigMap(this, 'Texts', {
      metadata: { name: 'maintenance-page-config', namespace },
      data: { 'commonData.json': `${JSON.stringify(pageTexts(release), null, 2)}\n` },
    });
    const page = new Workload(this, 'Page', {
      platform,
      namespace,
      name: 'maintenancepage',
      container: {
        image: platform.images.ref('maintenance-page-kaapana'),
        ports: { 'maintn-http': PORT },
        mounts: [
          Volume.configMap('common-data-file', texts).at('/app/jsons'),
          Volume.emptyDir('tmp').at('/var/run'),
          Volume.emptyDir('cache').at('/var/cache/nginx'),
        ],
        resources: { memoryLimit: '10Mi' },
        livenessProbe: {
          ...httpProbe(PATH, 'maintn-http', 'HTTP'),
          initialDelaySeconds: 10,
          periodSeconds: 20,
        },
      },
    });

    const service = page.expose('Service', {
      name: 'maintenancepage-service',
      ports: { 'maintn-http-svc': { port: PORT, target: 'maintn-http' } },
    });
    const redirect = new Middleware(this, 'Redirect', {
      name: 'maintn-redirect',
      namespace,
      spec: { redirectRegex: { regex: `^.*${PATH}([^\\/]*)$`, replacement: `${PATH}/#` } },
    });
    new WebRoute(this, 'Route', {
      platform,
      name: 'maintenancep-ing-ip-redirect',
      paths: [PATH],
      to: service.endpoint('maintn-http-svc'),
      middlewares: [redirect],
      annotations: { 'traefik.ingress.kubernetes.io/preserve-host': 'true' },
    });
  }
}

/** The keys that the page reads. */
function pageTexts({ name, version }: MaintenancePageProps['release']): Record<string, string> {
  return {
    name: 'Kaapana platform',
    shortName: 'Kaapana',
    infoText: 'The platform is being installed or changed.',
    version: `${name} | Version: ${version}`,
  };
}
