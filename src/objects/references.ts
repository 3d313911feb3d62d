import {
  containersOf,
  identity,
  type JsonObject,
  type Manifest,
  objectAt,
  objectsAt,
  podTemplate,
  textAt,
} from './manifest';

/** That one object names another. */
export interface Reference {
  readonly to: string;

  /** Whether the object does not work without the other. */
  readonly required: boolean;

  /** Whether the pod's behaviour depends on the other's content. */
  readonly content: boolean;
}

/** Everything that `manifest` names: what it cannot do without, and what should be there before it. */
export function referencesOf(manifest: Manifest): Reference[] {
  const template = podTemplate(manifest);
  const { namespace } = manifest.metadata;
  return [
    ...(template ? podReferences(template, namespace) : []),
    ...(manifest.kind === 'Ingress' ? ingressReferences(manifest, namespace) : []),
    ...(manifest.kind === 'PersistentVolumeClaim' ? claimReferences(manifest) : []),
    ...bindingReferences(manifest, namespace),
  ];
}

function podReferences(template: JsonObject, namespace: string | undefined): Reference[] {
  const spec = objectAt(template.spec);
  const found: Reference[] = [];
  const add = (kind: string, name: string | undefined, source?: JsonObject, content = false): void => {
    if (name !== undefined)
      found.push({ to: identity(kind, namespace, name), required: source?.optional !== true, content });
  };
  add('ServiceAccount', textAt(spec.serviceAccountName));
  add('PriorityClass', textAt(spec.priorityClassName));
  // The kubelet passes over those that are missing; the first one is the platform's, without which no image comes.
  objectsAt(spec.imagePullSecrets).forEach(({ name }, index) => {
    add('Secret', textAt(name), { optional: index > 0 });
  });
  for (const volume of objectsAt(spec.volumes)) {
    const claim = objectAt(volume.persistentVolumeClaim);
    add('PersistentVolumeClaim', textAt(claim.claimName));
    const sources = [volume, ...objectsAt(objectAt(volume.projected).sources)];
    for (const { secret, configMap } of sources) {
      add('Secret', textAt(objectAt(secret).secretName ?? objectAt(secret).name), objectAt(secret), true);
      add('ConfigMap', textAt(objectAt(configMap).name), objectAt(configMap), true);
    }
  }
  for (const container of containersOf(template)) {
    const values = objectsAt(container.env).map(({ valueFrom }) => objectAt(valueFrom));
    for (const source of [...values, ...objectsAt(container.envFrom)]) {
      const [secret, map] = [
        objectAt(source.secretKeyRef ?? source.secretRef),
        objectAt(source.configMapKeyRef ?? source.configMapRef),
      ];
      add('Secret', textAt(secret.name), secret, true);
      add('ConfigMap', textAt(map.name), map, true);
    }
  }
  return found;
}

function ingressReferences(manifest: Manifest, namespace: string | undefined): Reference[] {
  return objectsAt(objectAt(manifest.spec).rules)
    .flatMap(({ http }) => objectsAt(objectAt(http).paths))
    .map(({ backend }) => textAt(objectAt(objectAt(backend).service).name))
    .flatMap((name) =>
      name === undefined ? [] : [{ to: identity('Service', namespace, name), required: true, content: false }],
    );
}

function claimReferences(manifest: Manifest): Reference[] {
  const { volumeName, storageClassName } = objectAt(manifest.spec);
  return [
    ...named('PersistentVolume', textAt(volumeName), true),
    ...named('StorageClass', textAt(storageClassName), false),
  ];
}

function bindingReferences(manifest: Manifest, namespace: string | undefined): Reference[] {
  if (manifest.kind === 'ValidatingAdmissionPolicyBinding') {
    return named('ValidatingAdmissionPolicy', textAt(objectAt(manifest.spec).policyName), true);
  }
  if (!manifest.kind.endsWith('RoleBinding')) return [];
  const { kind, name } = objectAt(manifest.roleRef);
  const accounts = objectsAt(manifest.subjects).filter((subject) => subject.kind === 'ServiceAccount');
  return [
    ...named(textAt(kind) ?? 'Role', textAt(name), false, namespace),
    ...accounts.flatMap((account) => named('ServiceAccount', textAt(account.name), true, textAt(account.namespace))),
  ];
}

function named(kind: string, name: string | undefined, required: boolean, namespace?: string): Reference[] {
  return name === undefined ? [] : [{ to: identity(kind, namespace, name), required, content: false }];
}
