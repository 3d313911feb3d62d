import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type Address, type Endpoint, type NetworkPeer, Volume, type VolumeSource, WebRoute, Workload } from '../kube';
import type { ComponentProps } from '../platform/component-props';
import { HIGH_PRIORITY } from '../platform/priority';
import { ctpConfig } from './ctp-config';

/** Properties of `Ctp`. */
export interface CtpProps extends ComponentProps {
  /** Runs the workflow that takes what was received; its URL ends with the path of its API's root. */
  readonly airflow: Address;

  /** Where it lies until then. */
  readonly data: VolumeSource;

  /** Port of the node that images are sent to; 0 for none. @default 0 */
  readonly dicomPort?: number;

  /** Pods that send images. @default - those that refer to it */
  readonly senders?: readonly NetworkPeer[];
}

const NAME = 'ctp';
const PORTS = { status: 1050, stow: 7777, dicom: 11112 } as const;
const HOME = '/opt/CTP';

/** Receives images and hands each series to a workflow: Clinical Trial Processor (ctp-chart, Kaapana 0.6.0). */
export class Ctp extends Construct {
  /** Takes images by DICOM. */
  public readonly dicom: Endpoint;

  /** Takes images by DICOMweb. */
  public readonly stow: Endpoint;

  constructor(scope: Construct, id: string, props: CtpProps) {
    super(scope, id);
    const { platform, namespace, airflow, dicomPort = 0 } = props;

    const files = new kplus.ConfigMap(this, 'Configuration', {
      metadata: { name: 'ctp-config', namespace },
      data: {
        'config.xml': ctpConfig({ ports: PORTS, trigger: `${airflow.url}/kaapana/api` }),
        'Launcher.properties': 'ms = 1024\nmx = 2048\nadd = -XX:+ExitOnOutOfMemoryError\n',
      },
    });
    const configuration = Volume.configMap('config', files, {
      'config.xml': 'config.xml',
      'Launcher.properties': 'Launcher.properties',
    });
    const data = Volume.claim('ctp-data', props.data);
    const server = new Workload(this, 'Server', {
      platform,
      namespace,
      name: NAME,
      priorityClass: HIGH_PRIORITY,
      nodeSelector: platform.storageNode,
      uses: [airflow],
      container: {
        name: 'ctp-container',
        image: platform.images.ref('ctp'),
        ports: PORTS,
        mounts: [
          data.at('/data', { subPath: 'data' }),
          data.at(`${HOME}/logs`, { subPath: 'logs' }),
          configuration.at(`${HOME}/config.xml`, { subPath: 'config.xml' }),
          configuration.at(`${HOME}/Launcher.properties`, { subPath: 'Launcher.properties' }),
        ],
        resources: { memoryRequest: '1024Mi', memoryLimit: '3000Mi', cpuLimit: '8' },
      },
    });

    const internal = server.expose('Internal', {
      name: 'ctp-internal-service',
      ports: { 'ctp-port': { port: 80, target: 'status' }, 'ctp-http-port': { port: PORTS.stow, target: 'stow' } },
    });
    this.stow = internal.endpoint('ctp-http-port');
    this.dicom = server
      .expose('Dicom', {
        name: 'ctp-dicom-service',
        ports: {
          'ctp-dcm-port': { port: PORTS.dicom, target: 'dicom', nodePort: dicomPort === 0 ? undefined : dicomPort },
        },
        keepClientAddress: true,
      })
      .endpoint('ctp-dcm-port', { scheme: 'dicom' });
    for (const sender of props.senders ?? []) this.dicom.openTo(sender);
    new WebRoute(this, 'Route', {
      platform,
      name: 'ctp-ingress-ip',
      paths: ['/ctp'],
      to: internal.endpoint('ctp-port'),
      further: { '/dicomweb': this.stow },
    });
  }
}
