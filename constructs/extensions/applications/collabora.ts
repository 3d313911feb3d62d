import * as kplus from 'cdk8s-plus-27';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type ContainerProps, Middleware, type Mount, Volume, WebRoute, Workload } from '../../kube';
import { defineExtension } from '../contract/definition';
import { type ExtensionProps, ownCredential } from '../contract/extension';
import gateway from './collabora-gateway.conf';
import { officeSettings } from './collabora-settings';

const definition = defineExtension({
  name: 'collabora-chart',
  title: 'Collabora',
  purpose: 'Documents, spreadsheets and presentations of the object store, in the browser',
  kind: 'application',
  maturity: 'stable',
  hardware: 'cpu',
  documentation: 'user_guide/extensions.html#collabora',
  images: ['collabora', 'kaapana-wopi', 'nginx'],
});

type Props = ExtensionProps<typeof definition>;

/** The gateway's is in `collabora-gateway.conf` too. */
const PORTS = { gateway: 9981, office: 9980, documents: 5000 } as const;
const FILES = { gateway: 'nginx.conf', office: 'coolwsd.xml' } as const;
const OFFICE_PATH = '/collabora';
const DOCUMENTS_PATH = '/collabora-wopi';

/**
 * An office in the browser: a gateway in front of it, and a program that lists the documents of the object store and
 * hands them over, by the rights of the user (collabora-chart, Kaapana 0.6.0).
 */
export class Collabora extends Construct {
  public static readonly definition = definition;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: Props,
  ) {
    super(scope, id);
    const { platform, services, name } = props;
    const {
      namespaces: { services: namespace },
      origin: { domain, httpsPort },
    } = services;
    const labels = { 'app.kubernetes.io/name': name };
    const config = new kplus.ConfigMap(this, 'Configuration', {
      metadata: { name, namespace, labels },
      data: {
        [FILES.gateway]: gateway,
        [FILES.office]: officeSettings({ path: OFFICE_PATH, server: `${domain}:${httpsPort}` }),
      },
    });
    const files = Volume.configMap('config', config, { [FILES.office]: FILES.office, [FILES.gateway]: FILES.gateway });
    const server = new Workload(this, 'Server', {
      platform,
      namespace,
      name,
      labels,
      uses: [services.minio.api],
      container: {
        name: 'nginx',
        image: platform.images.ref('nginx'),
        ports: { 'gateway-http': PORTS.gateway },
        mounts: [files.at('/etc/nginx/conf.d/default.conf', { subPath: FILES.gateway })],
        resources: { memoryRequest: '256Mi', memoryLimit: '512Mi', cpuRequest: '200m', cpuLimit: '300m' },
        exceptions: { writableRoot: 'its entrypoint changes its configuration, and nginx writes to /var/cache' },
      },
      sidecars: [
        this.office(files.at(`/etc/coolwsd/${FILES.office}`, { subPath: FILES.office })),
        this.documents(namespace),
      ],
    });

    const office = server.expose('Service', { name, ports: { http: PORTS.gateway } }).endpoint('http');
    const documents = server
      .expose('Documents', { name: `${name}-wopi`, ports: { http: PORTS.documents } })
      .endpoint('http');
    // They talk to each other by their services.
    for (const endpoint of [office, documents]) endpoint.openTo(server);
    new WebRoute(this, 'Route', { platform, name, labels, paths: [OFFICE_PATH], to: office });
    new WebRoute(this, 'DocumentsRoute', {
      platform,
      name: `${name}-wopi`,
      labels,
      paths: [DOCUMENTS_PATH],
      to: documents,
      middlewares: [
        Middleware.stripPrefix(this, 'StripPrefix', {
          namespace,
          name: `strip-prefix-${name}-wopi`,
          prefix: DOCUMENTS_PATH,
        }),
      ],
    });
  }

  private office(settings: Mount): ContainerProps {
    const { platform, services, name } = this.props;
    const account = new kplus.Secret(this, 'Account', {
      metadata: { name: `${name}-account`, namespace: services.namespaces.services },
      stringData: { username: 'admin', password: ownCredential(name, 'password') },
    });
    return {
      name: 'collabora',
      image: platform.images.ref('collabora'),
      env: { username: account.envValue('username'), password: account.envValue('password') }, // Of its console.
      ports: { 'collabora-http': PORTS.office },
      mounts: [settings],
      resources: { memoryRequest: '1000Mi', memoryLimit: '2000Mi' },
      exceptions: {
        escalation: 'the program that makes the jails has capabilities of its file',
        writableRoot: 'it makes a jail for each document among its own files',
      },
      keeps: {
        MKNOD: 'it opens each document in a jail of its own, which has devices of its own',
        SYS_CHROOT: 'it opens each document in a jail of its own',
      },
    };
  }

  private documents(namespace: string): ContainerProps {
    const { platform, name } = this.props;
    return {
      name: 'wopi',
      image: platform.images.ref('kaapana-wopi'),
      env: {
        APPLICATION_ROOT: DOCUMENTS_PATH,
        COLLABORA_URL: `http://${name}.${namespace}:${PORTS.gateway}${OFFICE_PATH}`,
        WOPI_API_ENDPOINT: `${name}-wopi.${namespace}:${PORTS.documents}`, // The office adds the scheme.
        DOCUMENT_ROOT: '/minio',
        DEV_MODE: 'false',
      },
      ports: { 'wopi-http': PORTS.documents },
      resources: { memoryRequest: '500Mi', memoryLimit: '500Mi' },
      exceptions: { writableRoot: 'nothing proves that it keeps documents in the object store alone' },
      // It does not listen before it has reached the office by its service, which leads to ready pods alone.
      readinessProbe: { tcpSocket: { port: k8s.IntOrString.fromNumber(PORTS.office) }, periodSeconds: 10 },
    };
  }
}
