import { add, edit } from './edit';
import type { Mutation } from './mutation';

/** Breaks and weakenings of the ports of the node. */
export const OPENING: readonly Mutation[] = [
  {
    name: 'the node has another port of the proxy',
    make: () =>
      edit('service', 'admin/oauth2-proxy-service', ({ spec }) => {
        spec.ports[0].nodePort = 31443;
      }),
    judge: ({ ports }) => ports(),
    says: /port 443 of the node, which the platform promises, does not answer/,
  },
  {
    name: 'a port of the node leads around the login',
    make: () => {
      const undo = [
        add({
          apiVersion: 'v1',
          kind: 'Service',
          metadata: { name: 'around', namespace: 'admin' },
          spec: {
            type: 'NodePort',
            selector: { 'app.kubernetes.io/name': 'traefik' },
            ports: [{ name: 'https', port: 443, targetPort: 443, nodePort: 31444 }],
          },
        }),
        // The port alone opens nothing: Traefik takes the proxy's connections only.
        edit('networkpolicy', 'admin/traefik-ingress', ({ spec }) => {
          spec.ingress = [{}];
        }),
      ];
      return () => undo.forEach((one) => one());
    },
    judge: ({ ports }) => ports(),
    says: /port 31444 of the node is open, and the platform does not promise it/,
  },
];
