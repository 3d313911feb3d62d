import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type ContainerProps, Volume } from './kube';
import script from './keycloak-program.py.txt';

/** Properties of `KeycloakProgram`. */
export interface KeycloakProgramProps {
  readonly namespace: string;

  /** Name of the job that runs it. */
  readonly name: string;

  /** Program of the image, in its working directory. */
  readonly program: string;
}

const SCRIPT_DIR = '/script';
const SCRIPT_FILE = 'run_again.py';

/**
 * A program that sets up the identity provider, run so that it succeeds again over kept data: it sets passwords each time,
 * and a realm with a password history refuses those that it has (keycloak-init and create-project-user, Kaapana 0.6.0).
 */
export class KeycloakProgram extends Construct {
  /** What its container has besides its image and environment. */
  public readonly container: Pick<ContainerProps, 'command' | 'mounts'>;

  /** Variables that it needs: the image's own modules are in its working directory. */
  public readonly env = { PYTHONPATH: '.' } as const;

  constructor(scope: Construct, id: string, { namespace, name, program }: KeycloakProgramProps) {
    super(scope, id);
    const files = new kplus.ConfigMap(this, 'Script', {
      metadata: { name: `${name}-script`, namespace }, data: { [SCRIPT_FILE]: script },
    });
    this.container = {
      command: ['python3', '-u', `${SCRIPT_DIR}/${SCRIPT_FILE}`, program],
      mounts: [Volume.configMap('script', files).at(SCRIPT_DIR, { readOnly: true })],
    };
  }
}
