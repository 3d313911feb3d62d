import { defineExtension } from '../contract/definition';
import { WorkflowExtension } from '../contract/workflow-extension';

const definition = defineExtension({
  name: 'nnunet-federated-workflow',
  title: 'nnU-Net federated',
  purpose: 'Trains an nnU-Net model across instances',
  kind: 'workflow',
  maturity: 'experimental',
  hardware: 'cpu',
  installer: 'dag-nnunet-federated',
  taskImages: ['nnunet-federated'],
  workflows: ['nnunet-federated'],
});

/** Training of nnU-Net across instances (nnunet-federated-workflow, Kaapana 0.6.0). */
export class NnunetFederated extends WorkflowExtension {
  public static readonly definition = definition;
}
