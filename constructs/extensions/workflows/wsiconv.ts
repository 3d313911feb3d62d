import { defineExtension } from '../contract/definition';
import { WorkflowExtension } from '../contract/workflow-extension';

const definition = defineExtension({
  name: 'wsiconv-workflow',
  title: 'WSI converter',
  purpose: 'Converts uploaded whole-slide images to DICOM',
  kind: 'workflow',
  maturity: 'experimental',
  hardware: 'cpu',
  installer: 'dag-wsiconv',
  taskImages: ['wsiconv'],
  workflows: ['import-wsi'],
});

/** Whole-slide images as DICOM (wsiconv-workflow, Kaapana 0.6.0). */
export class WsiConverter extends WorkflowExtension {
  public static readonly definition = definition;
}
