import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type Address, type NetworkPeer } from '../kube';

/** Properties of `ServerRoute`. */
export interface ServerRouteProps {
  /** Namespace of the route, of the instance's own. */
  readonly namespace: string;

  /** Name of the Ingress and of the Service that stands for the server's. */
  readonly name: string;

  readonly path: string;

  /** The server's service. */
  readonly to: Address;

  /** The instance's reverse proxy, and the class of its routes. */
  readonly proxy: NetworkPeer;
  readonly ingressClass: string;
}

/**
 * A route of one more instance's reverse proxy to what the server has once: an Ingress reaches its own namespace alone.
 */
export class ServerRoute extends Construct {
  constructor(scope: Construct, id: string, props: ServerRouteProps) {
    super(scope, id);
    const { name, namespace, path, to } = props;
    new k8s.KubeService(this, 'Alias', {
      metadata: { name, namespace },
      spec: { type: 'ExternalName', externalName: `${to.host}.cluster.local`, ports: [{ port: to.port }] },
    });
    new k8s.KubeIngress(this, 'Route', {
      metadata: {
        name,
        namespace,
        annotations: {
          'kubernetes.io/ingress.class': props.ingressClass,
          'traefik.ingress.kubernetes.io/router.entrypoints': 'websecure',
        },
      },
      spec: {
        rules: [
          {
            http: {
              paths: [
                { path, pathType: 'ImplementationSpecific', backend: { service: { name, port: { number: to.port } } } },
              ],
            },
          },
        ],
      },
    });
    to.openTo(props.proxy);
  }
}
