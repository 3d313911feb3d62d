import { ApiObject, type ApiObjectProps } from 'cdk8s';
import { Construct } from 'constructs';

/** A CustomResourceDefinition as its maker publishes it; the typed class of cdk8s-plus renames parts of schemas. */
export interface PublishedDefinition extends ApiObjectProps {
  readonly spec: { readonly names: { readonly kind: string; readonly plural: string } };
}

/** The definition of a custom resource, unchanged. */
export class ResourceDefinition extends Construct {
  constructor(scope: Construct, id: string, definition: PublishedDefinition) {
    super(scope, id);
    new ApiObject(this, 'Resource', definition);
  }
}
