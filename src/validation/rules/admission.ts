import { dnsSubdomain, labelKey } from '../forms';
import { all, choice, each, fields, objects, required, type Rule, text, unique, wrong } from '../rule';
import { labelSelector } from './labels';

const resourceRule: Rule = fields({
  apiGroups: required(),
  apiVersions: required(each(required())),
  operations: required(each(required(choice('*', 'CREATE', 'UPDATE', 'DELETE', 'CONNECT')))),
  resources: required(each(required())),
  scope: choice('*', 'Cluster', 'Namespaced'),
});

/** The specification of a ValidatingAdmissionPolicy; whether its expressions compile, only the server knows. */
export const admissionPolicy: Rule = all(
  fields({
    failurePolicy: choice('Fail', 'Ignore'),
    matchConstraints: required(
      fields({
        resourceRules: required(each(resourceRule)),
        excludeResourceRules: each(resourceRule),
        namespaceSelector: labelSelector,
        objectSelector: labelSelector,
        matchPolicy: choice('Exact', 'Equivalent'),
      }),
    ),
    matchConditions: all(
      each(fields({ name: required(labelKey), expression: required() })),
      unique(({ name }) => (typeof name === 'string' ? name : undefined), 'name'),
    ),
    validations: each(
      fields({ expression: required(text('format', (value) => value.trim() !== '', 'an expression')) }),
    ),
  }),
  objects(({ validations, auditAnnotations }, path) =>
    [validations, auditAnnotations].some((list) => Array.isArray(list) && list.length > 0)
      ? []
      : [wrong(path, 'one-field', 'validations, auditAnnotations')],
  ),
);

/** The specification of a ValidatingAdmissionPolicyBinding. */
export const admissionBinding: Rule = fields({
  policyName: required(dnsSubdomain),
  validationActions: required(each(required(choice('Deny', 'Warn', 'Audit')))),
});

const LEVEL: Rule = (value, path) =>
  typeof value !== 'string' || ['privileged', 'baseline', 'restricted'].includes(value)
    ? []
    : [wrong(path, 'choice', 'privileged, baseline, restricted', value)];
const LEVEL_VERSION: Rule = (value, path) =>
  typeof value !== 'string' || /^(latest|v1\.(0|[1-9]\d*))$/.test(value)
    ? []
    : [wrong(path, 'format', 'latest, or a version such as v1.33', value)];

/** The labels of a Namespace by which the server judges its pods. */
export const namespace: Rule = fields({
  metadata: fields({
    labels: fields(
      Object.fromEntries(
        ['enforce', 'audit', 'warn'].flatMap((mode) => [
          [`pod-security.kubernetes.io/${mode}`, LEVEL],
          [`pod-security.kubernetes.io/${mode}-version`, LEVEL_VERSION],
        ]),
      ),
    ),
  }),
});
