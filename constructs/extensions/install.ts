import { definitionOf, type KnownDefinition } from './catalogue';
import type { GivenValues } from './contract/parameter';

type ParametersOf<D> = D extends { readonly parameters: infer P } ? P : Record<never, never>;

/** An install of the extension `D`. */
type InstallOf<D extends KnownDefinition> = D extends KnownDefinition
  ? {
      readonly name: D['name'];

      /** Project of the extension. @default - the first one */
      readonly project?: string;

      /** Tag of its images. @default - the platform's, or the last one that there is */
      readonly version?: string;
    } & (D extends { readonly multiInstallable: true }
      ? /** What tells it apart from others of its kind. */
        { readonly as: string }
      : { readonly as?: never }) &
      (Record<never, never> extends GivenValues<ParametersOf<D>>
        ? { readonly parameters?: GivenValues<ParametersOf<D>> }
        : { readonly parameters: GivenValues<ParametersOf<D>> })
  : never;

/** An extension that is to be installed. */
export type Install = InstallOf<KnownDefinition>;

/** Airflow names so what it starts, and kube-helm tells it by that from what users install. */
const LAUNCHED = 'kaapanaint';

/** Name of what an install deploys. */
export function installName({ name, as }: { readonly name: string; readonly as?: string }): string {
  return as === undefined ? name : `${definitionOf(name)?.kind === 'internal' ? LAUNCHED : name}-${as}`;
}
