import type { ExtensionDefinition } from '../../constructs/extensions/contract/definition';
import { type JsonObject, type Manifest, objectAt, objectsAt } from '../objects/manifest';

const HOOK = {
  'helm.sh/hook': 'pre-delete',
  'helm.sh/hook-weight': '-5',
  'helm.sh/hook-delete-policy': 'before-hook-creation,hook-succeeded,hook-failed',
};

/** What takes workflows out of Airflow again when their chart is removed (dag-installer-chart, Kaapana 0.6.0). */
export function removalOf(definition: ExtensionDefinition, objects: readonly Manifest[]): [string, Manifest][] {
  const job = objects.find(
    ({ kind, metadata }) => definition.kind === 'workflow' && kind === 'Job' && metadata.name === definition.installer,
  );
  if (!job) return [];
  const name = `remove-${job.metadata.name}`;
  const { template, ...spec } = objectAt(job.spec);
  const { initContainers: _, containers, ...pod } = objectAt(objectAt(template).spec);
  const removal: Manifest = {
    ...job,
    metadata: { name, namespace: job.metadata.namespace ?? '', annotations: HOOK },
    spec: {
      ...spec,
      template: { spec: { ...pod, containers: objectsAt(containers).map((container) => removing(container, name)) } },
    },
  };
  return [['removal.yaml', removal]];
}

function removing(container: JsonObject, name: string): JsonObject {
  const env = objectsAt(container.env).map((variable) =>
    variable.name === 'ACTION' ? { ...variable, value: 'remove' } : variable,
  );
  return { ...container, name, env };
}
