import { defineExtension } from '../contract/definition';
import { WorkflowExtension } from '../contract/workflow-extension';

const definition = defineExtension({
  name: 'extract-scanparameter-workflow',
  title: 'Extract Scanparameter',
  purpose: 'Writes the scan parameters in DICOM headers to JSON files',
  kind: 'workflow',
  maturity: 'experimental',
  hardware: 'cpu',
  installer: 'dag-extract-scanparameters',
  taskImages: ['scanparam2json'],
  workflows: ['extract-scanparameter'],
});

/** Scan parameters of DICOM headers (extract-scanparameter-workflow, Kaapana 0.6.0). */
export class ExtractScanparameter extends WorkflowExtension {
  public static readonly definition = definition;
}
