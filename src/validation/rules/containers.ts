import { type Json, type JsonObject, objectAt, objectsAt, textAt } from '../../objects/manifest';
import {
  dataKey,
  dnsLabel,
  dnsSubdomain,
  isQualifiedName,
  port,
  portName,
  portNumber,
  protocol,
  relativePath,
  variableName,
} from '../forms';
import {
  absent,
  all,
  choice,
  each,
  fields,
  objects,
  oneOf,
  range,
  range32,
  required,
  type Rule,
  text,
  unique,
  wrong,
} from '../rule';
import { requirements } from './resources';
import { containerSecurity } from './security';

/** Fields of a pod that its containers may read: as variables, and as files. */
const POD_FIELDS = ['metadata.name', 'metadata.namespace', 'metadata.uid'];
const VARIABLES = [
  ...POD_FIELDS,
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];
const FILES = [...POD_FIELDS, 'metadata.labels', 'metadata.annotations'];

function fieldPath(known: readonly string[]): Rule {
  return fields({
    apiVersion: choice('v1'),
    fieldPath: required(
      text(
        'choice',
        (value) => {
          const [, table = '', key = ''] = /^(metadata\.(?:labels|annotations))\['(.*)'\]$/.exec(value) ?? [];
          return table === ''
            ? known.includes(value)
            : isQualifiedName(table.endsWith('labels') ? key : key.toLowerCase());
        },
        `${known.join(', ')}, metadata.labels['<key>'], metadata.annotations['<key>']`,
      ),
    ),
  });
}

function resourceField(isFile: boolean): Rule {
  return fields({
    ...(isFile && { containerName: required() }),
    resource: required(
      text(
        'choice',
        (value) => /^(limits|requests)\.(cpu|memory|ephemeral-storage|hugepages-.+)$/.test(value),
        'limits.cpu, limits.memory, limits.ephemeral-storage, requests.cpu, requests.memory, requests.ephemeral-storage',
      ),
    ),
  });
}

/** A file with a field of the pod in it. */
export const podFile: Rule = all(
  oneOf('fieldRef', 'resourceFieldRef'),
  fields({ fieldRef: fieldPath(FILES), resourceFieldRef: resourceField(true) }),
);

const keyOfObject: Rule = fields({ name: required(dnsSubdomain), key: required(dataKey) });
const reference: Rule = fields({ name: required(dnsSubdomain) });

const variable: Rule = all(
  fields({
    name: required(variableName),
    valueFrom: all(
      oneOf('fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef'),
      fields({
        fieldRef: fieldPath(VARIABLES),
        resourceFieldRef: resourceField(false),
        configMapKeyRef: keyOfObject,
        secretKeyRef: keyOfObject,
      }),
    ),
  }),
  objects(({ value, valueFrom }, path) =>
    valueFrom !== undefined && typeof value === 'string' && value !== ''
      ? [wrong(path, 'at-most-one-field', 'value, valueFrom')]
      : [],
  ),
);

const variablesFrom: Rule = all(
  oneOf('configMapRef', 'secretRef'),
  fields({ prefix: variableName, configMapRef: reference, secretRef: reference }),
);

const http: Rule = fields({
  port: required(port),
  scheme: choice('HTTP', 'HTTPS'),
  httpHeaders: each(
    fields({ name: required(text('format', (value) => /^[-A-Za-z0-9]+$/.test(value), 'the name of a header')) }),
  ),
});

const HANDLERS = {
  exec: fields({ command: required() }),
  httpGet: http,
  tcpSocket: fields({ port: required(port) }),
} as const;

const probe: Rule = all(
  oneOf('exec', 'httpGet', 'tcpSocket', 'grpc'),
  fields({
    ...HANDLERS,
    grpc: fields({ port: required(portNumber) }),
    initialDelaySeconds: range32(0),
    timeoutSeconds: range32(0),
    periodSeconds: range32(0),
    successThreshold: range32(0),
    failureThreshold: range32(0),
    terminationGracePeriodSeconds: range(1),
  }),
);

/** 0 is the default, which is 1. */
const onceIsEnough: Rule = all(probe, fields({ successThreshold: range32(0, 1) }));

const PROBES = {
  livenessProbe: onceIsEnough,
  startupProbe: onceIsEnough,
  readinessProbe: all(probe, fields({ terminationGracePeriodSeconds: absent() })),
} as const;

function lifecycle(seconds: number): Rule {
  const handler = all(
    oneOf('exec', 'httpGet', 'tcpSocket', 'sleep'),
    fields({ ...HANDLERS, sleep: fields({ seconds: range(0, seconds) }) }),
  );
  return fields({ postStart: handler, preStop: handler, stopSignal: absent() });
}

