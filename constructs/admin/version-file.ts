import { Construct } from 'constructs';
import { Volume, Workload } from '../kube';
import type { ComponentProps } from '../platform/component-props';

/** Properties of `VersionFile`. */
export interface VersionFileProps extends ComponentProps {
  /** Absolute directory on the node that gets the file `version`. */
  readonly directory: string;

  /** Version of the platform. */
  readonly version: string;
}

const SCRIPT = `
set -eu
echo "$VERSION" > "$DIRECTORY/.version"
mv "$DIRECTORY/.version" "$DIRECTORY/version"
`;

/** Tells tools on the node which version is deployed (kaapana-admin-chart, Kaapana 0.6.0). */
export class VersionFile extends Construct {
  constructor(scope: Construct, id: string, props: VersionFileProps) {
    super(scope, id);
    const { platform, namespace, directory, version } = props;
    // No ttlSecondsAfterFinished: a Job that deletes itself would be missed and made again.
    new Workload(this, 'Writer', {
      platform,
      namespace,
      name: 'version-file-writer',
      kind: 'Job',
      labels: { app: 'version-file-writer' },
      nodeSelector: platform.storageNode,
      restartPolicy: 'OnFailure',
      backoffLimit: 3,
      exceptions: { hostPath: 'scripts of the server find the version of the platform in a file of the node' },
      container: {
        name: 'version-writer',
        image: platform.images.ref('busybox'),
        command: ['/bin/sh', '-c', SCRIPT],
        env: { VERSION: version, DIRECTORY: directory },
        mounts: [Volume.hostPath('fast-data', directory, 'DirectoryOrCreate').at(directory)],
      },
    });
  }
}
