import { defineExtension } from '../contract/definition';
import { WorkflowExtension } from '../contract/workflow-extension';

const definition = defineExtension({
  name: 'mitk-flow-workflow',
  title: 'Interactive MITK Segmentation',
  purpose: 'Opens series after series in MITK, and stores the segmentations that users accept',
  kind: 'workflow',
  maturity: 'stable',
  hardware: 'cpu',
  documentation: 'user_guide/extensions.html#mitk-flow',
  installer: 'dag-mitk-flow',
  taskImages: ['mitk-flow'],
  workflows: ['mitk-flow'],
});

/** Segmentation by hand in MITK (mitk-flow-workflow, Kaapana 0.6.0). */
export class MitkFlow extends WorkflowExtension {
  public static readonly definition = definition;
}
