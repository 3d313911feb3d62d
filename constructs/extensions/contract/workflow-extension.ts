import { Construct } from 'constructs';
import { DataVolume } from '../../kube';
import { DagInstaller } from '../../platform/dag-installer';
import type { WorkflowDefinition } from './definition';
import type { ExtensionProps } from './extension';
import { registrySecretName } from './registry-secret';

/**
 * Workflows of Airflow: a job copies them into its directories (dag-installer-chart, Kaapana 0.6.0). One that needs
 * more than its files is a class of its own below this one.
 */
export class WorkflowExtension extends Construct {
  constructor(scope: Construct, id: string, props: ExtensionProps<WorkflowDefinition>) {
    super(scope, id);
    const { services, definition, version } = props;
    const { installer, registry, pullPolicy, hasScripts = false } = definition;
    const platform = { ...props.platform, images: props.platform.images.with({ pullPolicy }) };
    const namespace = services.namespaces.services;
    new DagInstaller(this, 'Installer', {
      platform,
      namespace,
      adminNamespace: services.namespaces.admin,
      name: installer,
      image: platform.images.with({ registry }).ref(installer),
      version,
      release: services.release,
      node: services.mainNode,
      kubeHelm: services.kubeHelm,
      dags: services.volumes.dags,
      plugins: services.volumes.plugins,
      scripts: hasScripts ? this.createScripts(props) : undefined,
      pullSecrets: registry === undefined ? undefined : [registrySecretName(registry)],
    });
  }

  /** The directory that tasks find scripts in, see `JobsNamespace`. */
  private createScripts({ platform, services }: ExtensionProps<WorkflowDefinition>): DataVolume {
    return new DataVolume(this, 'Scripts', {
      platform,
      namespace: services.namespaces.services,
      name: 'mounted-scripts-pv-claim',
      role: 'workflow',
      directory: 'workflows/mounted_scripts',
      size: '1Mi', // The disk alone limits a directory.
      holds: 'the scripts of workflows',
      shared: true,
    });
  }
}
