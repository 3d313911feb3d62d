import type { Construct } from 'constructs';
import { Middleware } from '../kube';
import { PlatformNamespace, type PlatformNamespaceProps } from '../platform/platform-namespace';

export type { Registry } from '../platform/platform-namespace';

/** Properties of `AdminNamespace`. */
export interface AdminNamespaceProps extends Omit<PlatformNamespaceProps, 'closed'> {
  /** Networks that count as inside, in CIDR notation; pods reach no others. */
  readonly internalCidrs: readonly string[];
}

/** The namespace of what a server has once: names, limits, and who may connect (admin-namespace, Kaapana 0.6.0). */
export class AdminNamespace extends PlatformNamespace {
  /** Response headers that isolate pages from other origins, as multi-threaded viewers need it. */
  public readonly cors: Middleware;

  constructor(scope: Construct, id: string, props: AdminNamespaceProps) {
    super(scope, id, { ...props, closed: true });
    this.cors = new Middleware(this, 'Cors', {
      name: 'cors-middleware',
      namespace: this.name,
      spec: {
        headers: {
          customResponseHeaders: {
            'Cross-Origin-Embedder-Policy': 'require-corp',
            'Cross-Origin-Opener-Policy': 'same-origin',
          },
        },
      },
    });
  }
}
