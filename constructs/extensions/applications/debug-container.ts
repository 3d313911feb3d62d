import type { Construct } from 'constructs';
import { DebugContainer } from '../../portal/debug-container';
import { defineExtension } from '../contract/definition';
import type { ExtensionProps } from '../contract/extension';

const definition = defineExtension({
  name: 'debug-container-chart',
  title: 'Debug Container',
  purpose: 'Shows requests as they arrive, and has network tools for a shell',
  kind: 'application',
  maturity: 'experimental',
  hardware: 'cpu',
  versions: ['0.3.5'],
});

/** The component `debug-container`, as an extension. */
export class DebugContainerExtension extends DebugContainer {
  public static readonly definition = definition;

  constructor(scope: Construct, id: string, { platform, services }: ExtensionProps<typeof definition>) {
    super(scope, id, { platform, namespace: services.namespaces.services });
  }
}
