import { Construct } from 'constructs';
import type { Endpoint } from '../kube';
import type { ComponentProps } from '../platform/component-props';
import { DicomViewer } from './dicom-viewer';
import { DicomWebFilter } from './dicom-web-filter';
import { type ViewerFrame, viewerScript } from './ohif-settings';

/** Properties of `OhifIframe`. */
export type OhifIframeProps = ComponentProps;

const NAME = 'ohif-iframe';
const PATH = `/${NAME}`;
const BARE: ViewerFrame = { showHeader: false, showLeftPanel: false, showRightPanel: false, showStudyList: false };

/** Viewer of DICOM images that other pages have in a frame: the images alone (ohif-iframe-chart, Kaapana 0.3.5). */
export class OhifIframe extends Construct {
  /** Its pages. */
  public readonly web: Endpoint;

  constructor(scope: Construct, id: string, props: OhifIframeProps) {
    super(scope, id);
    const viewer = new DicomViewer(this, 'Viewer', {
      ...props,
      name: NAME,
      image: 'ohififrame',
      container: 'ohif-container-iframe',
      labels: { 'app-name': NAME },
      path: PATH,
      names: { service: 'ohif-service-iframe', port: 'ohif-p-iframe', route: 'ohif-ingress-ip-iframe' },
      // The image's own settings ask the archive itself, past the projects.
      settings: viewerScript({
        path: PATH,
        source: { label: 'KAAPANA', path: DicomWebFilter.path },
        frames: { default: BARE },
      }),
    });
    this.web = viewer.web;
  }
}
