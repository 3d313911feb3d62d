import { Construct } from 'constructs';

/** Properties of `RuntimeSecret`. */
export interface RuntimeSecretProps {
  readonly name: string;
  readonly namespace: string;

  /** The workload that makes it. */
  readonly madeBy: Construct;
}

/** A Secret that a pod of this tree makes while it runs; who mounts it comes after that pod. */
export class RuntimeSecret extends Construct {
  public readonly name: string;
  public readonly namespace: string;

  constructor(scope: Construct, id: string, props: RuntimeSecretProps) {
    super(scope, id);
    this.name = props.name;
    this.namespace = props.namespace;
    this.node.addDependency(props.madeBy);
  }
}
