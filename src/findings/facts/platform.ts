/** An extension whose tasks wait for GPUs: `extensions` are their names. */
interface OnGpu {
  readonly extensions: readonly string[];
}

/** What is allowed, but does not work everywhere as it is. */
export interface PlatformFacts {
  /** A key of the file that nobody reads. */
  'unread-key': object;
  'plain-secret': object;
  'weak-password': object;
  'api-server-address': object;

  /** `namespaces`: those that the settings say, where images know others. */
  'built-in-namespaces': { readonly platformVersion: string; readonly namespaces: readonly string[] };
  'missing-directories': { readonly server: string };
  'root-squash': { readonly server: string; readonly path: string };
  'no-volumes-on-demand': { readonly storageProvider: string; readonly distribution: string };

  /** `primary`: the environment that owns the server. */
  'store-of-primary': { readonly primary: string };
  'rights-of-primary': { readonly primary: string };
  'unknown-domain': { readonly domain: string };
  'gpu-off': OnGpu;
  'gpu-resource-unused': OnGpu & { readonly resource: string; readonly asked: string };
  'gpu-taint-untolerated': OnGpu & { readonly taint: string; readonly resource: string };
  'gpu-runtime-class-unused': OnGpu & { readonly runtimeClass: string };
  'gpu-node-selector-unused': OnGpu & { readonly labels: string; readonly resource: string };

  /** `given`: node ports of the distribution, `first-last`; `wide`: a range with those that are wanted. */
  'node-ports-not-given': {
    readonly distribution: string;
    readonly given: string;
    readonly ports: readonly number[];
    readonly wide: string;
  };
  /** `extension`: whose it is; `paths`: where pods have it; none where it is in the container itself. */
  'lost-with-pod': { readonly extension: string; readonly paths: readonly string[] };

  /** `storageClass`: @default - the server's default class; `name`: of the claim or claims. */
  'lost-with-extension': { readonly extension: string; readonly name: string; readonly storageClass?: string };
  'dns-outside': { readonly distribution: string; readonly address: string };
}

/** What a server would refuse, or what would go wrong on any. */
export interface WiringFacts {
  /** `component`: where the object stands; `port` with its protocol; `given`: `first-last`. */
  'node-port-outside': { readonly component: string; readonly port: string; readonly given: string };

  /** `program`: whose port it is, in words. */
  'port-of-node-program': { readonly component: string; readonly port: string; readonly program: string };

  /** `paths`: where it stands in the tree. */
  'duplicate-object': { readonly paths: readonly string[] };

  /** `to`: identity of what nobody makes; `namespaces`: others with one of that name. */
  'dangling-reference': { readonly to: string; readonly namespaces?: readonly string[] };

  /** `path`: field of the object; `secrets`: names of settings. */
  'exposed-secret': { readonly path: string; readonly secrets: readonly string[] };
  'joined-output': { readonly path: string };
  'overlapping-volumes': { readonly other: string; readonly path: string };
  'shared-node-port': { readonly objects: readonly string[]; readonly port: number };
  'long-name': { readonly length: number; readonly limit: number };
}

/** What charts that others made would take from the rest of the platform. `of`: identity of the object whose it is. */
export interface NeighbourFacts {
  'borrowed-labels': { readonly of: string };
  'selected-pods': { readonly of: string };
  'taken-route': { readonly of: string; readonly path: string };
  'taken-directory': { readonly of: string; readonly path: string };
}