const mount: Rule = all(
  fields({
    name: required(),
    mountPath: required(),
    subPath: relativePath,
    subPathExpr: relativePath,
    mountPropagation: choice('None', 'HostToContainer', 'Bidirectional'),
    recursiveReadOnly: choice('Disabled', 'IfPossible', 'Enabled'),
  }),
  objects(({ subPath, subPathExpr }, path) =>
    (textAt(subPath) ?? '') !== '' && (textAt(subPathExpr) ?? '') !== ''
      ? [wrong(path, 'at-most-one-field', 'subPath, subPathExpr')]
      : [],
  ),
  objects(({ recursiveReadOnly, readOnly, mountPropagation }, path) =>
    (recursiveReadOnly === 'Enabled' || recursiveReadOnly === 'IfPossible') &&
    (readOnly !== true || (mountPropagation !== undefined && mountPropagation !== 'None'))
      ? [wrong(`${path}.recursiveReadOnly`, 'consistent', 'readOnly and mountPropagation')]
      : [],
  ),
);

/** What all containers have in common, those of the start-up included. */
const common: Rule = all(
  fields({
    name: required(dnsLabel),
    image: required(),
    imagePullPolicy: choice('Always', 'Never', 'IfNotPresent'),
    terminationMessagePolicy: choice('File', 'FallbackToLogsOnError'),
    ports: all(
      each(
        fields({
          name: portName,
          containerPort: required(portNumber),
          hostPort: range32(0, 65_535),
          protocol,
        }),
      ),
      unique(({ name }) => textAt(name), 'name'),
      unique(hostPort, 'hostPort'),
    ),
    env: each(variable),
    envFrom: each(variablesFrom),
    volumeMounts: all(
      each(mount),
      unique(({ mountPath }) => textAt(mountPath), 'mountPath'),
    ),
    resources: requirements,
    securityContext: containerSecurity,
  }),
  objects(({ volumeMounts, securityContext }, path) =>
    objectsAt(volumeMounts).some(({ mountPropagation }) => mountPropagation === 'Bidirectional') &&
    objectAt(securityContext).privileged !== true
      ? [wrong(`${path}.volumeMounts`, 'consistent', 'securityContext.privileged')]
      : [],
  ),
);

/** The address is part of what is taken. */
function hostPort({ hostPort: number, protocol = 'TCP', hostIP = '' }: JsonObject): string | undefined {
  return typeof number === 'number' && number > 0 ? `${String(protocol)}/${String(hostIP)}/${number}` : undefined;
}

/** The containers of a pod: all rules of each, and what they are to each other. */
export const containers: Rule = objects((spec, path) => {
  const given = new Set(objectsAt(spec.volumes).map(({ name }) => textAt(name)));
  const seconds = typeof spec.terminationGracePeriodSeconds === 'number' ? spec.terminationGracePeriodSeconds : 30;
  const regular = all(common, fields({ ...PROBES, lifecycle: lifecycle(seconds), restartPolicy: absent() }));
  const initial: Rule = (value, place) =>
    objectAt(value).restartPolicy === 'Always'
      ? all(common, fields({ ...PROBES, lifecycle: lifecycle(seconds) }))(value, place)
      : all(common, fields(NEVER_INITIAL))(value, place);
  return [
    ...required(all(each(regular), each(mounts(given)), unique(nameOf, 'name')))(spec.containers, `${path}.containers`),
    ...all(each(initial), each(mounts(given)), unique(nameOf, 'name'))(spec.initContainers, `${path}.initContainers`),
    ...shared(spec.initContainers, spec.containers, path),
  ];
});

const NEVER_INITIAL = {
  restartPolicy: choice('Always'),
  livenessProbe: absent('restartPolicy: Always'),
  readinessProbe: absent('restartPolicy: Always'),
  startupProbe: absent('restartPolicy: Always'),
  lifecycle: absent('restartPolicy: Always'),
} as const;

function nameOf({ name }: JsonObject): string | undefined {
  return textAt(name);
}

function mounts(given: ReadonlySet<string | undefined>): Rule {
  const known = objects(({ name }, path) =>
    typeof name === 'string' && name !== '' && !given.has(name)
      ? [wrong(`${path}.name`, 'declared', 'the volumes of the pod', name)]
      : [],
  );
  return fields({ volumeMounts: each(known), volumeDevices: each(known) });
}

function shared(initial: Json | undefined, regular: Json | undefined, path: string): ReturnType<Rule> {
  const names = new Set(objectsAt(regular).map(nameOf));
  return objectsAt(initial).flatMap(({ name }, index) =>
    typeof name === 'string' && names.has(name)
      ? [wrong(`${path}.initContainers[${index}].name`, 'unique', undefined, name)]
      : [],
  );
}
