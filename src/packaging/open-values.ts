import {
  type ExtensionDefinition,
  type InternalDefinition,
  isMultiInstallable,
} from '../../constructs/extensions/contract/definition';
import { applicationPath } from '../../constructs/extensions/contract/project-application';
import { installName } from '../../constructs/extensions/install';
import { secretToken } from '../../constructs/kube';
import { NEWEST } from '../releases';
import { globalValue } from './template';

/** Texts that stand for values of the platform which are open until a chart is installed; none is part of another. */
export const OPEN = {
  adminNamespace: 'open-admin-namespace',
  servicesNamespace: 'open-services-namespace',
  domain: 'open-domain.example.org',
  httpsPort: 44317,
  registry: 'open-registry.example.org/kaapana',
  version: `${NEWEST.version}-open-version`,
  pullPolicy: 'open-pull-policy',
  mainNode: 'open-main-node',
  storageNode: 'open-storage-node',
  fastDir: '/open-fast-dir',
  slowDir: '/open-slow-dir',
  fastClass: 'open-fast-class',
  slowClass: 'open-slow-class',
  workflowClass: 'open-workflow-class',
  project: 'open-project',
  projectNamespace: 'project-open-project',
  projectId: '0be40000-0000-4000-8000-000000000001',
  release: 'open-release',
  minioUsername: secretToken('open.minioUsername'),
  minioPassword: secretToken('open.minioPassword'),
} as const;

/** Names that the values have in the platform's own chart (kaapana-admin-chart, Kaapana 0.6.0). */
const NAMES: readonly (readonly [keyof typeof OPEN, string])[] = [
  ['adminNamespace', 'admin_namespace'],
  ['servicesNamespace', 'services_namespace'],
  ['domain', 'hostname'],
  ['httpsPort', 'https_port'],
  ['registry', 'registry_url'],
  ['version', 'kaapana_build_version'],
  ['pullPolicy', 'pull_policy_images'],
  ['mainNode', 'main_node_name'],
  ['storageNode', 'storage_node'],
  ['fastDir', 'fast_data_dir'],
  ['slowDir', 'slow_data_dir'],
  ['fastClass', 'storage_class_fast'],
  ['slowClass', 'storage_class_slow'],
  ['workflowClass', 'storage_class_workflow'],
  ['projectId', 'project_id'],
  ['minioUsername', 'credentials_minio_username'],
  ['minioPassword', 'credentials_minio_password'],
];

/** Name of an install of `definition` whose name is open, as far as that may be. */
export function openName(definition: ExtensionDefinition): string {
  return installName({ name: definition.name, as: isMultiInstallable(definition) ? OPEN.release : undefined });
}

/** What stands in a template of `definition` for each text of `OPEN`. */
export function openValues(definition: ExtensionDefinition): [text: string, expression: string][] {
  const name: [string, string][] = isMultiInstallable(definition) ? [[openName(definition), '.Release.Name']] : [];
  return [
    ...name,
    ...NAMES.map(([key, value]): [string, string] => [String(OPEN[key]), globalValue(value)]),
    // What belongs to the whole platform is installed without a project.
    [OPEN.project, `(default "admin" ${globalValue('project_name')})`],
    ...(definition.kind === 'internal' ? launchValues(definition) : []),
  ];
}

/**
 * What Airflow's operators say of the project; of a debug session's, its path alone, as a template
 * (KaapanaBaseOperator, Kaapana 0.6.0).
 */
function launchValues({ name, pathValue }: InternalDefinition): [string, string][] {
  const namespace: [string, string] = [OPEN.projectNamespace, globalValue('namespace')];
  if (pathValue === undefined) return [namespace];
  const path = applicationPath(
    { name: OPEN.project, id: OPEN.projectId, namespace: OPEN.projectNamespace },
    installName({ name, as: OPEN.release }),
  );
  return [namespace, [path, `(printf "/%s" (tpl ${globalValue(pathValue)} $))`]];
}
