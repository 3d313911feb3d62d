import type { Platform } from './kube';

/** Images of the platform's own components, by their names in the registry (Kaapana 0.6.0). */
export type ImageName =
  | 'auth-backend' | 'busybox' | 'cert-init' | 'keycloak' | 'keycloak-init' | 'kube-dashboard' | 'kube-helm'
  | 'kube-state-metrics' | 'maintenance-page-kaapana' | 'nfs-init' | 'oauth2-proxy' | 'open-policy-agent'
  | 'postgres-17.7-alpine' | 'service-checker' | 'squid' | 'traefik' | 'volume-nfs';

/** What Kaapana's components share. */
export type KaapanaPlatform = Platform<ImageName>;
