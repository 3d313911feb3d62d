import { defineExtension } from '../contract/definition';
import { WorkflowExtension } from '../contract/workflow-extension';

const definition = defineExtension({
  name: 'mhub-models-workflow',
  title: 'MHub models',
  purpose: 'Segments images with models of the MHub collection',
  kind: 'workflow',
  maturity: 'experimental',
  hardware: 'cpu',
  versions: ['0.3.5'],
  installer: 'dag-mhub-models-workflow',
  hasScripts: true,
  taskImages: ['mhubai-totalsegmentator-cuda', 'mhubai-totalsegmentator-nocuda'],
  workflows: ['mhub-models'],
});

/** Models of the MHub collection (mhub-models-workflow, Kaapana 0.3.5). */
export class MhubModels extends WorkflowExtension {
  public static readonly definition = definition;
}
