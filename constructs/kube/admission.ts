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

/** What has to hold for a request, in CEL, and what the requester is told otherwise. */
export interface Validation {
  readonly expression: string;
  readonly message: string;
}

/** Properties of `AdmissionPolicy`. */
export interface AdmissionPolicyProps {
  readonly name: string;

  /** Requests that are looked at. */
  readonly requests: readonly ResourceRule[];

  /**
   * CEL expressions, by name, that all have to hold for a request to be looked at; the namespace is not known there.
   * @default - none
   */
  readonly conditions?: Readonly<Record<string, string>>;

  /** CEL expression that holds in the namespaces that are looked at, about `namespaceObject`. @default - all are */
  readonly where?: string;

  readonly validations: readonly Validation[];

  /** @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A rule that the API server itself holds, with its binding to the whole cluster. Kubernetes 1.30 or newer. */
export class AdmissionPolicy extends Construct {
  constructor(scope: Construct, id: string, props: AdmissionPolicyProps) {
    super(scope, id);
    const { name, conditions = {}, where, validations } = props;
    const matchConditions = Object.entries(conditions).map(([condition, expression]) => ({
      name: condition,
      expression,
    }));
    new ApiObject(this, 'Policy', {
      apiVersion: API_VERSION,
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name, annotations: props.annotations },
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: { resourceRules: props.requests },
        ...(matchConditions.length === 0 ? {} : { matchConditions }),
        ...(where === undefined
          ? { validations }
          : {
              variables: [{ name: 'concerned', expression: where }],
              validations: validations.map(({ expression, message }) => ({
                expression: `!variables.concerned || (${expression})`,
                message,
              })),
            }),
      },
    });
    new ApiObject(this, 'Binding', {
      apiVersion: API_VERSION,
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name: `${name}-binding` },
      spec: { policyName: name, validationActions: ['Deny'] },
    });
  }
}
