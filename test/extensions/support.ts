import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import type { ExtensionServices } from '../../constructs/extensions/contract/extension';
import type { Install } from '../../constructs/extensions/install';
import { externalAddress } from '../../constructs/kube';
import { ExtensionsStack, type ExtensionsStackProps } from '../../stacks/extensions';
import { platform } from '../support';

/** The project of the reference inputs. */
export const PROJECT = {
  name: 'admin',
  id: '00000000-0000-4000-8000-000000000001',
  namespace: 'project-admin',
} as const;

/** What an instance offers, with the names of the reference inputs. */
export function services(scope: Chart, namespace = 'services'): ExtensionServices {
  const metadata = { name: 'minio-account', namespace };
  return {
    namespaces: { admin: 'admin', services: namespace },
    release: { version: '0.6.0', registry: 'registry.example.org/kaapana' },
    origin: { domain: 'kaapana.example.org', httpsPort: 443 },
    mainNode: { 'kubernetes.io/hostname': 'kaapana-node' },
    directories: { fast: '/home/kaapana', slow: '/mnt/slow' },
    kubeHelm: externalAddress('http://kube-helm-service.admin.svc:5000'),
    minio: {
      api: externalAddress(`http://minio-service.${namespace}.svc:9000`),
      account: new kplus.Secret(scope, 'MinioAccount', {
        metadata,
        stringData: { username: 'kaapanaminio', password: 'Kaapana2020' },
      }),
    },
    volumes: {
      dags: { name: 'dags-pv-claim' },
      plugins: { name: 'af-plugins-pv-claim' },
      models: { name: 'models-pv-claim' },
      data: { name: 'workflow-data-pv-claim' },
    },
    workflowApi: externalAddress(`http://workflow-api.${namespace}.svc:80`),
    ctp: externalAddress(`http://ctp-dicom-service.${namespace}.svc:11112`),
    egress: {
      proxy: externalAddress('http://squid-proxy-service.admin.svc.cluster.local:3128'),
      domain: 'kaapana.example.org',
    },
  };
}

/** A stack with `installs`, and whatever of the rest a test wants otherwise. */
export function stack(
  installs: readonly Install[],
  given: Partial<Omit<ExtensionsStackProps, 'services'>> & { services?: Partial<ExtensionServices> } = {},
): Chart {
  const app = new App();
  const others = new Chart(app, 'others');
  return new ExtensionsStack(app, 'extensions', {
    platform: platform(),
    projects: [PROJECT],
    installs,
    ...given,
    services: { ...services(others), ...given.services },
  });
}
