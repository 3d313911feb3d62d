import { ApiObject, App, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { HostPathStorage, Images, type Wait, waitLabel } from '../constructs/kube';
import type { KaapanaPlatform } from '../constructs/platform/kaapana-platform';
import { NEWEST } from '../src/releases';

/** A rendered object, as far as tests look into it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [key: string]: unknown };
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests reach into any object
  readonly [key: string]: any;
}

/** An empty chart in the admin namespace. */
export function chart(): Chart {
  return new Chart(new App(), 'test', { namespace: 'admin', disableResourceNameHashes: true });
}

/** Every object below `scope`, rendered one by one. */
export function objects(scope: Construct): Manifest[] {
  return scope.node
    .findAll()
    .filter((node) => ApiObject.isApiObject(node))
    .map((node) => node.toJson() as Manifest);
}

/**
 * The object of that kind and name.
 *
 * @throws when there is none
 */
export function object(scope: Construct, kind: string, name: string): Manifest {
  const all = objects(scope);
  const found = all.find((candidate) => candidate.kind === kind && candidate.metadata.name === name);
  if (!found)
    throw new Error(`no ${kind} ${name}; there are ${all.map((o) => `${o.kind} ${o.metadata.name}`).join(', ')}`);
  return found;
}

/** What components share, with the values of the reference inputs. */
export function platform(): KaapanaPlatform {
  const directories = { fast: '/home/kaapana', slow: '/mnt/slow', workflow: '/home/kaapana' };
  const classes = { fast: 'fast-class', slow: 'slow-class', workflow: 'fast-class' };
  const images = new Images<never>({
    registry: 'registry.example.org/kaapana',
    tag: '0.6.0',
    pullPolicy: 'IfNotPresent',
  });
  return {
    images: images as KaapanaPlatform['images'],
    release: NEWEST,
    pullSecret: 'registry-secret',
    waiter: (waits: readonly Wait[]) => ({
      name: 'init',
      image: 'waiter',
      env: { WAIT: waits.map(waitLabel).join(';') },
    }),
    storage: new HostPathStorage({ directories, classes, node: { 'kaapana.io/node': 'storage' } }),
    proxy: { namespace: 'admin', podLabels: { 'app.kubernetes.io/name': 'traefik' } },
    scraper: { namespace: 'services', podLabels: { 'app.kubernetes.io/name': 'prometheus' } },
    storageNode: { 'kaapana.io/node': 'storage' },
  };
}
