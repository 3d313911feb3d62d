import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { reach } from '../platform/egress-rules';
import { type Listener, PROJECT_PODS } from '../platform/project-services';

/** Properties of `ExecutorEgress`. */
export interface ExecutorEgressProps {
  /** Namespace of a project. */
  readonly namespace: string;

  /** What it is called, in the name of the policy. */
  readonly name: string;

  readonly to: Listener;
}

/** Lets the pods of Airflow's executor in a project reach something that only some platforms have. */
export class ExecutorEgress extends Construct {
  constructor(scope: Construct, id: string, { namespace, name, to }: ExecutorEgressProps) {
    super(scope, id);
    new k8s.KubeNetworkPolicy(this, 'Resource', {
      metadata: { name: `allow-access-to-${name}`, namespace },
      spec: {
        podSelector: { matchLabels: { ...PROJECT_PODS.executor } },
        policyTypes: ['Egress'],
        egress: reach(namespace, to),
      },
    });
  }
}
