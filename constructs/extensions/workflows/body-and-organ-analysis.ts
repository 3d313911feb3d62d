import { defineExtension } from '../contract/definition';
import { WorkflowExtension } from '../contract/workflow-extension';

const definition = defineExtension({
  name: 'body-and-organ-analysis-workflow',
  title: 'Body and Organ Analysis',
  purpose: 'Segments organs, bones and tissues in CT images and measures the composition of the body',
  kind: 'workflow',
  maturity: 'experimental',
  hardware: 'gpu',
  documentation: 'user_guide/extensions.html#body-and-organ-analysis',
  installer: 'dag-body-and-organ-analysis',
  taskImages: ['boa-output-check', 'body-and-organ-analysis'],
  workflows: ['body-and-organ-analysis'],
});

/** Composition of the body in CT images (body-and-organ-analysis-workflow, Kaapana 0.6.0). */
export class BodyAndOrganAnalysis extends WorkflowExtension {
  public static readonly definition = definition;
}
