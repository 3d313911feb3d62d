import type { Construct } from 'constructs';
import { ImageScript, type ImageScriptProps } from './image-script';
import script from './keycloak-program.py.txt';

/** Properties of `KeycloakProgram`. */
export interface KeycloakProgramProps extends Pick<ImageScriptProps, 'namespace' | 'name'> {
  /** Program of the image, in its working directory. */
  readonly program: string;
}

/**
 * A program that sets up the identity provider, run so that it succeeds again over kept data: it sets passwords each
 * time, and a realm with a password history refuses those that it has (keycloak-init and create-project-user, Kaapana
 * 0.6.0).
 */
export class KeycloakProgram extends ImageScript {
  constructor(scope: Construct, id: string, { namespace, name, program }: KeycloakProgramProps) {
    super(scope, id, { namespace, name, file: 'run_again.py', script, args: [program] });
  }
}
