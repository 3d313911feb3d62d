import type { Construct } from 'constructs';
import { defineExtension } from '../contract/definition';
import { DesktopApplication } from '../contract/desktop-application';
import type { ExtensionProps } from '../contract/extension';
import { DISPLAY_NAME, GPU_CONTAINER } from '../contract/shared-parameters';

const definition = defineExtension({
  name: 'slicer-workbench-chart',
  title: 'Slicer Workbench',
  purpose: '3D Slicer as a desktop in the browser',
  kind: 'application',
  listedInUse: true,
  maturity: 'stable',
  hardware: 'cpu',
  multiInstallable: true,
  documentation: 'user_guide/extensions.html#slicer-workbench',
  images: ['slicer-workbench'],
  parameters: { gpu_container: GPU_CONTAINER, display_name: DISPLAY_NAME },
});

/** 3D Slicer in the browser (slicer-workbench-chart, Kaapana 0.6.0). */
export class SlicerWorkbench extends DesktopApplication<typeof definition> {
  public static readonly definition = definition;

  constructor(scope: Construct, id: string, props: ExtensionProps<typeof definition>) {
    const { display_name: displayName, gpu_container: onGpu } = props.parameters;
    super(scope, id, {
      ...props,
      displayName,
      onGpu,
      program: 'slicer',
      image: 'slicer-workbench',
      portName: 'pt-slicer-http',
      memory: { memoryRequest: '5Gi', memoryLimit: '8Gi' },
      mirrorMemory: { memoryRequest: '100Mi', memoryLimit: '200Mi' },
    });
  }
}
