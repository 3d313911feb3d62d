import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { AdminNamespace } from '../constructs/admin/admin-namespace';
import { OAuth2Proxy } from '../constructs/admin/oauth2-proxy';
import { OidcClient } from '../constructs/admin/oidc-client';
import { ServerRoute } from '../constructs/admin/server-route';
import { Traefik } from '../constructs/admin/traefik';
import { type Address, type Endpoint, NeighbourPods } from '../constructs/kube';
import type { KaapanaPlatform } from '../constructs/platform/kaapana-platform';
import { clientOf } from '../constructs/platform/realm';
import { SharedAccounts } from '../constructs/platform/shared-accounts';
import { CertCopy } from '../constructs/portal/cert-copy';
import { credential, sharedAccounts } from '../src/settings/credentials';
import type { PrimarySettings, SecondarySettings } from '../src/settings/parse';
import type { ServerEndpoint, ServerServices } from './instance/server-services';
import { egressClients, originOf, proxyNamespace, registryOf } from './platform';
import type { ServerStack } from './server';

/** Properties of `SecondaryServerStack`. */
export interface SecondaryServerStackProps {
  readonly platform: KaapanaPlatform;
  readonly settings: SecondarySettings;

  /** The server as its own environment deploys it, in a tree of its own; and the settings of that one. */
  readonly server: ServerStack;
  readonly primary: PrimarySettings;
}

/** What one more instance has in place of a server of its own: a way in, and references to what the server has once. */
export class SecondaryServerStack extends Chart implements ServerServices {
  public readonly certificate: ServerServices['certificate'];
  public readonly auth: ServerServices['auth'];
  public readonly policies: ServerServices['policies'];
  public readonly traefik: Traefik;
  public readonly keycloak: ServerServices['keycloak'];
  public readonly clientId: string;
  public readonly kubeHelm: ServerServices['kubeHelm'];
  public readonly kubeStateMetrics: ServerServices['kubeStateMetrics'];
  public readonly squid: ServerServices['squid'];
  public readonly egressProxy: Address;

  private readonly neighbours = new Map<string, NeighbourPods>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: SecondaryServerStackProps,
  ) {
    super(scope, id, { namespace: proxyNamespace(props.settings), disableResourceNameHashes: true });
    const { server, settings } = props;
    this.certificate = server.certificate;
    this.auth = { check: this.neighbour(server.auth.check) };
    this.policies = { api: this.neighbour(server.policies.api) };
    this.keycloak = {
      internal: this.neighbour(server.keycloak.internal),
      external: this.neighbour(server.keycloak.external),
    };
    this.clientId = clientOf(settings.instanceUid);
    this.kubeHelm = { api: this.neighbour(server.kubeHelm.api) };
    this.kubeStateMetrics = { metrics: this.neighbour(server.kubeStateMetrics.metrics) };
    this.squid = server.squid && { endpoint: this.neighbour(server.squid.endpoint) };
    this.egressProxy = this.squid?.endpoint ?? server.egressProxy;
    for (const client of egressClients(settings)) this.egressProxy.openTo(client);
    this.traefik = this.createWayIn();
  }

  private createWayIn(): Traefik {
    const { platform, settings, primary } = this.props;
    const { instanceUid, internalCidrs } = settings;
    const namespace = proxyNamespace(settings);
    const [origin, registry, accounts] = [originOf(settings), registryOf(settings), sharedAccounts(settings)];
    const shared = { platform, namespace };
    const { cors } = new AdminNamespace(this, 'Namespace', { name: namespace, registry, internalCidrs });
    const { certificate } = new CertCopy(this, 'CertCopy', { ...shared, ...this.certificate });
    const traefik = new Traefik(this, 'Traefik', {
      ...shared,
      ...origin,
      instanceUid,
      certificate,
      cors,
      authCheck: this.auth.check,
      ingressClass: instanceUid,
    });
    new OidcClient(this, 'OidcClient', {
      ...shared,
      origin,
      clientId: this.clientId,
      keycloak: this.keycloak.internal,
      accounts: new SharedAccounts(this, 'Accounts', { ...accounts, namespace }),
    });
    new OAuth2Proxy(this, 'OAuth2Proxy', {
      ...shared,
      origin,
      certificate,
      instanceUid,
      loginOrigin: originOf(primary),
      keycloak: this.keycloak.internal,
      upstream: traefik.https,
      clientSecret: accounts.clientSecret,
      cookieSecret: credential('cookieSecret'),
    });
    new ServerRoute(this, 'Login', {
      namespace,
      name: 'keycloak',
      path: '/auth',
      to: this.keycloak.external,
      proxy: platform.proxy,
      ingressClass: instanceUid,
    });
    return traefik;
  }

  /** `service` of the server, which pods of this instance may be let in to. */
  private neighbour(service: Endpoint): ServerEndpoint {
    const { name, namespace, podLabels } = service.service.workload;
    const pods =
      this.neighbours.get(name) ??
      new NeighbourPods(this, `Neighbour ${name}`, {
        name,
        namespace,
        podLabels,
        guest: this.props.settings.instanceUid,
      });
    this.neighbours.set(name, pods);
    return pods.endpoint(service);
  }
}
