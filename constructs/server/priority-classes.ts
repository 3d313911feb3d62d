import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

/** Which pods go first when a node is full (kaapana-admin-chart, Kaapana 0.6.0). */
export class PriorityClasses extends Construct {
  /** For what the platform cannot do without; others make room. */
  public readonly high = 'kaapana-high-priority';

  /** For work that can wait; it takes nobody's place. */
  public readonly low = 'kaapana-low-priority';

  constructor(scope: Construct, id: string) {
    super(scope, id);
    new k8s.KubePriorityClass(this, 'High', {
      metadata: { name: this.high },
      value: 1_000_000,
      preemptionPolicy: 'PreemptLowerPriority',
      globalDefault: false,
      description: 'Services that the platform cannot do without.',
    });
    new k8s.KubePriorityClass(this, 'Low', {
      metadata: { name: this.low },
      value: 1000,
      preemptionPolicy: 'Never',
      globalDefault: false,
      description: 'Work that waits until there is room.',
    });
  }
}
