import { defineExtension } from '../contract/definition';
import { WorkflowExtension } from '../contract/workflow-extension';

const definition = defineExtension({
  name: 'example-workflow',
  title: 'Example workflows',
  purpose: 'Small workflows to learn from: they convert images, read and pool study IDs, and notify users',
  kind: 'workflow',
  maturity: 'experimental',
  hardware: 'cpu',
  installer: 'dag-example',
  taskImages: ['custom-notify', 'example-extract-study-id', 'example-pool-jsons'],
  workflows: [
    'example-dcm2nrrd',
    'example-dcm-extract-study-id',
    'example-dcm-extract-multiple-study-ids',
    'example-dcm-pool-study-ids',
    'example-notify',
  ],
});

/** Workflows of the tutorial (example-workflow, Kaapana 0.6.0). */
export class Example extends WorkflowExtension {
  public static readonly definition = definition;
}
