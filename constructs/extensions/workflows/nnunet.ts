import type { Construct } from 'constructs';
import { AnalysisScripts } from '../contract/analysis-scripts';
import { defineExtension } from '../contract/definition';
import type { ExtensionProps } from '../contract/extension';
import { WorkflowExtension } from '../contract/workflow-extension';

const definition = defineExtension({
  name: 'nnunet-workflow',
  title: 'nnU-Net',
  purpose: 'Trains nnU-Net models, installs them and segments images with them',
  kind: 'workflow',
  maturity: 'stable',
  hardware: 'gpu',
  documentation: 'user_guide/extensions.html#nnunet-predict',
  installer: 'dag-nnunet',
  images: ['nnunet-analysis-scripts'],
  taskImages: [
    'dice-evaluation',
    'nnunet-gpu',
    'nnunet-model-download-from-pacs',
    'nnunet-model-management',
    'seg-check',
  ],
  workflows: [
    'nnunet-predict',
    'nnunet-training',
    'nnunet-ensemble',
    'nnunet-install-model',
    'nnunet-uninstall-models',
  ],
});

/** Training, prediction and ensembles of nnU-Net (nnunet-workflow, Kaapana 0.6.0). */
export class Nnunet extends WorkflowExtension {
  public static readonly definition = definition;

  constructor(scope: Construct, id: string, props: ExtensionProps<typeof definition>) {
    super(scope, id, props);
    const { platform, services } = props;
    new AnalysisScripts(this, 'AnalysisScripts', {
      platform,
      services,
      name: 'init-nnunet-analysis-scripts',
      image: platform.images.ref('nnunet-analysis-scripts'),
    });
  }
}
