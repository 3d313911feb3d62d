import { defineExtension } from '../contract/definition';
import { WorkflowExtension } from '../contract/workflow-extension';

const definition = defineExtension({
  name: 'bodypartregression-workflow',
  title: 'Bodypart Regression',
  purpose: 'Estimates which part of the body the slices of a CT image show',
  kind: 'workflow',
  maturity: 'experimental',
  hardware: 'gpu',
  installer: 'dag-bodypartregression',
  taskImages: ['bodypartregression'],
  workflows: ['bodypart-regression'],
});

/** Body part of CT slices (bodypartregression-workflow, Kaapana 0.6.0). */
export class BodypartRegression extends WorkflowExtension {
  public static readonly definition = definition;
}
