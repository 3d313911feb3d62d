import type { AlertGroup } from './alert-rule';
import { nodeAlerts } from './nodes';
import { podAlerts } from './pods';
import { ACCESS_ALERTS, GPU_ALERTS, MONITORING_ALERTS, WORKFLOW_ALERTS } from './services';
import { storageAlerts } from './storage';

/** What an operator is told about a platform in `namespaces`. */
export function platformAlerts(namespaces: readonly string[], options: { readonly gpus?: boolean } = {}): AlertGroup[] {
  const own = `namespace=~"${namespaces.join('|')}"`;
  return [
    { name: 'pods', rules: podAlerts(own) },
    { name: 'nodes', rules: nodeAlerts() },
    { name: 'storage', rules: storageAlerts(own) },
    { name: 'workflows', rules: WORKFLOW_ALERTS },
    { name: 'access', rules: ACCESS_ALERTS },
    { name: 'monitoring', rules: MONITORING_ALERTS },
    ...(options.gpus ? [{ name: 'gpus', rules: GPU_ALERTS }] : []),
  ];
}
