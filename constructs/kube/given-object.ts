import { ApiObject, type ApiObjectProps } from 'cdk8s';
import { Construct } from 'constructs';

/** An object that somebody else has written, unchanged. */
export class GivenObject extends Construct {
  constructor(scope: Construct, id: string, object: ApiObjectProps) {
    super(scope, id);
    new ApiObject(this, 'Resource', object);
  }
}
