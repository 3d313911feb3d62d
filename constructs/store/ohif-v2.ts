import { Construct } from 'constructs';
import type { Endpoint } from '../kube';
import type { ComponentProps } from '../platform/component-props';
import { DicomViewer } from './dicom-viewer';

/** Properties of `OhifV2`. */
export type OhifV2Props = ComponentProps;

const NAME = 'ohif-v2';

/**
 * Second major version of the web viewer of DICOM images (ohif-chart-v2, Kaapana 0.3.5). Its browser asks the archive
 * itself, past the projects, so it shows images to those alone who may open `/dcm4chee-arc`.
 */
export class OhifV2 extends Construct {
  /** Its pages. */
  public readonly web: Endpoint;

  constructor(scope: Construct, id: string, props: OhifV2Props) {
    super(scope, id);
    const viewer = new DicomViewer(this, 'Viewer', {
      ...props,
      name: NAME,
      image: 'ohif-v2',
      container: 'ohif-container-v2',
      labels: { 'app-name': NAME },
      path: `/${NAME}`,
      names: { service: 'ohif-service-v2', port: 'ohif-port-v2', route: 'ohif-ingress-ip-v2' },
    });
    this.web = viewer.web;
  }
}
