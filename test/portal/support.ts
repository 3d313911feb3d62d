import type { Construct } from 'constructs';
import { type Endpoint, type EndpointOptions, RuntimeSecret, type SecretToken, Workload } from '../../constructs/kube';
import { SharedAccounts } from '../../constructs/platform/shared-accounts';
import { platform } from '../support';

/** A service of some other component, whose pods listen at `target`. */
export function endpoint(
  scope: Construct,
  host: string,
  port: number,
  options: EndpointOptions & { target?: number; app?: string } = {},
): Endpoint {
  const [name = '', namespace = ''] = host.split('.');
  const { target = port, app = name, ...rest } = options;
  const workload = new Workload(scope, `${host} ${port}`, {
    platform: platform(),
    namespace,
    name: `${name}-${port}`,
    labels: { 'app.kubernetes.io/name': app },
    container: { image: 'x', ports: { api: target } },
  });
  return workload.expose('Service', { name, ports: { api: { port, target: 'api' } } }).endpoint('api', rest);
}

/** Identity provider: by TLS, and plain. */
export function keycloak(scope: Construct): { internal: Endpoint; external: Endpoint } {
  return {
    internal: endpoint(scope, 'keycloak-internal-service.admin', 443, {
      scheme: 'https',
      target: 8443,
      app: 'keycloak',
    }),
    external: endpoint(scope, 'keycloak-external-service.admin', 80, { target: 8080, app: 'keycloak' }),
  };
}

/** The certificate in the admin namespace. */
export function certificate(scope: Construct): RuntimeSecret {
  return new RuntimeSecret(scope, 'Certificate', { name: 'certificate', namespace: 'admin', madeBy: scope });
}

/** Accounts at the identity provider, with texts that tests can read in place of tokens. */
export const ACCOUNTS = {
  clientSecret: 'client' as SecretToken,
  systemPassword: 'system' as SecretToken,
  keycloakAdmin: { username: 'root', password: 'admin' as SecretToken },
};

/** The same as Secrets of the services. */
export function accounts(scope: Construct): SharedAccounts {
  return new SharedAccounts(scope, 'Accounts', { ...ACCOUNTS, namespace: 'services' });
}

/** The values of a container's environment that are no references, by name. */
export function values(container: {
  readonly env: readonly { readonly name: string; readonly value?: string }[];
}): Record<string, string> {
  return Object.fromEntries(container.env.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])));
}

/** The references of a container's environment to keys of Secrets, by name. */
export function references(container: {
  readonly env: readonly { name: string; valueFrom?: { secretKeyRef: { name: string; key: string } } }[];
}): Record<string, string> {
  return Object.fromEntries(
    container.env.flatMap(({ name, valueFrom }) =>
      valueFrom ? [[name, `${valueFrom.secretKeyRef.name}/${valueFrom.secretKeyRef.key}`]] : [],
    ),
  );
}
