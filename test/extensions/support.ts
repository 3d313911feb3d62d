import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { join } from 'node:path';
import type { ExtensionServices } from '../../constructs/extensions/extension';
import type { Install } from '../../constructs/extensions/install';
import type { KaapanaPlatform } from '../../constructs/images';
import { externalAddress, HostPathStorage, Images } from '../../constructs/kube';
import { serviceChecker } from '../../constructs/service-checker';
import { readEnvironment } from '../../src/settings/file';
import { parseSettings, type Settings } from '../../src/settings/parse';
import type { Secrets } from '../../src/settings/secrets';
import { ExtensionsStack, type ExtensionsStackProps } from '../../stacks/extensions';
import { platform } from '../support';

/** The project of the reference inputs. */
export const PROJECT = { name: 'admin', id: '00000000-0000-4000-8000-000000000001', namespace: 'project-admin' } as const;

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
      account: new kplus.Secret(scope, 'MinioAccount', { metadata, stringData: { username: 'kaapanaminio', password: 'Kaapana2020' } }),
    },
    volumes: {
      dags: { name: 'dags-pv-claim' }, plugins: { name: 'af-plugins-pv-claim' }, models: { name: 'models-pv-claim' }, data: { name: 'workflow-data-pv-claim' },
    },
    workflowApi: externalAddress(`http://workflow-api.${namespace}.svc:80`),
    ctp: externalAddress(`http://ctp-dicom-service.${namespace}.svc:11112`),
    egress: { proxy: externalAddress('http://squid-proxy-service.admin.svc.cluster.local:3128'), domain: 'kaapana.example.org' },
  };
}

/** A stack with `installs`, and whatever of the rest a test wants otherwise. */
export function stack(installs: readonly Install[], given: Partial<Omit<ExtensionsStackProps, 'services'>> & { services?: Partial<ExtensionServices> } = {}): Chart {
  const app = new App();
  const others = new Chart(app, 'others');
  return new ExtensionsStack(app, 'extensions', {
    platform: platform(), projects: [PROJECT], installs, ...given, services: { ...services(others), ...given.services },
  });
}

/** The extensions of a settings file of the conformance tests; the app has the object store's account too. */
export function stackOf(file: string, installs: readonly Install[]): { app: App; secrets: Secrets } {
  const { environment, raw } = readEnvironment(join(__dirname, '..', 'conformance', 'settings', `${file}.yaml`), process.cwd());
  const { settings, secrets } = parseSettings(raw, environment);
  const app = new App();
  const others = new Chart(app, 'others');
  new ExtensionsStack(app, 'extensions', {
    platform: platformOf(settings),
    services: {
      ...services(others, settings.servicesNamespace),
      directories: { fast: settings.fastDataDir, slow: settings.slowDataDir },
      release: { version: settings.platformVersion, registry: settings.containerRegistryUrl },
    },
    projects: [PROJECT],
    installs,
  });
  return { app, secrets };
}

function platformOf({ containerRegistryUrl: registry, platformVersion: tag, pullPolicy, fastDataDir, slowDataDir, storageClasses, storageNode }: Settings): KaapanaPlatform {
  const images = new Images({ registry, tag, pullPolicy }) as KaapanaPlatform['images'];
  const directories = { fast: fastDataDir, slow: slowDataDir, workflow: fastDataDir };
  return {
    ...platform(),
    images,
    waiter: serviceChecker(images),
    storage: new HostPathStorage({ directories, classes: storageClasses }),
    storageNode: { 'kaapana.io/node': storageNode },
  };
}
