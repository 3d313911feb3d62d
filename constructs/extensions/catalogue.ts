import { CodeServer } from './applications/code-server';
import { Collabora } from './applications/collabora';
import { CustomRegistry } from './applications/custom-registry';
import { DebugContainerExtension } from './applications/debug-container';
import { DesktopContainer } from './applications/desktop-container';
import { DevCodeServer } from './applications/dev-code-server';
import { DevServer } from './applications/dev-server';
import { Edk } from './applications/edk';
import { HelloBackend } from './applications/hello-backend';
import { HelloWorld } from './applications/hello-world';
import { JupyterLab } from './applications/jupyterlab';
import { MinioSync } from './applications/minio-sync';
import { MitkFlowSession } from './applications/mitk-flow-session';
import { MitkWorkbench } from './applications/mitk-workbench';
import { OpenEdc } from './applications/openedc';
import { RatemeApplication } from './applications/rateme';
import { SlicerWorkbench } from './applications/slicer-workbench';
import { Slim } from './applications/slim';
import { TensorBoard } from './applications/tensorboard';
import { type ExtensionDefinition, imagesOf } from './contract/definition';
import { AdvancedCollectMetadata } from './workflows/advanced-collect-metadata';
import { AdvancedCollectMetadataFederated } from './workflows/advanced-collect-metadata-federated';
import { BodyAndOrganAnalysis } from './workflows/body-and-organ-analysis';
import { BodypartRegression } from './workflows/bodypartregression';
import { ClassificationTraining } from './workflows/classification-training';
import { Example } from './workflows/example';
import { ExtractScanparameter } from './workflows/extract-scanparameter';
import { FederatedSetupCentralTest } from './workflows/federated-setup-central-test';
import { FederatedSetupNodeTest } from './workflows/federated-setup-node-test';
import { KaapanaWorkflowsCore } from './workflows/kaapana-workflows-core';
import { MhubModels } from './workflows/mhub-models';
import { MitkFlow } from './workflows/mitk-flow';
import { Nnunet } from './workflows/nnunet';
import { NnunetFederated } from './workflows/nnunet-federated';
import { OtsusMethod } from './workflows/otsus-method';
import { PyradiomicsFeatureExtractor } from './workflows/pyradiomics-feature-extractor';
import { Radiomics } from './workflows/radiomics';
import { RadiomicsFederated } from './workflows/radiomics-federated';
import { Rateme } from './workflows/rateme';
import { Shapemodel } from './workflows/shapemodel';
import { Template } from './workflows/template';
import { TotalSegmentator } from './workflows/total-segmentator';
import { TotalSegmentatorV2 } from './workflows/total-segmentator-v2';
import { WsiConverter } from './workflows/wsiconv';

/** Every extension; the type of the settings follows from this list. */
export const CATALOGUE = [
  AdvancedCollectMetadataFederated,
  AdvancedCollectMetadata,
  BodyAndOrganAnalysis,
  BodypartRegression,
  ClassificationTraining,
  CodeServer,
  Collabora,
  CustomRegistry,
  DebugContainerExtension,
  DesktopContainer,
  DevCodeServer,
  DevServer,
  Edk,
  Example,
  ExtractScanparameter,
  FederatedSetupCentralTest,
  FederatedSetupNodeTest,
  HelloBackend,
  HelloWorld,
  JupyterLab,
  KaapanaWorkflowsCore,
  MhubModels,
  MinioSync,
  MitkFlowSession,
  MitkFlow,
  MitkWorkbench,
  NnunetFederated,
  Nnunet,
  OpenEdc,
  OtsusMethod,
  PyradiomicsFeatureExtractor,
  RadiomicsFederated,
  Radiomics,
  RatemeApplication,
  Rateme,
  Shapemodel,
  SlicerWorkbench,
  Slim,
  Template,
  TensorBoard,
  TotalSegmentatorV2,
  TotalSegmentator,
  WsiConverter,
] as const;

/** The definitions of all extensions, as they are. */
export type KnownDefinition = (typeof CATALOGUE)[number]['definition'];

/** Name of an extension. */
export type ExtensionName = KnownDefinition['name'];

/** The definitions of all extensions. */
export const DEFINITIONS: readonly ExtensionDefinition[] = CATALOGUE.map(({ definition }) => definition);

/** Images that extensions alone deploy. */
export const EXTENSION_IMAGES: readonly string[] = [...new Set(DEFINITIONS.flatMap(imagesOf))].sort();

/** The definition of the extension `name`; undefined where there is none. */
export function definitionOf(name: string): ExtensionDefinition | undefined {
  return DEFINITIONS.find((definition) => definition.name === name);
}
