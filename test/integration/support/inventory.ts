import type { Manifest } from '../../../src/objects/manifest';
import { list, type LiveObject } from './kubectl';

const LABEL = 'deploy.kaapana.ai/environment';

/** Kinds that the platform consists of, as `kubectl get` takes them. */
export function kindsOf(manifests: readonly Manifest[]): string {
  return [
    ...new Set(
      manifests.map(({ apiVersion, kind }) => [kind, ...apiVersion.split('/').reverse().slice(0, 2)].join('.')),
    ),
  ]
    .map((kind) => kind.replace(/\.v1$/, '.v1.'))
    .join(',');
}

/** The live objects that carry the label of `environment`, by their identities. */
export function deployed(environment: string, kinds: string): Map<string, LiveObject> {
  return new Map(list(kinds, `--selector=${LABEL}=${environment}`).map((object) => [identityOf(object), object]));
}

/** `Kind/namespace/name`; a Job without the hash that deploying adds. */
export function identityOf({
  kind,
  metadata,
}: Pick<LiveObject | Manifest, 'kind'> & {
  readonly metadata: { readonly name: string; readonly namespace?: string };
}): string {
  const name = kind === 'Job' ? metadata.name.replace(/-[0-9a-f]{8}$/, '') : metadata.name;
  return `${kind}/${metadata.namespace ?? ''}/${name}`;
}

/** The pods of a namespace by their workloads: `cert-init` -> its UIDs. */
export function podsOf(namespace: string): Map<string, string[]> {
  const pods = new Map<string, string[]>();
  for (const { metadata } of list('pods', `--field-selector=metadata.namespace=${namespace}`)) {
    // A Deployment's pods are called <name>-<template>-<pod>, those of a Job <name>-<content>-<pod>.
    const workload = metadata.name.replace(/-[0-9a-z]+-[0-9a-z]+$/, '');
    pods.set(workload, [...(pods.get(workload) ?? []), metadata.uid].sort());
  }
  return pods;
}
