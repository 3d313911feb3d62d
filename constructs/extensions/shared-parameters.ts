import type { Distinct } from './definition';

/** Name of an application that users see. */
export const DISPLAY_NAME = { type: 'string', default: '-', definition: 'Name that users see; - for its own' } as const;

/** Whether a desktop computes on a GPU. */
export const GPU_CONTAINER = { type: 'bool', default: false, gpu: true, definition: 'Compute on a GPU' } as const;

/** How users reach a desktop. */
export const SERVICE_TYPE = {
  type: 'list_single', choices: ['ClusterIP', 'NodePort'], default: 'ClusterIP', definition: 'ClusterIP for a route with a login, NodePort for a port of the server without one',
} as const;

/** All installs of a desktop would have the same port. */
export const ONE_NODE_PORT: Distinct = {
  parameter: 'service_type', what: 'port of the server', of: ({ service_type }) => (service_type === 'NodePort' ? 'NodePort' : undefined),
};
