import { defineExtension } from '../contract/definition';
import { WorkflowExtension } from '../contract/workflow-extension';

const definition = defineExtension({
  name: 'advanced-collect-metadata-workflow',
  title: 'Advanced Collect Metadata',
  purpose: 'Collects the metadata of segmentations, and puts it into the object store',
  kind: 'workflow',
  maturity: 'experimental',
  hardware: 'cpu',
  installer: 'dag-advanced-collect-metadata',
  workflows: ['advanced-collect-metadata'],
});

/** Metadata of segmentations (advanced-collect-metadata-workflow, Kaapana 0.6.0). */
export class AdvancedCollectMetadata extends WorkflowExtension {
  public static readonly definition = definition;
}
