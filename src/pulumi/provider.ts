import * as kubernetes from '@pulumi/kubernetes';
import type { Kubeconfig } from '../cluster/kubeconfig';
import { providerKubeconfig } from '../cluster/provider-kubeconfig';

/** The connection of `environment` to its server. */
export function serverProvider(kubeconfig: Kubeconfig, environment: string): kubernetes.Provider {
  return new kubernetes.Provider('server', {
    kubeconfig: providerKubeconfig(kubeconfig),
    context: kubeconfig.context,
    // A renewed kubeconfig is no reason to replace everything.
    clusterIdentifier: environment,
    enableConfigMapMutable: true,
    enableSecretMutable: true,
    // The client's own limits make an update wait; the server limits by itself.
    kubeClientSettings: { qps: 200, burst: 400 },
  });
}
