import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';

const API_VERSION = 'admissionregistration.k8s.io/v1';

/** Requests to the API server, in its own words. */
export interface ResourceRule {
  readonly apiGroups: readonly string[];
  readonly apiVersions: readonly string[];
  readonly operations: readonly ('CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT')[];
  readonly resources: readonly string[];
}

/** Properties of `AdmissionPolicy`. */
export interface AdmissionPolicyProps {
  readonly name: string;

  /** Requests that are looked at. */
  readonly requests: readonly ResourceRule[];

  /** CEL expressions, by name, that all have to hold for a request to be looked at. @default - none */
  readonly conditions?: Readonly<Record<string, string>>;

  /** CEL expressions that have to hold, each with what the requester is told otherwise. */
  readonly validations: readonly { readonly expression: string; readonly message: string }[];

  /** Namespaces that are left alone. @default - none */
  readonly exceptNamespaces?: readonly string[];

  /** @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A rule that the API server itself holds, with its binding to the whole cluster. Kubernetes 1.30 or newer. */
export class AdmissionPolicy extends Construct {
  constructor(scope: Construct, id: string, props: AdmissionPolicyProps) {
    super(scope, id);
    const { name, conditions = {}, exceptNamespaces = [] } = props;
    const matchConditions = Object.entries(conditions).map(([condition, expression]) => ({ name: condition, expression }));
    const matchExpressions = [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: exceptNamespaces }];
    new ApiObject(this, 'Policy', {
      apiVersion: API_VERSION,
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name, annotations: props.annotations },
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: { resourceRules: props.requests },
        ...(matchConditions.length === 0 ? {} : { matchConditions }),
        validations: props.validations,
      },
    });
    new ApiObject(this, 'Binding', {
      apiVersion: API_VERSION,
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name: `${name}-binding` },
      spec: {
        policyName: name,
        validationActions: ['Deny'],
        ...(exceptNamespaces.length === 0 ? {} : { matchResources: { namespaceSelector: { matchExpressions } } }),
      },
    });
  }
}
