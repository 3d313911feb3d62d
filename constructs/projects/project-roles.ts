/** Something that members of a project may do, as tokens claim it. */
interface Right {
  readonly name: string;
  readonly description: string;
  readonly claim_key: string;
  readonly claim_value: string;
}

const right = (name: string, claim_key: string, claim_value: string, description: string): Right => ({
  name,
  description,
  claim_key,
  claim_value,
});

/** Rights in a project. */
const RIGHTS: readonly Right[] = [
  right('opensearch_access', 'opensearch', 'admin_project', 'Search and change the metadata of the project'),
  right('minio_access', 'policy', 'admin_project', 'Read and write the bucket of the project'),
  right('manage_project_users', 'kaapana.ai/aii', 'manage_users', 'Give members their roles'),
  right('manage_project_software', 'kaapana.ai/aii', 'manage_software', 'Choose the workflows of the project'),
  right('kaapana_backend', 'kaapana.ai/backend', 'all', 'Run workflows and use datasets of the project'),
  right('open_project_applications', 'kaapana.ai/applications', 'open', 'Open applications that run for the project'),
  right('manage_project_extensions', 'kaapana.ai/extensions', 'manage', 'Start applications for the project'),
];

const SCIENTIST = ['opensearch_access', 'minio_access', 'kaapana_backend', 'open_project_applications'] as const;

/** Roles in a project, with their rights. */
const ROLES = [
  { name: 'scientist', description: 'Works with the data of the project', rights: SCIENTIST },
  {
    name: 'principal-investigator',
    description: 'Works with the data of the project, and decides about its members and its software',
    rights: [...SCIENTIST, 'manage_project_users', 'manage_project_software', 'manage_project_extensions'],
  },
];

/** Workflows that every new project has; those that are not installed do no harm. */
const SOFTWARE = [
  'advanced-collect-metadata',
  'advanced-collect-metadata-federated',
  'body-and-organ-analysis',
  'bodypart-regression',
  'classification-inference',
  'classification-training',
  'clear-validation-results',
  'collect-metadata',
  'delete-series',
  'download-selected-files',
  'evaluate-segmentations',
  'federated-setup-central-test',
  'federated-setup-node-test',
  'generate-thumbnail',
  'import-dicoms-from-data-upload',
  'import-niftis-from-data-upload',
  'import-wsi',
  'mitk-flow',
  'nnunet-federated',
  'nnunet-install-model',
  'nnunet-predict',
  'nnunet-training',
  'nnunet-uninstall-models',
  'project-dicom-transfer',
  'project-minio-transfer',
  'radiomics-dcmseg',
  'radiomics-federated-central',
  'register-dicoms',
  'send-dicom',
  'service-daily-cleanup-jobs',
  'service-email-send',
  'service-process-incoming-dcm',
  'service-re-index-dicom-data',
  'tag-dataset',
  'tag-seg-ct-tuples',
  'tag-train-test-split-dataset',
  'test-task-operator',
  'total-segmentator',
  'total-segmentator-v2',
  'validate-dicoms',
] as const;

/** Files that the access information interface fills its database from. */
export function accessFiles(
  projects: readonly { name: string; description: string; default?: boolean }[],
): Record<string, string> {
  const files = {
    'initial_rights.json': RIGHTS,
    'initial_roles.json': ROLES.map(({ name, description }) => ({ name, description })),
    'initial_roles_rights_mapping.json': ROLES.map(({ name: role, rights }) => ({ role, rights })),
    'initial_projects.json': projects,
    'default_software.json': SOFTWARE.map((software_uuid) => ({ software_uuid })),
  };
  return Object.fromEntries(
    Object.entries(files).map(([name, content]) => [name, `${JSON.stringify(content, null, 2)}\n`]),
  );
}
