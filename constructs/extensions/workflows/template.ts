import { defineExtension } from '../contract/definition';
import { WorkflowExtension } from '../contract/workflow-extension';

const definition = defineExtension({
  name: 'template-workflow',
  title: 'Template',
  purpose: 'A workflow to start from: one step in bash, one in Python',
  kind: 'workflow',
  maturity: 'experimental',
  hardware: 'cpu',
  pullPolicy: 'IfNotPresent', // Developers build it, and bring it to the server without a registry.
  installer: 'dag-installer-template',
  taskImages: ['bash-template', 'python-template'],
  workflows: ['dag-template'],
});

/** Template of a workflow (template-workflow, Kaapana 0.6.0). */
export class Template extends WorkflowExtension {
  public static readonly definition = definition;
}
