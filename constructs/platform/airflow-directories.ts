import { Construct } from 'constructs';
import { DataVolume, HostPathStorage } from '../kube';
import type { ComponentProps } from './component-props';

/** Properties of `AirflowDirectories`. */
export interface AirflowDirectoriesProps extends ComponentProps {
  /** Absolute directory on the node for fast data. */
  readonly fastDirectory: string;
}

/** Class that these claims and volumes name, to find each other; nobody makes volumes for it. */
const STORAGE_CLASS = 'kaapana-hostpath';

/**
 * Directories of the node that Airflow, its tasks and whoever installs workflows all have, each namespace by
 * claims of its own (airflow-chart and project-namespace-chart, Kaapana 0.6.0).
 */
export class AirflowDirectories extends Construct {
  /** Workflows that are installed. */
  public readonly dags: DataVolume;

  /** Plugins of Airflow. */
  public readonly plugins: DataVolume;

  /** What tasks wrote to their logs. */
  public readonly logs: DataVolume;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AirflowDirectoriesProps,
  ) {
    super(scope, id);
    this.dags = this.directory('Dags', 'dags', 'workflows/dags', 'the workflows that are installed');
    this.plugins = this.directory('Plugins', 'af-plugins', 'workflows/plugins', 'the plugins of Airflow');
    this.logs = this.directory('Logs', 'af-logs', 'airflow/logs', 'the logs of tasks');
  }

  private directory(id: string, name: string, directory: string, holds: string): DataVolume {
    const { platform, namespace, fastDirectory: fast } = this.props;
    const storage = new HostPathStorage({
      directories: { fast, slow: fast, workflow: fast },
      classes: { fast: STORAGE_CLASS, slow: STORAGE_CLASS, workflow: STORAGE_CLASS },
      node: platform.storageNode,
    });
    return new DataVolume(this, id, {
      platform: { ...platform, storage },
      namespace,
      name: `${name}-pv-claim`,
      volumeName: `${namespace}-${name}-pv`,
      role: 'workflow',
      directory,
      size: '1Mi', // The disk alone limits a directory.
      holds,
      shared: true,
    });
  }
}
