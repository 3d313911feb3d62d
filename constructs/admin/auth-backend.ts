import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type Endpoint, Volume, WebRoute, Workload } from '../kube';
import type { ComponentProps } from '../platform/component-props';
import { HIGH_PRIORITY } from '../platform/priority';
import { accessRightsModule } from './access-rights';
import policies from './auth-policies.rego';

/** Properties of `AuthBackend`. */
export interface AuthBackendProps extends ComponentProps {
  /** The open policy agent is expected in the same one. */
  readonly namespace: string;
}

const PORT = 5000;
const APP_DIR = '/kaapana/app';

/** Puts each request before the policy agent, and gives that agent its policies (auth-backend-chart, Kaapana 0.6.0). */
export class AuthBackend extends Construct {
  /** Answers whether a request may pass. */
  public readonly check: Endpoint;

  /** The compiled policies, for the policy agent. */
  public readonly bundles: Endpoint;

  constructor(scope: Construct, id: string, props: AuthBackendProps) {
    super(scope, id);
    const { platform, namespace } = props;

    const modules = new kplus.ConfigMap(this, 'Policies', {
      metadata: { name: 'rego-configmap', namespace },
      data: { 'auth-policies.rego': policies, 'data.rego': accessRightsModule() },
    });
    const image = platform.images.ref('auth-backend');
    const bundle = Volume.emptyDir('rego-config').at(`${APP_DIR}/authz`);
    const server = new Workload(this, 'Server', {
      platform,
      namespace,
      name: 'auth-backend',
      priorityClass: HIGH_PRIORITY,
      initContainers: [
        {
          name: 'opa-build',
          image,
          command: ['/bin/sh', '-c'],
          args: [`${APP_DIR}/opa build -b ${APP_DIR}/bundle/ -o ${APP_DIR}/authz/endpoints.tar.gz`],
          mounts: [bundle, Volume.configMap('rego-configmap', modules).at(`${APP_DIR}/bundle/httpapi/authz`)],
        },
      ],
      container: {
        image,
        env: { ADMIN_NAMESPACE: namespace, PORT: String(PORT) },
        ports: { http: PORT },
        mounts: [bundle],
        resources: { memoryRequest: '50Mi', memoryLimit: '100Mi' },
      },
    });

    const service = server.expose('Service', { name: 'auth-backend-service', ports: { 'auth-check-http': PORT } });
    this.check = service.endpoint('auth-check-http', { path: '/auth-check' });
    this.bundles = service.endpoint('auth-check-http', { path: '/opa-bundles' });
    new WebRoute(this, 'Route', { platform, name: 'auth-backend-ingress', paths: ['/auth-backend'], to: this.check });
  }
}
