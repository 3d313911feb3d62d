import type { Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Airflow, type AirflowProps } from '../../constructs/flow/airflow';
import { KaapanaPlugin } from '../../constructs/flow/kaapana-plugin';
import { WorkflowVolumes } from '../../constructs/flow/workflow-volumes';
import { type Address, externalAddress, type Peer, secretToken } from '../../constructs/kube';
import { serviceChecker } from '../../constructs/platform/service-checker';
import { SharedAccounts } from '../../constructs/platform/shared-accounts';
import { chart, platform as basePlatform } from '../support';

export const NAMESPACE = 'services';

/** What components share, with the program that waits. */
export function platform() {
  const base = basePlatform();
  return { ...base, waiter: serviceChecker(base.images) };
}

/** An address of the services namespace; `peers` are those that it was opened to. */
export function address(host: string, port: number): Address & { readonly peers: Peer[] } {
  const peers: Peer[] = [];
  return {
    ...externalAddress(`http://${host}.services.svc:${port}`),
    peers,
    openTo: (peer) => {
      peers.push(peer);
    },
  };
}

/** The labels that `peer` is known by. */
export function labelsOf(peer: Peer | undefined): Readonly<Record<string, string>> | undefined {
  return peer && ('pods' in peer ? peer.pods.matchLabels : peer.podLabels);
}

/** A Secret of another component. */
export function secret(scope: Chart, name: string): kplus.ISecret {
  return kplus.Secret.fromSecretName(scope, name, name);
}

/** The least that Airflow needs. */
export function airflowProps(scope: Chart): AirflowProps {
  const shared = { platform: platform(), namespace: NAMESPACE };
  const volumes = new WorkflowVolumes(scope, 'Volumes', { ...shared, fastDirectory: '/home/kaapana' });
  const kubeHelm = address('kube-helm-service', 5000);
  const release = { version: '0.6.0', registry: 'registry.example.org/kaapana' };
  return {
    ...shared,
    volumes,
    plugin: new KaapanaPlugin(scope, 'Plugin', {
      ...shared,
      adminNamespace: 'admin',
      release,
      node: platform().storageNode,
      kubeHelm,
      dags: volumes.dags,
      plugins: volumes.plugins,
    }),
    site: {
      namespaces: { admin: 'admin', extensions: 'extensions', projects: ['project-admin', 'trial'] },
      origin: { domain: 'kaapana.example.org', httpsPort: 8443 },
      instanceName: 'Kaapana',
      release,
      directories: { fast: '/home/kaapana', slow: '/mnt/slow' },
    },
    services: {
      accessInformation: address('aii-service', 8080),
      dicomWebFilter: address('dicom-web-filter-service', 8080),
      kaapanaBackend: address('kaapana-backend-service', 5000),
      keycloak: address('keycloak-external-service', 80),
      kubeHelm,
      minio: address('minio-service', 9000),
      notifications: address('notification-service', 80),
      opensearch: address('opensearch-service', 9200),
    },
    accounts: {
      minio: secret(scope, 'minio-account'),
      shared: new SharedAccounts(scope, 'Accounts', {
        namespace: NAMESPACE,
        clientSecret: secretToken('client'),
        systemPassword: secretToken('system'),
        keycloakAdmin: { username: 'admin', password: secretToken('admin') },
      }),
    },
    prometheus: address('prometheus-service', 9090),
    dicom: { name: 'dcm4chee-dicom-pv-claim' },
    memory: { request: '1Gi', limit: '3Gi' },
    credentials: { database: secretToken('database'), webserver: secretToken('webserver'), api: secretToken('api') },
  };
}

/** Airflow, with `change` made to the least that it needs. */
export function airflow(change: (props: AirflowProps) => Partial<AirflowProps> = () => ({})) {
  const scope = chart();
  const least = airflowProps(scope);
  const props = { ...least, ...change(least) };
  return { scope, props, component: new Airflow(scope, 'Airflow', props) };
}

/** The variables of a container, by name: plain ones as they are, others as `secret/key`. */
export function envOf(container: {
  env: { name: string; value?: string; valueFrom?: { secretKeyRef: { name: string; key: string } } }[];
}): Record<string, string> {
  return Object.fromEntries(
    container.env.map(({ name, value, valueFrom }) => [
      name,
      value ?? `${valueFrom?.secretKeyRef.name}/${valueFrom?.secretKeyRef.key}`,
    ]),
  );
}
