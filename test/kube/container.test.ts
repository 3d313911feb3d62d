import * as kplus from 'cdk8s-plus-27';
import { k8s } from 'cdk8s-plus-27';
import { base64, type ContainerProps, renderContainer, secretToken, Volume } from '../../constructs/kube';
import { chart, object } from '../support';

/** The container of a serving pod, as it is rendered. */
function container(props: Partial<ContainerProps> = {}, probed = true) {
  const scope = chart();
  const rendered = renderContainer({ image: 'minio:1', ...props }, { name: 'minio', pullPolicy: 'Always', probed });
  new k8s.KubePod(scope, 'Pod', { metadata: { name: 'pod' }, spec: { containers: [rendered] } });
  return object(scope, 'Pod', 'pod').spec.containers[0];
}

test('the safe defaults', () => {
  expect(container()).toEqual({
    name: 'minio',
    image: 'minio:1',
    imagePullPolicy: 'Always',
    resources: {
      requests: { cpu: '10m', memory: '50Mi', 'ephemeral-storage': '50Mi' },
      limits: { cpu: '4', memory: '50Mi', 'ephemeral-storage': '10Gi' },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['NET_RAW', 'MKNOD', 'AUDIT_WRITE', 'SYS_CHROOT'] },
    },
  });
});

test('every default may be overridden', () => {
  const all: Required<ContainerProps> = {
    name: 'server',
    image: 'minio:2',
    command: ['minio'],
    args: ['server'],
    env: { A: 'b' },
    ports: { api: 9000 },
    udpPorts: { log: 514 },
    mounts: [Volume.emptyDir('tmp').at('/tmp')],
    resources: {
      memoryRequest: '1Gi',
      memoryLimit: '2Gi',
      cpuRequest: '1',
      cpuLimit: '8',
      storageRequest: '1Gi',
      storageLimit: '2Gi',
      devices: { 'nvidia.com/gpu': 1 },
    },
    security: { runAsUser: 65534, capabilities: { drop: ['ALL'] } },
    exceptions: { escalation: 'its users become root by sudo', writableRoot: 'it writes to /run' },
    keeps: {},
    livenessProbe: { exec: { command: ['true'] } },
    readinessProbe: { exec: { command: ['ready'] }, initialDelaySeconds: 20 },
    startupProbe: { exec: { command: ['started'] } },
    lifecycle: { preStop: { exec: { command: ['stop'] } } },
  };
  expect(container(all)).toEqual({
    name: 'server',
    image: 'minio:2',
    imagePullPolicy: 'Always',
    command: ['minio'],
    args: ['server'],
    env: [{ name: 'A', value: 'b' }],
    ports: [
      { name: 'api', containerPort: 9000 },
      { name: 'log', containerPort: 514, protocol: 'UDP' },
    ],
    volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
    resources: {
      requests: { cpu: '1', memory: '1Gi', 'ephemeral-storage': '1Gi', 'nvidia.com/gpu': 1 },
      limits: { cpu: '8', memory: '2Gi', 'ephemeral-storage': '2Gi', 'nvidia.com/gpu': 1 },
    },
    securityContext: { runAsUser: 65534, capabilities: { drop: ['ALL'] } },
    livenessProbe: { exec: { command: ['true'] } },
    readinessProbe: { exec: { command: ['ready'] }, initialDelaySeconds: 20 },
    startupProbe: { exec: { command: ['started'] } },
    lifecycle: { preStop: { exec: { command: ['stop'] } } },
  });
});

test('memory is promised as it is limited', () => {
  const { requests, limits } = container({ resources: { memoryLimit: '3Gi' } }).resources;
  expect(requests.memory).toBe('3Gi');
  expect(limits.memory).toBe('3Gi');
});

test('its first port is probed, for up to ten minutes when it starts', () => {
  const { readinessProbe, startupProbe, livenessProbe } = container({ ports: { api: 9000, console: 9090 } });
  expect(readinessProbe).toEqual({ tcpSocket: { port: 'api' }, periodSeconds: 10 });
  expect(startupProbe).toEqual({ tcpSocket: { port: 'api' }, periodSeconds: 5, failureThreshold: 120 });
  expect(livenessProbe).toBeUndefined();
});

