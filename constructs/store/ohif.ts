import { Construct } from 'constructs';
import type { Endpoint } from '../kube';
import type { ComponentProps } from '../platform/component-props';
import type { Egress } from '../platform/egress';
import { HIGH_PRIORITY } from '../platform/priority';
import { DicomViewer } from './dicom-viewer';
import { DicomWebFilter } from './dicom-web-filter';
import { type ViewerFrame, viewerScript } from './ohif-settings';

/** Properties of `Ohif`. */
export interface OhifProps extends ComponentProps {
  /** Way out of the cluster. @default - none */
  readonly egress?: Egress;
}

const PATH = '/ohif';

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
    const viewer = new DicomViewer(this, 'Viewer', {
      ...props,
      name: 'ohif',
      image: 'ohif',
      container: 'ohif-container',
      priorityClass: HIGH_PRIORITY,
      path: PATH,
      names: { service: 'ohif-service', port: 'ohif-port', route: 'ohif-ingress-ip' },
      settings: viewerScript({ path: PATH, source: { label: 'KAAPANA', path: DicomWebFilter.path }, frames: FRAMES }),
    });
    this.web = viewer.web;
  }
}

function frame(shown: boolean): ViewerFrame {
  return { showHeader: shown, showLeftPanel: shown, showRightPanel: shown, showStudyList: shown };
}
