import type { Distinct } from './definition';

/** Name of an application that users see. */
export const DISPLAY_NAME = { type: 'string', default: '-', definition: 'Name that users see; - for its own' } as const;

/** Volumes of a project that a program which a workflow starts works on. */
export const DYNAMIC_VOLUMES = {
  type: 'map',
  keys: ['mount_path'],
  default: { 'workflow-data': '/kaapana/mounted/data' },
  example: { 'workflow-data': '/kaapana/mounted/data', models: '/models' },
  definition: 'Volumes of the project, by the names of their claims without -pv-claim, and where they are mounted',
  form: {
    name: /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/,
    value: /^\/[^:]*$/,
    wanted: 'the name of a volume and an absolute path',
  },
} as const;

/** Whether a desktop computes on a GPU. */
export const GPU_CONTAINER = { type: 'bool', default: false, gpu: true, definition: 'Compute on a GPU' } as const;

/** How users reach a desktop. */
export const SERVICE_TYPE = {
  type: 'list_single',
  choices: ['ClusterIP', 'NodePort'],
  default: 'ClusterIP',
  definition: 'ClusterIP for a route with a login, NodePort for a port of the server without one',
} as const;

/** All installs of a desktop would have the same port. */
export const ONE_NODE_PORT: Distinct = {
  parameter: 'service_type',
  what: 'port of the server',
  of: ({ service_type }) => (service_type === 'NodePort' ? 'NodePort' : undefined),
};
