import { defineExtension } from '../contract/definition';
import { WorkflowExtension } from '../contract/workflow-extension';

const definition = defineExtension({
  name: 'classification-training-workflow',
  title: 'Classification (ResNet18)',
  purpose: 'Trains a ResNet18 that classifies 2D or 3D images by tags, and classifies images with it',
  kind: 'workflow',
  maturity: 'stable',
  hardware: 'gpu',
  installer: 'dag-classification-training-workflow',
  taskImages: ['classification-inference', 'classification-preprocessing', 'classification-training'],
  workflows: ['classification-training', 'classification-inference'],
});

/** Training of image classifiers, and their use (classification-training-workflow, Kaapana 0.6.0). */
export class ClassificationTraining extends WorkflowExtension {
  public static readonly definition = definition;
}
