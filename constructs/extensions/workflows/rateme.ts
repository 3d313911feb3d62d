import { defineExtension } from '../contract/definition';
import { WorkflowExtension } from '../contract/workflow-extension';

const definition = defineExtension({
  name: 'rateme-workflow',
  title: 'RateMe',
  purpose: 'Opens images in the rating application, and keeps what readers say of them',
  kind: 'workflow',
  maturity: 'experimental',
  hardware: 'cpu',
  versions: ['0.3.5'],
  installer: 'dag-rateme',
  workflows: ['rateme'],
});

/** Rating of images by readers (rateme-workflow, Kaapana 0.3.5). */
export class Rateme extends WorkflowExtension {
  public static readonly definition = definition;
}
