import { defineExtension } from '../contract/definition';
import { WorkflowExtension } from '../contract/workflow-extension';

const definition = defineExtension({
  name: 'federated-setup-central-test-workflow',
  title: 'Test Federated Setup Central',
  purpose: 'Tests from the central instance whether a federation works',
  kind: 'workflow',
  maturity: 'experimental',
  hardware: 'cpu',
  installer: 'dag-federated-setup-central-test',
  taskImages: ['federated-setup-central-test'],
  workflows: ['federated-setup-central-test'],
});

/** Test of a federation, on its central instance (federated-setup-central-test-workflow, Kaapana 0.6.0). */
export class FederatedSetupCentralTest extends WorkflowExtension {
  public static readonly definition = definition;
}
