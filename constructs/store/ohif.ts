import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type Egress, egressAddresses, egressEnv } from '../egress';
import type { KaapanaPlatform } from '../images';
import { type Endpoint, Volume, WebRoute, Workload } from '../kube';
import { DicomWebFilter } from './dicom-web-filter';
import { type ViewerFrame, viewerScript } from './ohif-settings';

/** Properties of `Ohif`. */
export interface OhifProps {
  readonly platform: KaapanaPlatform;

  readonly namespace: string;

  /** Way out of the cluster. @default - none */
  readonly egress?: Egress;
}

const NAME = 'ohif';
const PORT = 80;
const PATH = '/ohif';
const SCRIPT = 'app-config.js';
const WEB_ROOT = '/usr/share/nginx/html';

/** For a page of its own, and for the pages that have the viewer in a frame. */
const FRAMES = { default: frame(true), iframe: frame(false) };

/** Web viewer of DICOM images (ohif-chart, Kaapana 0.6.0). */
export class Ohif extends Construct {
  /** Where it shows all patients, and one study in place of `{{studyUID}}`. */
  public static readonly paths = { home: PATH, study: `${PATH}/viewer?StudyInstanceUIDs={{studyUID}}` };

  /** Its pages. */
  public readonly web: Endpoint;

  constructor(scope: Construct, id: string, props: OhifProps) {
    super(scope, id);
    const { platform, namespace, egress } = props;

    const source = { label: 'KAAPANA', path: DicomWebFilter.path };
    const settings = new kplus.ConfigMap(this, 'Settings', {
      metadata: { name: 'ohif-settings', namespace },
      data: { [SCRIPT]: viewerScript({ path: PATH, source, frames: FRAMES }) },
    });
    const server = new Workload(this, 'Server', {
      platform,
      namespace,
      name: NAME,
      priorityClass: 'kaapana-high-priority',
      uses: egressAddresses(egress),
      container: {
        name: 'ohif-container',
        image: platform.images.ref('ohif'),
        env: egressEnv(egress),
        ports: { http: PORT },
        mounts: [
          Volume.emptyDir('cache').at('/var/cache/nginx'),
          Volume.emptyDir('tmp').at('/var/run'),
          Volume.configMap('settings', settings).at(`${WEB_ROOT}${PATH}/${SCRIPT}`, { subPath: SCRIPT, readOnly: true }),
        ],
        resources: { memoryRequest: '50Mi', memoryLimit: '100Mi' },
        security: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true },
      },
    });

    this.web = server.expose('Service', { name: 'ohif-service', ports: { 'ohif-port': PORT } }).endpoint('ohif-port');
    new WebRoute(this, 'Route', { platform, name: 'ohif-ingress-ip', paths: [PATH], to: this.web });
  }
}

function frame(shown: boolean): ViewerFrame {
  return { showHeader: shown, showLeftPanel: shown, showRightPanel: shown, showStudyList: shown };
}
