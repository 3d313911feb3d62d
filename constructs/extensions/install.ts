import type { KnownDefinition } from './catalogue';
import type { GivenValues } from './parameter';

type ParametersOf<D> = D extends { readonly parameters: infer P } ? P : Record<never, never>;

/** An install of the extension `D`. */
type InstallOf<D extends KnownDefinition> = D extends KnownDefinition ?
  & {
    readonly name: D['name'];

    /** Project that it belongs to. @default - the first one */
    readonly project?: string;

    /** Tag of its images. @default - the platform's, or the last one that there is */
    readonly version?: string;
  }
  & (D extends { readonly multiInstallable: true }
    /** What tells it apart from others of its kind. */
    ? { readonly as: string }
    : { readonly as?: never })
  & (Record<never, never> extends GivenValues<ParametersOf<D>>
    ? { readonly parameters?: GivenValues<ParametersOf<D>> }
    : { readonly parameters: GivenValues<ParametersOf<D>> })
  : never;

/** An extension that is to be installed. */
export type Install = InstallOf<KnownDefinition>;

/** Name of what an install deploys. */
export function installName({ name, as }: Pick<Install, 'name' | 'as'>): string {
  return as === undefined ? name : `${name}-${as}`;
}
