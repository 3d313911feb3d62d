import { Construct } from 'constructs';
import { DataVolume } from '../kube';
import { AirflowDirectories, type AirflowDirectoriesProps } from '../platform/airflow-directories';

/** Properties of `WorkflowVolumes`. */
export type WorkflowVolumesProps = AirflowDirectoriesProps;

/** Files of workflows, and of those who feed them and install them (airflow-chart and ctp-chart, Kaapana 0.6.0). */
export class WorkflowVolumes extends Construct {
  /** Workflows that are installed. */
  public readonly dags: DataVolume;

  /** Plugins of Airflow. */
  public readonly plugins: DataVolume;

  /** What tasks wrote to their logs. */
  public readonly logs: DataVolume;

  /** Models that tasks compute with. */
  public readonly models: DataVolume;

  /** What tasks hand on to each other. */
  public readonly data: DataVolume;

  /** Files that users upload. */
  public readonly uploads: DataVolume;

  /** Images that CTP received and workflows have not taken yet. */
  public readonly incoming: DataVolume;

  constructor(scope: Construct, id: string, props: WorkflowVolumesProps) {
    super(scope, id);
    const { platform, namespace } = props;
    const shared = { platform, namespace };

    ({ dags: this.dags, plugins: this.plugins, logs: this.logs } = new AirflowDirectories(this, 'Directories', props));
    this.models = new DataVolume(this, 'Models', {
      ...shared,
      name: 'models-pv-claim',
      role: 'workflow',
      directory: 'workflows/models',
      size: '200Gi',
      holds: 'the models of workflows',
      shared: true,
    });
    this.data = new DataVolume(this, 'Data', {
      ...shared,
      name: 'workflow-data-pv-claim',
      role: 'workflow',
      directory: 'workflows/data',
      size: '200Gi',
      holds: 'the files of running workflows',
      shared: true,
    });
    this.uploads = new DataVolume(this, 'Uploads', {
      ...shared,
      name: 'uploads-pv-claim',
      role: 'fast',
      holds: 'files that users uploaded',
    });
    this.incoming = new DataVolume(this, 'Incoming', {
      ...shared,
      name: 'ctp-data-pv-claim',
      role: 'fast',
      size: '100Gi',
      holds: 'received images that no workflow has taken yet',
    });
  }
}