test('the start is probed as readiness is, without its delay', () => {
  const readinessProbe = { exec: { command: ['ready'] }, initialDelaySeconds: 20 };
  expect(container({ readinessProbe }).startupProbe).toEqual({
    exec: { command: ['ready'] },
    periodSeconds: 5,
    failureThreshold: 120,
  });
});

test('what runs to an end is not probed', () => {
  const { readinessProbe, startupProbe } = container({ ports: { api: 9000 } }, false);
  expect(readinessProbe).toBeUndefined();
  expect(startupProbe).toBeUndefined();
});

test('security settings add to the dropped capabilities', () => {
  const { securityContext } = container({ security: { runAsUser: 0, capabilities: { add: ['CHOWN'] } } });
  expect(securityContext.runAsUser).toBe(0);
  expect(securityContext.capabilities.add).toEqual(['CHOWN']);
  expect(securityContext.capabilities.drop).toContain('NET_RAW');
});

test('it goes without a safe default only where it says why', () => {
  const without = (exceptions: ContainerProps['exceptions']) => container({ exceptions }).securityContext;
  expect(without({ escalation: 'it pings' })).toMatchObject({ readOnlyRootFilesystem: true });
  expect(without({ escalation: 'it pings' })).not.toHaveProperty('allowPrivilegeEscalation');
  expect(without({ writableRoot: 'it writes to /run' })).toMatchObject({ allowPrivilegeEscalation: false });
  expect(without({ writableRoot: 'it writes to /run' })).not.toHaveProperty('readOnlyRootFilesystem');
  // @ts-expect-error A safe default is no setting like others.
  container({ security: { allowPrivilegeEscalation: true } });
});

test('it keeps the capabilities that it says what for', () => {
  const { securityContext } = container({
    keeps: { SYS_CHROOT: 'it opens jails', MKNOD: 'jails have devices' },
    security: { runAsUser: 0 },
  });
  expect(securityContext).toMatchObject({ runAsUser: 0, capabilities: { drop: ['NET_RAW', 'AUDIT_WRITE'] } });
});

test('a credential comes from a Secret', () => {
  const account = kplus.Secret.fromSecretName(chart(), 'Account', 'account');
  expect(container({ env: { USER: 'me', PASSWORD: account.envValue('password') } }).env).toEqual([
    { name: 'USER', value: 'me' },
    { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'account', key: 'password' } } },
  ]);
});

test.each([secretToken('minio'), `http://me:${secretToken('minio')}@host`, base64(secretToken('minio'))])(
  'a credential is refused in the environment and the command line: %j',
  (text) => {
    expect(() => container({ env: { PASSWORD: text } })).toThrow(
      'container minio: PASSWORD holds a credential; refer to the key of a Secret instead',
    );
    expect(() => container({ name: 'console', args: [text] })).toThrow(
      'container console: a credential stands in its command line',
    );
    expect(() => container({ command: [text] })).toThrow('container minio: a credential stands in its command line');
  },
);

test('a port name that the API server would refuse is refused at once', () => {
  expect(() => container({ ports: { 'fifteen-letters': 80 } })).not.toThrow();
  expect(() => container({ ports: { 'squid-http-proxy': 80 } })).toThrow(
    'container minio: the port name "squid-http-proxy" is longer than 15 characters',
  );
});

test('nobody probes a port of UDP', () => {
  const rendered = container({ udpPorts: { log: 514 } });
  expect(rendered.ports).toEqual([{ name: 'log', containerPort: 514, protocol: 'UDP' }]);
  expect(rendered.readinessProbe).toBeUndefined();
  expect(() => container({ udpPorts: { 'a-very-long-name': 514 } })).toThrow(
    'the port name "a-very-long-name" is longer than 15 characters',
  );
});

test('the suffix of a quantity is checked by the compiler', () => {
  const props: ContainerProps = { name: 'main', image: 'x', resources: { memoryLimit: '1.5Gi', cpuLimit: '250m' } };
  // @ts-expect-error There is no such suffix.
  const wrong: ContainerProps = { ...props, resources: { memoryLimit: '512MB' } };
  expect([props.resources?.memoryLimit, wrong.resources?.memoryLimit]).toEqual(['1.5Gi', '512MB']);
});
