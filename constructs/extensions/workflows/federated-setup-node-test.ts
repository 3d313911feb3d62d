import { defineExtension } from '../contract/definition';
import { WorkflowExtension } from '../contract/workflow-extension';

const definition = defineExtension({
  name: 'federated-setup-node-test-workflow',
  title: 'Test Federated Setup Node',
  purpose: 'What the test of a federation runs on the other instances',
  kind: 'workflow',
  maturity: 'experimental',
  hardware: 'cpu',
  installer: 'dag-federated-setup-node-test',
  workflows: ['federated-setup-node-test'],
});

/** Test of a federation, on the instances that take part (federated-setup-node-test-workflow, Kaapana 0.6.0). */
export class FederatedSetupNodeTest extends WorkflowExtension {
  public static readonly definition = definition;
}
