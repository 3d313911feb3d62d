import { defineExtension } from '../contract/definition';
import { WorkflowExtension } from '../contract/workflow-extension';

const definition = defineExtension({
  name: 'otsus-method-workflow',
  title: "Otsu's method",
  purpose: 'Segments images by a threshold that it finds itself; the example of the documentation',
  kind: 'workflow',
  maturity: 'experimental',
  hardware: 'cpu',
  installer: 'dag-otsus-method',
  taskImages: ['otsus-method'],
  workflows: ['otsus-method'],
});

/** Segmentation by a threshold, as an example (otsus-method-workflow, Kaapana 0.6.0). */
export class OtsusMethod extends WorkflowExtension {
  public static readonly definition = definition;
}
