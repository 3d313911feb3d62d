import type { PriorityClass } from '../kube';

/** What the platform cannot do without; other pods are evicted for it (kaapana-admin-chart, Kaapana 0.6.0). */
export const HIGH_PRIORITY: PriorityClass = { name: 'kaapana-high-priority' };

/** Work that can wait; it evicts no other pod. */
export const LOW_PRIORITY: PriorityClass = { name: 'kaapana-low-priority' };
