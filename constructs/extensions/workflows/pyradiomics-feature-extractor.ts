import { defineExtension } from '../contract/definition';
import { WorkflowExtension } from '../contract/workflow-extension';

const definition = defineExtension({
  name: 'pyradiomics-feature-extractor-workflow',
  title: 'Pyradiomics feature extractor',
  purpose: 'Extracts radiomics features; the example of the extension developer kit, which builds it',
  kind: 'workflow',
  maturity: 'experimental',
  hardware: 'cpu',
  registry: 'localhost:32000', // That of the extension developer kit.
  pullPolicy: 'IfNotPresent',
  installer: 'dag-pyradiomics-extract-features',
  workflows: ['pyradiomics-extract-features'],
});

/** Radiomics features, as an example (pyradiomics-feature-extractor-workflow, Kaapana 0.6.0). */
export class PyradiomicsFeatureExtractor extends WorkflowExtension {
  public static readonly definition = definition;
}
