import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { yaml } from '../kube/yaml';

/** Properties of `GpuSharing`. */
export interface GpuSharingProps {
  /** Namespace of NVIDIA's GPU operator; it is there before. */
  readonly namespace: string;

  /** Resource that pods ask for, e.g. `nvidia.com/gpu`; shared ones may be told apart by `.shared` at its end. */
  readonly resource: string;

  /** Pods that take turns on one GPU. */
  readonly replicas: number;
}

/** Ending that the device plugin gives to the names of shared resources, if it is asked to. */
const SHARED = '.shared';

/**
 * How GPUs are shared: the configuration of NVIDIA's device plugin by which several pods take turns on one. The
 * operator takes it once its ClusterPolicy names it, as `devicePlugin.config: {name: kaapana-gpu-sharing, default:
 * shared}`.
 */
export class GpuSharing extends Construct {
  constructor(scope: Construct, id: string, { namespace, resource, replicas }: GpuSharingProps) {
    super(scope, id);
    const renameByDefault = resource.endsWith(SHARED);
    const name = renameByDefault ? resource.slice(0, -SHARED.length) : resource;
    new kplus.ConfigMap(this, 'Resource', {
      metadata: { name: 'kaapana-gpu-sharing', namespace },
      data: {
        shared: yaml({ version: 'v1', sharing: { timeSlicing: { renameByDefault, resources: [{ name, replicas }] } } }),
      },
    });
  }
}
