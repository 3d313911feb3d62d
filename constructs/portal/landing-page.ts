import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type Address, type Endpoint, Volume, WebRoute, Workload, httpProbe } from '../kube';
import type { ComponentProps } from '../platform/component-props';
import { HIGH_PRIORITY } from '../platform/priority';
import { type PageLink, type PageSection, pageSections } from './landing-page-links';

/** Properties of `LandingPage`. */
export interface LandingPageProps extends ComponentProps {
  /** The deployed platform, as the page shows it. */
  readonly release: { readonly name: string; readonly version: string };

  /** Object store, whose files it shows. */
  readonly minio: Address;
}

const NAME = 'landingpage';
const PORT = 5000;
const USER_ID = 1000;

/** The portal: first page of the platform, with the way to all others (landing-page-kaapana-chart, Kaapana 0.6.0). */
export class LandingPage extends Construct {
  public readonly web: Endpoint;

  constructor(scope: Construct, id: string, props: LandingPageProps) {
    super(scope, id);
    const { platform, namespace, release, minio } = props;

    const files = new kplus.ConfigMap(this, 'Configuration', {
      metadata: { name: 'landing-page-config', namespace },
      data: {
        'commonData.json': json(commonData(release)),
        'defaultExternalWebpages.json': json(webpages(pageSections(namespace))),
      },
    });
    const page = new Workload(this, 'Page', {
      platform,
      namespace,
      name: NAME,
      priorityClass: HIGH_PRIORITY,
      nodeSelector: platform.storageNode,
      podSecurity: { runAsUser: USER_ID, runAsGroup: USER_ID, fsGroup: USER_ID, runAsNonRoot: true },
      waitFor: [{ address: minio, label: 'minio-service' }],
      waitDelay: 2,
      container: {
        image: platform.images.ref('landing-page-kaapana'),
        ports: { 'landing-http': PORT },
        mounts: [
          Volume.configMap('common-data-file', files).at('/kaapana/app/jsons'),
          Volume.emptyDir('tmp').at('/tmp'),
        ],
        resources: { memoryLimit: '10Mi' },
        livenessProbe: {
          ...httpProbe('/', 'landing-http', 'HTTP'),
          initialDelaySeconds: 10,
          periodSeconds: 20,
        },
      },
    });

    this.web = page
      .expose('Service', {
        name: `${NAME}-service`,
        ports: { 'log-http-port': { port: PORT, target: 'landing-http' } },
      })
      .endpoint('log-http-port');
    new WebRoute(this, 'Route', {
      platform,
      name: 'landingp-ing-ip-redirect',
      paths: ['/'],
      to: this.web,
      annotations: { 'traefik.ingress.kubernetes.io/preserve-host': 'true' },
    });
  }
}

/** The keys that the page reads. */
function commonData({ name, version }: LandingPageProps['release']): Record<string, string> {
  return {
    name: 'Kaapana',
    shortName: 'Kaapana',
    infoText: 'Medical images and their analysis',
    version: `${name} | Version: ${version}`,
  };
}

/** The sections in the words of the page. */
function webpages(sections: Readonly<Record<string, PageSection>>): object {
  return mapValues(sections, ({ label, icon, path, description, pages }) => ({
    label,
    icon,
    linkTo: path,
    description,
    subSections: mapValues(pages, subSection),
  }));
}

function subSection({ label, route, path = route.replace(/\/?$/, '/') }: PageLink): object {
  return { label, endpoint: route, linkTo: path };
}

function mapValues<Value>(
  record: Readonly<Record<string, Value>>,
  change: (value: Value) => object,
): Record<string, object> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

function json(content: object): string {
  return `${JSON.stringify(content, null, 2)}\n`;
}
