import type { Construct } from 'constructs';
import { defineExtension } from '../contract/definition';
import { DesktopApplication } from '../contract/desktop-application';
import type { ExtensionProps } from '../contract/extension';
import { DISPLAY_NAME, GPU_CONTAINER, ONE_NODE_PORT, SERVICE_TYPE } from '../contract/shared-parameters';

const definition = defineExtension({
  name: 'desktop-container-chart',
  title: 'Desktop',
  purpose: 'An empty desktop in the browser, for programs of your own',
  kind: 'application',
  maturity: 'stable',
  hardware: 'cpu',
  multiInstallable: true,
  images: ['desktop-container'],
  parameters: { display_name: DISPLAY_NAME, service_type: SERVICE_TYPE, gpu_container: GPU_CONTAINER },
  distinct: [ONE_NODE_PORT],
});

const NODE_PORT = 22224;

/**
 * A desktop in the browser (desktop-container-chart, Kaapana 0.6.0). It belongs to no project: its path and its bucket
 * are called like the install.
 */
export class DesktopContainer extends DesktopApplication<typeof definition> {
  public static readonly definition = definition;

  constructor(scope: Construct, id: string, props: ExtensionProps<typeof definition>) {
    const { display_name: displayName, service_type: serviceType, gpu_container: onGpu } = props.parameters;
    super(scope, id, {
      ...props,
      displayName,
      onGpu,
      program: 'desktop',
      image: 'desktop-container',
      path: `/${props.name}`,
      bucket: props.name,
      portName: 'pt-desktop-http',
      memory: { memoryRequest: '4Gi', memoryLimit: '8Gi' },
      nodePort: serviceType === 'NodePort' ? NODE_PORT : undefined,
    });
  }
}
