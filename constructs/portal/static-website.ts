import type * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type Address, type ContainerProps, DataVolume, type Endpoint, Volume, WebRoute, Workload } from '../kube';
import type { ComponentProps } from '../platform/component-props';
import { fileOwner } from '../platform/file-owner';
import { minioMirror } from '../platform/minio-mirror';
import { UNREAD_IMAGE } from '../platform/unread-image';

/** Properties of `StaticWebsite`. */
export interface StaticWebsiteProps extends ComponentProps {
  /** Object store, and an account there with the keys `username` and `password`. */
  readonly minio: { readonly api: Address; readonly account: kplus.ISecret };
}

const NAME = 'static-website-browser';
const PORT = 8080;
const PATH = `/${NAME}`;
const BUCKET = 'staticwebsiteresults';
const WEB_ROOT = '/usr/share/nginx/html';
const USER_ID = 1000;

/** Shows the web pages that workflows put into a bucket as their results (static-website-chart, Kaapana 0.3.5). */
export class StaticWebsite extends Construct {
  /** Its pages. */
  public readonly web: Endpoint;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: StaticWebsiteProps,
  ) {
    super(scope, id);
    const { platform, namespace, minio } = props;

    const image = platform.images.ref('static-website');
    const pages = Volume.claim(
      BUCKET,
      new DataVolume(this, 'Data', {
        platform,
        namespace,
        name: `${BUCKET}-pv-claim`,
        role: 'fast',
        holds: 'copies of the web pages with results',
      }),
    );
    const server = new Workload(this, 'Server', {
      platform,
      namespace,
      name: NAME,
      labels: { 'app-name': NAME, 'k8s-app': 'static-website' },
      selector: { 'app-name': NAME },
      nodeSelector: platform.storageNode,
      podSecurity: { runAsUser: USER_ID, runAsGroup: USER_ID, fsGroup: USER_ID },
      waitFor: [{ address: minio.api, label: 'minio-service' }],
      waitDelay: 2,
      initContainers: [
        fileOwner(
          platform,
          'static-website-init',
          ['chown', `${USER_ID}:${USER_ID}`, `${WEB_ROOT}/`],
          [pages.at(WEB_ROOT)],
        ),
        {
          name: 'static-website-copy',
          image,
          command: ['/bin/sh'],
          args: ['/kaapana/app/copy.sh'],
          exceptions: UNREAD_IMAGE,
          mounts: [pages.at(WEB_ROOT)],
        },
      ],
      container: {
        name: 'static-website',
        image,
        env: { INGRESS_PATH: PATH },
        ports: { http: PORT },
        mounts: [pages.at(WEB_ROOT), Volume.emptyDir('tmpfs').at('/tmp')],
        resources: { memoryRequest: '100Mi', memoryLimit: '500Mi' },
      },
      sidecars: [this.mirror(pages)],
    });

    this.web = server.expose('Service', { name: NAME, ports: { 'log-http-port': PORT } }).endpoint('log-http-port');
    new WebRoute(this, 'Route', {
      platform,
      name: NAME,
      paths: [PATH],
      to: this.web,
      strip: 'static-website-strip-browser',
    });
  }

  /** Copies what is in the bucket, and whatever comes later. */
  private mirror(pages: Volume): ContainerProps {
    const { platform, minio } = this.props;
    return minioMirror({
      platform,
      minio,
      name: 'minio-mirror',
      action: 'FETCH',
      remote: BUCKET,
      local: `${WEB_ROOT}/`,
      mounts: [pages.at(WEB_ROOT)],
      home: Volume.emptyDir('tmp'),
    });
  }
}
