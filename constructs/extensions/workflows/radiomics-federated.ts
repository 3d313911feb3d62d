import type { Construct } from 'constructs';
import { AnalysisScripts } from '../contract/analysis-scripts';
import { defineExtension } from '../contract/definition';
import type { ExtensionProps } from '../contract/extension';
import { WorkflowExtension } from '../contract/workflow-extension';

const definition = defineExtension({
  name: 'radiomics-federated-workflow',
  title: 'Radiomics federated',
  purpose: 'Has other instances compute radiomics features of their segmentations, and brings these together',
  kind: 'workflow',
  maturity: 'experimental',
  hardware: 'cpu',
  installer: 'dag-radiomics-federated',
  images: ['radiomics-federated-analysis'],
  taskImages: ['radiomics-federated'],
  workflows: ['radiomics-federated-central'],
});

/** Radiomics features across instances (radiomics-federated-workflow, Kaapana 0.6.0). */
export class RadiomicsFederated extends WorkflowExtension {
  public static readonly definition = definition;

  constructor(scope: Construct, id: string, props: ExtensionProps<typeof definition>) {
    super(scope, id, props);
    const { platform, services } = props;
    new AnalysisScripts(this, 'AnalysisScripts', {
      platform,
      services,
      name: 'init-radiomics-federated-analysis-script',
      image: platform.images.ref('radiomics-federated-analysis'),
    });
  }
}
