import { defineExtension } from '../contract/definition';
import { WorkflowExtension } from '../contract/workflow-extension';

const definition = defineExtension({
  name: 'shapemodel-workflow',
  title: 'Automatic organ segmentation',
  purpose: 'Segments liver, spleen and kidneys in CT images of the abdomen by statistical shape models',
  kind: 'workflow',
  maturity: 'stable',
  hardware: 'cpu',
  versions: ['0.3.5'],
  installer: 'dag-shapemodel',
  taskImages: ['shape-organseg'],
  workflows: ['shapemodel-organ-seg'],
});

/** Organs of the abdomen by shape models (shapemodel-workflow, Kaapana 0.3.5). */
export class Shapemodel extends WorkflowExtension {
  public static readonly definition = definition;
}
