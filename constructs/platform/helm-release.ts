import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { base64, json } from '../kube';

/** Properties of `HelmRelease`. */
export interface HelmReleaseProps {
  /** Name of the release. */
  readonly name: string;

  /** Namespace of the Helm releases. */
  readonly namespace: string;

  /** The chart that Helm would install. */
  readonly chart: { readonly name: string; readonly version: string };

  /** Values that it would be installed with. @default - none */
  readonly values?: object;
}

/**
 * What Helm notes down when it has installed a chart, for objects that this program deploys in its place: who asks
 * Helm for the chart hears that it is installed. The release holds no objects, so that Helm never touches any.
 */
export class HelmRelease extends Construct {
  constructor(scope: Construct, id: string, { name, namespace, chart, values }: HelmReleaseProps) {
    super(scope, id);
    const release = {
      name,
      namespace,
      version: 1,
      info: { status: 'deployed', description: 'The objects are deployed by Pulumi' },
      chart: { metadata: { apiVersion: 'v2', ...chart } },
      config: values,
      manifest: '',
    };
    new kplus.Secret(this, 'Record', {
      metadata: {
        name: `sh.helm.release.v1.${name}.v1`,
        namespace,
        labels: { name, owner: 'helm', status: 'deployed', version: '1' },
      },
      type: 'helm.sh/release.v1',
      stringData: { release: base64(json(release)) },
    });
  }
}
