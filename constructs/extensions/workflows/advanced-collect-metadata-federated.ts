import { defineExtension } from '../contract/definition';
import { WorkflowExtension } from '../contract/workflow-extension';

const definition = defineExtension({
  name: 'advanced-collect-metadata-federated-workflow',
  title: 'Federated Advanced Collect Metadata',
  purpose: 'Has other instances collect the metadata of their segmentations, and brings it together',
  kind: 'workflow',
  maturity: 'experimental',
  hardware: 'cpu',
  installer: 'dag-advanced-collect-metadata-federated',
  taskImages: ['advanced-collect-metadata-federated'],
  workflows: ['advanced-collect-metadata-federated'],
});

/** Metadata of segmentations across instances (advanced-collect-metadata-federated-workflow, Kaapana 0.6.0). */
export class AdvancedCollectMetadataFederated extends WorkflowExtension {
  public static readonly definition = definition;
}
