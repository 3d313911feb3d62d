import { defineExtension } from '../contract/definition';
import { WorkflowExtension } from '../contract/workflow-extension';

const definition = defineExtension({
  name: 'radiomics-workflow',
  title: 'Radiomics',
  purpose: 'Computes radiomics features of segmentations',
  kind: 'workflow',
  maturity: 'stable',
  hardware: 'cpu',
  documentation: 'user_guide/extensions.html#radiomics-radiomics-dcmseg',
  installer: 'dag-radiomics',
  taskImages: ['mitk-radiomics', 'statistics2pdf'],
  workflows: ['radiomics-dcmseg'],
});

/** Radiomics features of segmentations (radiomics-workflow, Kaapana 0.6.0). */
export class Radiomics extends WorkflowExtension {
  public static readonly definition = definition;
}
