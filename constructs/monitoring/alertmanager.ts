import * as kplus from 'cdk8s-plus-27';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import {
  type Address,
  type ContainerProps,
  EgressPolicy,
  type Endpoint,
  type Mount,
  Volume,
  WebRoute,
  Workload,
  httpProbe,
} from '../kube';
import { yaml } from '../kube/yaml';
import type { ComponentProps } from '../platform/component-props';
import { alertmanagerConfig, type AlertMail } from './alert-routing';

/** Properties of `Alertmanager`. */
export interface AlertmanagerProps extends ComponentProps {
  /** Knows the project whose members are notified: access-information-interface. */
  readonly projects: Address;

  /** Shows notifications to users: notification-service. */
  readonly notifications: Address;

  /** @default - alerts are notifications alone */
  readonly mail?: AlertMail;
}

const NAME = 'alertmanager';
const PORTS = { alertmanager: 9093, forwarder: 8081 } as const;
const CONFIG_FILE = 'alertmanager.yml';
const DATA_DIR = '/alertmanager';
const MAIL_DIR = '/etc/alertmanager/mail';
const PATH = '/alert';

/** Groups alerts and passes them on, as notifications and by mail (alertmanager-chart, Kaapana 0.6.0). */
export class Alertmanager extends Construct {
  /** Takes alerts. */
  public readonly api: Endpoint;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AlertmanagerProps,
  ) {
    super(scope, id);
    const { platform, namespace } = props;
    const server = new Workload(this, 'Server', {
      platform,
      namespace,
      name: NAME,
      uses: [props.projects, props.notifications],
      scrape: { port: 'alertmanager', path: '/metrics', job: NAME },
      container: {
        image: platform.images.ref('alert-manager'),
        args: [`--config.file=/conf/${CONFIG_FILE}`, `--storage.path=${DATA_DIR}`],
        ports: { alertmanager: PORTS.alertmanager },
        mounts: [this.configuration(), Volume.emptyDir('data').at(DATA_DIR), ...this.mailAccount()],
        resources: { memoryRequest: '30Mi', memoryLimit: '50Mi' },
        livenessProbe: { ...answers('/-/healthy', PORTS.alertmanager), initialDelaySeconds: 20, periodSeconds: 60 },
        readinessProbe: { ...answers('/-/ready', PORTS.alertmanager), periodSeconds: 10 },
      },
      sidecars: [this.forwarder()],
    });

    const { mail } = props;
    if (mail) new EgressPolicy(this, 'MailEgress', { name: 'alertmanager-mail-egress', pods: server, port: mail.port });

    this.api = server
      .expose('Service', { name: 'alertmanager-service', ports: { alertmanager: PORTS.alertmanager } })
      .endpoint('alertmanager');
    new WebRoute(this, 'Route', {
      platform,
      name: 'alertmanager-ingress',
      paths: [PATH],
      to: this.api,
      strip: 'alert-strip-prefix',
    });
  }

  /** Makes a notification of each alert; it is reached within the pod. */
  private forwarder(): ContainerProps {
    const { platform, projects, notifications } = this.props;
    return {
      name: 'alertmanager-forwarder',
      image: platform.images.ref('alertmanager-forwarder'),
      env: {
        AII_BASE_URL: `http://${projects.host}:${projects.port}`,
        NOTIFICATION_SERVICE_URL: `http://${notifications.host}:${notifications.port}/v1`,
        LOG_LEVEL: 'INFO',
        TOPIC_PREFIX: 'Alertmanager',
        FORWARDER_DEFAULT_ICON: 'mdi-alert',
        HTTP_TIMEOUT: '10',
        HTTP_CONNECT_TIMEOUT: '5',
        ADMIN_PROJECT_CACHE_TTL: '300',
        PYTHONUNBUFFERED: '1',
        PORT: String(PORTS.forwarder),
      },
      ports: { forwarder: PORTS.forwarder },
      resources: { memoryRequest: '50Mi', memoryLimit: '200Mi' },
      livenessProbe: {
        tcpSocket: { port: k8s.IntOrString.fromString('forwarder') },
        initialDelaySeconds: 10,
        periodSeconds: 20,
      },
      readinessProbe: { ...answers('/health', PORTS.forwarder), initialDelaySeconds: 3, periodSeconds: 10 },
    };
  }

  private configuration(): Mount {
    const { namespace, mail } = this.props;
    const webhook = `http://localhost:${PORTS.forwarder}/alerts`;
    const config = alertmanagerConfig({ webhook, mail, passwordFile: `${MAIL_DIR}/password` });
    const files = new kplus.ConfigMap(this, 'Configuration', {
      metadata: { name: 'alertmanager-config', namespace },
      data: { [CONFIG_FILE]: yaml(config) },
    });
    return Volume.configMap('configuration', files, { [CONFIG_FILE]: CONFIG_FILE }).at(`/conf/${CONFIG_FILE}`, {
      subPath: CONFIG_FILE,
    });
  }

  private mailAccount(): Mount[] {
    const { namespace, mail } = this.props;
    if (!mail?.account) return [];
    const account = new kplus.Secret(this, 'MailAccount', {
      metadata: { name: 'alertmanager-mail', namespace },
      stringData: { password: mail.account.password },
    });
    return [Volume.secret('mail', account).at(MAIL_DIR, { readOnly: true })];
  }
}

function answers(path: string, port: number): k8s.Probe {
  return httpProbe(path, port, 'HTTP');
}
