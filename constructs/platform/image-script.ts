import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type ContainerProps, Volume } from '../kube';

/** Properties of `ImageScript`. */
export interface ImageScriptProps {
  readonly namespace: string;

  /** Name of the job that runs it. */
  readonly name: string;

  /** Name of its file. */
  readonly file: string;

  /** Its text, in Python. */
  readonly script: string;

  /** @default - none */
  readonly args?: readonly string[];
}

const DIRECTORY = '/script';

/** A script that runs with the modules of an image. */
export class ImageScript extends Construct {
  /** What its container has besides its image and environment. */
  public readonly container: Pick<ContainerProps, 'command' | 'mounts'>;

  /** Variables that it needs: the image's own modules are in its working directory. */
  public readonly env = { PYTHONPATH: '.' } as const;

  constructor(scope: Construct, id: string, { namespace, name, file, script, args = [] }: ImageScriptProps) {
    super(scope, id);
    const files = new kplus.ConfigMap(this, 'Script', {
      metadata: { name: `${name}-script`, namespace },
      data: { [file]: script },
    });
    this.container = {
      command: ['python3', '-u', `${DIRECTORY}/${file}`, ...args],
      mounts: [Volume.configMap('script', files).at(DIRECTORY, { readOnly: true })],
    };
  }
}
