import type { ISecret } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { type Address, secretToken, type VolumeSource } from '../../kube';
import type { Egress } from '../../platform/egress';
import type { KaapanaPlatform } from '../../platform/kaapana-platform';
import type { Origin } from '../../platform/origin';
import type { Project } from '../../platform/project';
import type { ExtensionDefinition } from './definition';
import type { ParameterValues } from './parameter';

/** GPUs, as pods ask for them. */
export interface GpuPlan {
  /** Kubernetes resource of one GPU, e.g. `nvidia.com/gpu`. */
  readonly resource: string;

  /** @default - containerd's default runtime hands out GPUs */
  readonly runtimeClass?: string;

  /** Labels of the nodes with GPUs. @default - those that have the resource */
  readonly nodeSelector?: Readonly<Record<string, string>>;

  /** Key of a taint that keeps other pods off them. @default - none */
  readonly taint?: string;
}

/** What an instance offers to its extensions. */
export interface ExtensionServices {
  readonly namespaces: { readonly admin: string; readonly services: string };

  /** Version of the platform, and the registry of its images. */
  readonly release: { readonly version: string; readonly registry: string };

  /** Where users reach the platform. */
  readonly origin: Origin;

  /** Labels of the node that holds the data. */
  readonly mainNode: Readonly<Record<string, string>>;

  /** Absolute directories on that node. */
  readonly directories: { readonly fast: string; readonly slow: string };

  /** Extension manager; pulls the images of workflows. */
  readonly kubeHelm: Address;

  /** Object store, and its root account with the keys `username` and `password`. */
  readonly minio: { readonly api: Address; readonly account: ISecret };

  /** Claims in the namespace of the services. */
  readonly volumes: {
    readonly dags: VolumeSource;
    readonly plugins: VolumeSource;
    readonly models: VolumeSource;
    readonly data: VolumeSource;
  };

  /** Task API. */
  readonly workflowApi: Address;

  /** Receiver of DICOM images. */
  readonly ctp: Address;

  /** Way out of the cluster. @default - none */
  readonly egress?: Egress;

  /** @default - there are no GPUs */
  readonly gpu?: GpuPlan;
}

/** The images that `Definition` alone deploys. */
export type ExtensionImage<Definition> =
  | (Definition extends { readonly images: readonly (infer Name extends string)[] } ? Name : never)
  | (Definition extends { readonly installer: infer Name extends string } ? Name : never);

/** Properties of an extension. */
export interface ExtensionProps<Definition extends ExtensionDefinition> {
  readonly definition: Definition;

  readonly platform: KaapanaPlatform<ExtensionImage<Definition>>;

  readonly services: ExtensionServices;

  /** Name of what it deploys: its own, and that of the install where there may be several. */
  readonly name: string;

  /** Tag of its images. */
  readonly version: string;

  /** Project of the extension. */
  readonly project: Project;

  readonly parameters: ParameterValues<NonNullable<Definition['parameters']>>;
}

/** A credential of the install `name` that no setting has: it is derived, as all that settings leave out. */
export function ownCredential(name: string, purpose: string): string {
  return secretToken(`extensions.${name}.${purpose}`);
}

/** A class that deploys an extension. */
export interface ExtensionClass<Definition extends ExtensionDefinition> {
  readonly definition: Definition;

  new (scope: Construct, id: string, props: ExtensionProps<Definition>): Construct;
}
