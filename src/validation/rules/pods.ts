import { objectAt, objectsAt, textAt } from '../../objects/manifest';
import { address, dnsLabel, dnsSubdomain, isDnsSubdomain, labelKey, labelValue } from '../forms';
import {
  all,
  choice,
  each,
  fields,
  lists,
  objects,
  range,
  range32,
  required,
  type Rule,
  text,
  unique,
  wrong,
} from '../rule';
import { containers } from './containers';
import { annotations, labels, labelSelector, nodeFieldRequirement, nodeRequirement, nodeSelector } from './labels';
import { podSecurity } from './security';
import { volumes } from './volumes';

/** A taint that pods put up with. */
const toleration: Rule = all(
  fields({
    key: labelKeyIfAny(),
    operator: choice('Exists', 'Equal'),
    effect: choice('NoSchedule', 'PreferNoSchedule', 'NoExecute'),
  }),
  objects(({ key = '', operator = '', value = '', effect, tolerationSeconds }, path) => [
    ...(key === '' && operator !== 'Exists' ? [wrong(`${path}.operator`, 'choice', 'Exists')] : []),
    ...(tolerationSeconds !== undefined && effect !== 'NoExecute'
      ? [wrong(`${path}.effect`, 'choice', 'NoExecute')]
      : []),
    ...(operator === 'Exists'
      ? value === ''
        ? []
        : [wrong(`${path}.value`, 'consistent', 'the operator Exists')]
      : labelValue(value, `${path}.value`)),
  ]),
);

function labelKeyIfAny(): Rule {
  return (value, path) => (value === '' ? [] : labelKey(value, path));
}

const WEIGHT = range32(1, 100);

const nodeAffinity: Rule = fields({
  requiredDuringSchedulingIgnoredDuringExecution: nodeSelector,
  preferredDuringSchedulingIgnoredDuringExecution: each(
    fields({
      weight: required(WEIGHT),
      preference: fields({ matchExpressions: each(nodeRequirement), matchFields: each(nodeFieldRequirement) }),
    }),
  ),
});

const podTerm: Rule = fields({
  labelSelector,
  namespaceSelector: labelSelector,
  namespaces: each(dnsLabel),
  topologyKey: required(labelKey),
});

const podAffinity: Rule = fields({
  requiredDuringSchedulingIgnoredDuringExecution: each(podTerm),
  preferredDuringSchedulingIgnoredDuringExecution: each(fields({ weight: required(WEIGHT), podAffinityTerm: podTerm })),
});

const spread: Rule = fields({
  maxSkew: required(range32(1)),
  topologyKey: required(),
  whenUnsatisfiable: required(choice('DoNotSchedule', 'ScheduleAnyway')),
  minDomains: range32(1),
  labelSelector,
});

const dns: Rule = fields({
  nameservers: all(
    each(address),
    lists((items, path) => (items.length > 3 ? [wrong(path, 'length', '3 addresses')] : [])),
  ),
  searches: all(
    each(
      text('dns-subdomain', (value) => value === '.' || isDnsSubdomain(value.replace(/\.$/, '').replaceAll('_', 'x'))),
    ),
    lists((items, path) => (items.length > 32 ? [wrong(path, 'length', '32 domains')] : [])),
  ),
  options: each(fields({ name: required() })),
});

/** What a pod must be, whatever makes it. */
export const podSpec: Rule = all(
  fields({
    restartPolicy: choice('Always', 'OnFailure', 'Never'),
    activeDeadlineSeconds: range(1, 2 ** 31 - 1),
    dnsPolicy: choice('ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'),
    dnsConfig: dns,
    nodeSelector: labels,
    nodeName: dnsSubdomain,
    hostname: dnsLabel,
    subdomain: dnsLabel,
    serviceAccountName: dnsSubdomain,
    priorityClassName: dnsSubdomain,
    runtimeClassName: ifThere(dnsSubdomain),
    preemptionPolicy: choice('PreemptLowerPriority', 'Never'),
    securityContext: podSecurity,
    affinity: fields({ nodeAffinity, podAffinity, podAntiAffinity: podAffinity }),
    tolerations: each(toleration),
    hostAliases: each(fields({ ip: required(address), hostnames: each(required(dnsSubdomain)) })),
    readinessGates: each(fields({ conditionType: required(labelKey) })),
    schedulingGates: all(
      each(fields({ name: required(labelKey) })),
      unique(({ name }) => textAt(name), 'name'),
    ),
    topologySpreadConstraints: each(spread),
    volumes,
  }),
  containers,
  objects(({ hostNetwork, containers: all }, path) =>
    hostNetwork === true
      ? objectsAt(all).flatMap(({ ports }, index) =>
          objectsAt(ports).flatMap(({ hostPort = 0, containerPort }, at) =>
            hostPort !== 0 && hostPort !== containerPort
              ? [wrong(`${path}.containers[${index}].ports[${at}].hostPort`, 'equal', 'containerPort', hostPort)]
              : [],
          ),
        )
      : [],
  ),
  objects(({ dnsPolicy, dnsConfig }, path) =>
    dnsPolicy === 'None' && !Array.isArray(objectAt(dnsConfig).nameservers)
      ? [wrong(`${path}.dnsConfig.nameservers`, 'present')]
      : [],
  ),
  objects(({ shareProcessNamespace, hostPID }, path) =>
    shareProcessNamespace === true && hostPID === true
      ? [wrong(`${path}.shareProcessNamespace`, 'consistent', 'hostPID')]
      : [],
  ),
);

/** A field that, where it is there, is not empty. */
function ifThere(rule: Rule): Rule {
  return (value, path) => (value === undefined ? [] : required(rule)(value, path));
}

/** The metadata of a pod template. */
export const podMetadata: Rule = fields({ labels, annotations });
