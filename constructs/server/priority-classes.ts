import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { HIGH_PRIORITY, LOW_PRIORITY } from '../platform/priority';

/** Which pods go first when a node is full (kaapana-admin-chart, Kaapana 0.6.0). */
export class PriorityClasses extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new k8s.KubePriorityClass(this, 'High', {
      metadata: { name: HIGH_PRIORITY.name },
      value: 1_000_000,
      preemptionPolicy: 'PreemptLowerPriority',
      globalDefault: false,
      description: 'Services that the platform cannot do without.',
    });
    new k8s.KubePriorityClass(this, 'Low', {
      metadata: { name: LOW_PRIORITY.name },
      value: 1000,
      preemptionPolicy: 'Never',
      globalDefault: false,
      description: 'Work that waits until there is room.',
    });
  }
}
