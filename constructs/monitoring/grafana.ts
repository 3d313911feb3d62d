import * as kplus from 'cdk8s-plus-27';
import type { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type Address, type Endpoint, type Mount, Volume, WebRoute, Workload, httpProbe } from '../kube';
import { yaml } from '../kube/yaml';
import type { ComponentProps } from '../platform/component-props';
import { type Origin, originUrl } from '../platform/origin';
import { type DashboardFile, dashboardFiles } from './dashboards';
import { grafanaSettings, ini } from './grafana-settings';

/** Properties of `Grafana`. */
export interface GrafanaProps extends ComponentProps {
  /** Host and port that users reach the platform at. */
  readonly origin: Origin;

  /** Administrator; set when Grafana starts. */
  readonly admin: { readonly username: string; readonly password: string };

  /** Encrypts the credentials that Grafana stores. */
  readonly secretKey: string;

  /** Metrics; the URL with its path. */
  readonly prometheus: Address;

  /** Logs. */
  readonly loki: Address;

  /** Namespaces of the platform, which its own dashboards are about. */
  readonly namespaces: readonly string[];

  /** Whether there are GPUs to show. @default false */
  readonly gpus?: boolean;
}

const NAME = 'grafana';
const PORT = 3000;
const PATH = '/grafana';
const CONFIG_DIR = '/etc/grafana';

/** Pages with the metrics and logs of an instance (grafana-chart, Kaapana 0.6.0). */
export class Grafana extends Construct {
  /** Its pages. */
  public readonly web: Endpoint;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: GrafanaProps,
  ) {
    super(scope, id);
    const { platform, namespace } = props;
    const dashboards = dashboardFiles(props.namespaces, { gpus: props.gpus });

    const secrets = new kplus.Secret(this, 'Secrets', {
      metadata: { name: 'grafana-admin', namespace },
      stringData: { password: props.admin.password, 'secret-key': props.secretKey },
    });
    const server = new Workload(this, 'Server', {
      platform,
      namespace,
      name: NAME,
      uses: [props.prometheus, props.loki],
      scrape: { port: 'http', path: '/metrics', job: NAME },
      container: {
        image: platform.images.ref('grafana'),
        env: {
          GF_SECURITY_ADMIN_USER: props.admin.username,
          GF_SECURITY_ADMIN_PASSWORD: secrets.envValue('password'),
          GF_SECURITY_SECRET_KEY: secrets.envValue('secret-key'),
        },
        ports: { http: PORT },
        mounts: [
          this.settings(dashboards),
          this.dataSource('prometheus', props.prometheus, { isDefault: true }),
          this.dataSource('loki', props.loki),
          ...this.dashboards(dashboards),
          Volume.emptyDir('data').at('/var/lib/grafana'),
        ],
        resources: { memoryRequest: '100Mi', memoryLimit: '500Mi' },
        livenessProbe: { ...answers('/'), initialDelaySeconds: 20, periodSeconds: 120 },
        readinessProbe: { ...answers('/api/health'), periodSeconds: 10 },
      },
    });

    this.web = server.expose('Service', { name: NAME, ports: { http: PORT } }).endpoint('http');
    new WebRoute(this, 'Route', {
      platform,
      name: 'grafna-ingress',
      paths: [PATH],
      to: this.web,
      strip: 'gf-strip-prefix',
    });
  }

  private settings([home]: readonly DashboardFile[]): Mount {
    const settings = grafanaSettings({
      url: `${originUrl(this.props.origin)}${PATH}/`,
      homeDashboard: home ? pathOf(home) : '',
    });
    return this.file('grafana-config', 'grafana.ini', ini(settings), `${CONFIG_DIR}/grafana.ini`);
  }

  private dataSource(
    type: 'prometheus' | 'loki',
    { url }: Address,
    options: { readonly isDefault?: boolean } = {},
  ): Mount {
    const name = type === 'prometheus' ? 'Prometheus' : type;
    const source = {
      name,
      uid: type,
      type,
      access: 'proxy',
      orgId: 1,
      url,
      isDefault: options.isDefault ?? false,
      editable: false,
    };
    const text = yaml({ apiVersion: 1, datasources: [source] });
    return this.file(`grafana-ds-${type}`, `${type}.yml`, text, `${CONFIG_DIR}/provisioning/datasources/${type}.yml`);
  }

  /** A file of a ConfigMap of its own. */
  private file(name: string, key: string, text: string, path: string): Mount {
    const map = new kplus.ConfigMap(this, name, {
      metadata: { name, namespace: this.props.namespace },
      data: { [key]: text },
    });
    return Volume.configMap(name, map, { [key]: key }).at(path, { subPath: key });
  }

  /** The dashboards, and what tells Grafana of their directories. */
  private dashboards(files: readonly DashboardFile[]): Mount[] {
    const { namespace } = this.props;
    const providers = new kplus.ConfigMap(this, 'DashboardProviders', {
      metadata: { name: 'grafana-provisioning-dashboards', namespace },
      data: Object.fromEntries(files.map((file) => [`${file.provider}.yaml`, provider(file)])),
    });
    const contents = new kplus.ConfigMap(this, 'Dashboards', {
      metadata: { name: 'grafana-dashboards', namespace },
      data: Object.fromEntries(files.map(({ file, content }) => [file, content])),
    });
    const volume = Volume.configMap('dashboards', contents, Object.fromEntries(files.map(({ file }) => [file, file])));
    return [
      Volume.configMap('dashboard-providers', providers).at(`${CONFIG_DIR}/provisioning/dashboards`),
      ...files.map((each) => volume.at(pathOf(each), { subPath: each.file })),
    ];
  }
}

function pathOf({ directory, file }: DashboardFile): string {
  return `${CONFIG_DIR}/dashboards/${directory}/dashboards/${file}`;
}

function provider({ provider: name, directory }: DashboardFile): string {
  const path = `${CONFIG_DIR}/dashboards/${directory}/`;
  const entry = {
    name,
    orgId: 1,
    folder: '',
    type: 'file',
    disableDeletion: true,
    allowUiUpdates: false,
    options: { path },
  };
  return yaml({ apiVersion: 1, providers: [entry] });
}

function answers(path: string): k8s.Probe {
  return httpProbe(path, PORT, 'HTTP');
}
