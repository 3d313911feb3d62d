import type { Construct } from 'constructs';
import { defineExtension } from '../contract/definition';
import { DesktopApplication } from '../contract/desktop-application';
import type { ExtensionProps } from '../contract/extension';
import { DISPLAY_NAME, GPU_CONTAINER, ONE_NODE_PORT, SERVICE_TYPE } from '../contract/shared-parameters';

const definition = defineExtension({
  name: 'mitk-workbench-chart',
  title: 'MITK Workbench',
  purpose: 'The Medical Imaging Interaction Toolkit as a desktop in the browser',
  kind: 'application',
  maturity: 'stable',
  hardware: 'cpu',
  multiInstallable: true,
  documentation: 'user_guide/extensions.html#mitk-workbench',
  images: ['mitk-workbench'],
  parameters: {
    display_name: { ...DISPLAY_NAME, form: { pattern: /^.{1,20}$/, wanted: 'a text of 20 characters or less' } },
    service_type: SERVICE_TYPE,
    gpu_container: GPU_CONTAINER,
  },
  distinct: [ONE_NODE_PORT],
});

const NODE_PORT = 22223;

/** MITK in the browser (mitk-workbench-chart, Kaapana 0.6.0). */
export class MitkWorkbench extends DesktopApplication<typeof definition> {
  public static readonly definition = definition;

  constructor(scope: Construct, id: string, props: ExtensionProps<typeof definition>) {
    const { display_name: displayName, service_type: serviceType, gpu_container: onGpu } = props.parameters;
    super(scope, id, {
      ...props,
      displayName,
      onGpu,
      program: 'mitk',
      image: 'mitk-workbench',
      portName: 'pt-mitk-http',
      memory: { memoryRequest: '4Gi', memoryLimit: '8Gi' },
      nodePort: serviceType === 'NodePort' ? NODE_PORT : undefined,
    });
  }
}
