import type { AlertGroup } from './alert-rule';
import { nodeAlerts } from './nodes';
import { podAlerts } from './pods';
import { accessAlerts, gpuAlerts, monitoringAlerts, workflowAlerts } from './services';
import { storageAlerts } from './storage';

/** What an operator is told about a platform in `namespaces`. */
export function platformAlerts(namespaces: readonly string[], options: { readonly gpus?: boolean } = {}): AlertGroup[] {
  const own = `namespace=~"${namespaces.join('|')}"`;
  return [
    { name: 'pods', rules: podAlerts(own) },
    { name: 'nodes', rules: nodeAlerts() },
    { name: 'storage', rules: storageAlerts(own) },
    { name: 'workflows', rules: workflowAlerts() },
    { name: 'access', rules: accessAlerts() },
    { name: 'monitoring', rules: monitoringAlerts() },
    ...(options.gpus ? [{ name: 'gpus', rules: gpuAlerts() }] : []),
  ];
}
