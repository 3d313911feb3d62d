import { loadEnvironment } from '../environment/load';
import { type RenderedObject, renderManifests } from './manifests';

export type { RenderedObject } from './manifests';

/** The objects of an environment, in the order in which they are deployed. */
export function renderEnvironment(nameOrPath: string, options: { readonly showSecrets: boolean }): RenderedObject[] {
  const { graph, owner, secrets } = loadEnvironment(nameOrPath);
  const secretOf = options.showSecrets ? (name: string) => secrets.resolve(name) : undefined;
  return renderManifests(graph, { owner, secretOf });
}
