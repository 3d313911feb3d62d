import { Construct } from 'constructs';
import {
  ANYWHERE,
  type DaemonSetProps,
  type DeploymentProps,
  externalAddress,
  type JobProps,
  type Peer,
  Volume,
  Workload,
} from '../../constructs/kube';
import { chart, object, objects, platform } from '../support';

const REQUIRED = {
  platform: platform(),
  name: 'minio',
  namespace: 'services',
  container: { image: 'minio' },
} satisfies DeploymentProps;

type Given =
  | Partial<DeploymentProps>
  | ({ kind: 'DaemonSet' } & Partial<DaemonSetProps>)
  | ({ kind: 'Job' } & Partial<JobProps>);

function workload(props: Given = {}) {
  const scope = chart();
  const component = new Workload(scope, 'Minio', { ...REQUIRED, ...props });
  return { scope, component, controller: object(scope, props.kind ?? 'Deployment', 'minio') };
}

test('with the required props alone it is a Deployment of one pod, called like itself', () => {
  const { scope, controller } = workload();
  const labels = { 'app.kubernetes.io/name': 'minio' };
  expect(objects(scope)).toHaveLength(1);
  expect(controller.metadata).toEqual({ name: 'minio', namespace: 'services', labels });
  expect(controller.spec).toMatchObject({
    replicas: 1,
    strategy: { type: 'RollingUpdate' },
    selector: { matchLabels: labels },
    template: { metadata: { labels } },
  });
  expect(controller.spec.template.spec.containers[0].name).toBe('minio');
});

test('labels and history may be chosen', () => {
  const labels = { app: 'minio', version: '1' };
  const { controller, component } = workload({ labels, selector: { app: 'minio' }, revisionHistoryLimit: 2 });
  expect(controller.metadata.labels).toEqual(labels);
  expect(controller.spec.selector.matchLabels).toEqual({ app: 'minio' });
  expect(controller.spec.revisionHistoryLimit).toBe(2);
  expect(component.podLabels).toEqual(labels);
});

test('it may run on every node', () => {
  const { controller } = workload({ kind: 'DaemonSet' });
  expect(controller.spec.selector.matchLabels).toEqual({ 'app.kubernetes.io/name': 'minio' });
  expect(controller.spec.template.spec.restartPolicy).toBe('Always');
  expect(controller.spec.replicas).toBeUndefined();
});

test('it may run to an end', () => {
  const { controller } = workload({ kind: 'Job', backoffLimit: 3 });
  expect(controller.spec.backoffLimit).toBe(3);
  expect(controller.spec.template.spec.restartPolicy).toBe('Never');
  expect(controller.spec.ttlSecondsAfterFinished).toBeUndefined();
  expect(workload({ kind: 'Job' }).controller.spec.backoffLimit).toBeUndefined();
  const again = workload({ kind: 'Job', restartPolicy: 'OnFailure' }).controller;
  expect(again.spec.template.spec.restartPolicy).toBe('OnFailure');
});

test('what one kind takes, no other is given', () => {
  const scope = chart();
  const { platform: shared, container, namespace } = REQUIRED;
  const given = { platform: shared, container, namespace };
  // @ts-expect-error A Job has no pod that another one would replace.
  new Workload(scope, 'A', { ...given, name: 'a', kind: 'Job', recreate: true });
  // @ts-expect-error Nobody scrapes what is gone soon.
  new Workload(scope, 'B', { ...given, name: 'b', kind: 'Job', scrape: [] });
  // @ts-expect-error A Deployment runs for ever.
  new Workload(scope, 'C', { ...given, name: 'c', backoffLimit: 3 });
  // @ts-expect-error A DaemonSet starts its containers again, whatever became of them.
  new Workload(scope, 'D', { ...given, name: 'd', kind: 'DaemonSet', restartPolicy: 'OnFailure' });
  // @ts-expect-error A DaemonSet keeps no replica sets.
  new Workload(scope, 'E', { ...given, name: 'e', kind: 'DaemonSet', revisionHistoryLimit: 1 });
  const { backoffLimit, template } = object(scope, 'Deployment', 'c').spec;
  expect([backoffLimit, template.spec.restartPolicy]).toEqual([undefined, 'Always']);
  expect(object(scope, 'DaemonSet', 'd').spec.template.spec.restartPolicy).toBe('Always');
});

test('who mounts a claim is never doubled', () => {
  const strategy = (volume: Volume): string =>
    workload({ container: { image: 'minio', mounts: [volume.at('/data')] } }).controller.spec.strategy.type;
  expect(strategy(Volume.claim('data', { name: 'minio-pv-claim' }))).toBe('Recreate');
  expect(strategy(Volume.emptyDir('data'))).toBe('RollingUpdate');
});

test('who changes its database when it starts is never doubled either', () => {
  expect(workload({ recreate: true }).controller.spec.strategy).toEqual({ type: 'Recreate' });
  expect(workload().controller.spec.strategy).toEqual({ type: 'RollingUpdate' });
});

test('a reviewer reads the reason of each exception in the object', () => {
  const { controller } = workload({
    exceptions: { privileged: 'it loads a kernel module', seccomp: 'it traces others' },
  });
  expect(controller.metadata.annotations).toEqual({
    'security-exception/privileged': 'it loads a kernel module',
    'security-exception/seccomp': 'it traces others',
  });
  expect(workload({ exceptions: { hostPath: 'it reads logs' } }).controller.metadata.annotations).toEqual({
    'security-exception/hostPath': 'it reads logs',
  });
  expect(workload().controller.metadata.annotations).toBeUndefined();
});

test('so is the reason of each capability that a container keeps', () => {
  const { controller } = workload({
    container: { image: 'minio', keeps: { SYS_CHROOT: 'it opens jails' } },
    sidecars: [{ name: 'tools', image: 'tools', keeps: { NET_RAW: 'it pings' } }],
  });
  expect(controller.metadata.annotations).toEqual({
    'security-exception/minio.SYS_CHROOT': 'it opens jails',
    'security-exception/tools.NET_RAW': 'it pings',
  });
});

test('what listens is closed until somebody is let in', () => {
  const { scope, component } = workload({
    container: { image: 'minio', ports: { api: 9000 } },
    labels: { a: '1', b: '2' },
    selector: { a: '1' },
  });
  const policy = () => object(scope, 'NetworkPolicy', 'minio-ingress').spec;
  expect(policy()).toEqual({ podSelector: { matchLabels: { a: '1' } }, policyTypes: ['Ingress'], ingress: [] });
  component.allow({ namespace: 'services' }, 9000);
  component.allow(ANYWHERE, 9000);
  expect(policy().ingress).toHaveLength(2);
});

test('the ports of all containers are known by name', () => {
  const { component } = workload({
    container: { image: 'minio', ports: { api: 9000 } },
    sidecars: [{ name: 's', image: 's', ports: { metrics: 1 } }],
  });
  expect(component.ports).toEqual({ api: 9000, metrics: 1 });
  expect(component.port('metrics')).toBe(1);
  expect(() => component.port('console')).toThrow('minio has no port "console"; it has api, metrics');
  expect(() => workload().component.port('api')).toThrow('minio has no port "api"; it has none');
});

test('the scraper finds its metrics, and is let in', () => {
  const container = { image: 'minio', ports: { api: 9000 } };
  const { scope, controller } = workload({ container, scrape: { port: 'api', job: 'MinIO' } });
  expect(controller.spec.template.metadata.annotations).toEqual({
    'prometheus.io/scrape': 'true',
    'prometheus.io/port': '9000',
    'prometheus.io/scheme': 'http',
    'prometheus.io/custom_job_name': 'MinIO',
    'prometheus.io/scrape_interval': '30s',
    'prometheus.io/scrape_timeout': '10s',
  });
  expect(object(scope, 'NetworkPolicy', 'minio-ingress').spec.ingress[0].from[0].podSelector.matchLabels).toEqual({
    'app.kubernetes.io/name': 'prometheus',
  });
});

test('metrics may be elsewhere, behind a certificate that nobody knows', () => {
  const container = { image: 'minio', ports: { api: 9000 } };
  const { controller } = workload({
    container,
    scrape: { port: 'api', job: 'MinIO', path: '/minio', scheme: 'https', insecureSkipVerify: true },
  });
  expect(controller.spec.template.metadata.annotations).toMatchObject({
    'prometheus.io/path': '/minio',
    'prometheus.io/scheme': 'https',
    'prometheus.io/insecure_skip_verify': 'true',
  });
});

test('metrics may be in two places', () => {
  const container = { image: 'minio', ports: { api: 9000, metrics: 1 } };
  const { scope, controller } = workload({
    container,
    scrape: [
      { port: 'api', job: 'MinIO' },
      { port: 'metrics', job: 'Buckets', path: '/buckets' },
    ],
  });
  expect(controller.spec.template.metadata.annotations).toMatchObject({
    'prometheus.io/port': '9000',
    'prometheus.io/custom_job_name': 'MinIO',
    'prometheus.io/scrape_2': 'true',
    'prometheus.io/port_2': '1',
    'prometheus.io/path_2': '/buckets',
    'prometheus.io/custom_job_name_2': 'Buckets',
  });
  expect(object(scope, 'NetworkPolicy', 'minio-ingress').spec.ingress[0].ports).toHaveLength(2);
});

test('metrics may be looked at more often', () => {
  const container = { image: 'minio', ports: { api: 9000 } };
  const { controller } = workload({ container, scrape: { port: 'api', job: 'MinIO', interval: '15s' } });
  expect(controller.spec.template.metadata.annotations['prometheus.io/scrape_interval']).toBe('15s');
});

test('what it talks to lets it in', () => {
  const opened: string[] = [];
  const address = (name: string) => ({
    ...externalAddress(`http://${name}`),
    openTo: (peer: Peer) => {
      opened.push(`${name} ${JSON.stringify('pods' in peer ? peer : [peer.namespace, peer.podLabels])}`);
    },
  });
  workload({ waitFor: [address('database'), { address: address('queue'), path: '/' }], uses: [address('proxy')] });
  const peer = '["services",{"app.kubernetes.io/name":"minio"}]';
  expect(opened).toEqual([`database ${peer}`, `queue ${peer}`, `proxy ${peer}`]);
});

test('its pods come after what they wait for and mount, its policy need not', () => {
  const scope = chart();
  const container = { image: 'postgres', ports: { postgres: 5432 } };
  const database = new Workload(scope, 'Database', { ...REQUIRED, name: 'database', container })
    .expose('Service', { name: 'database', ports: { postgres: 5432 } })
    .endpoint('postgres');
  const minio = new Workload(scope, 'Minio', {
    ...REQUIRED,
    container: { image: 'minio', ports: { api: 9000 } },
    waitFor: [database],
  });
  expect(minio.node.findChild('Resource').node.dependencies).toContain(database);
  expect(minio.node.findChild('Ingress').node.dependencies).toEqual([]);
  expect(minio.node.dependencies).toEqual([]);
});

test('it comes after who makes the files that it waits for', () => {
  const scope = chart();
  const maker = new Workload(scope, 'Maker', { ...REQUIRED, name: 'maker', kind: 'Job' });
  const mount = Volume.claim('dags', { name: 'dags-pv-claim' }).at('/dags');
  const reader = new Workload(scope, 'Reader', {
    ...REQUIRED,
    name: 'reader',
    waitForFiles: [
      { mount, path: 'a', madeBy: maker },
      { mount, path: 'b' },
    ],
  });
  expect(reader.node.findChild('Resource').node.dependencies).toEqual([maker]);
  expect(object(scope, 'Deployment', 'reader').spec.strategy.type).toBe('Recreate');
});

test('its pods come after who makes what it waits for', () => {
  const scope = chart();
  const realm = new Construct(scope, 'Realm');
  const pods = new Workload(scope, 'Workload', {
    platform: platform(),
    namespace: 'services',
    name: 'minio',
    waitFor: [{ address: externalAddress('http://keycloak.admin.svc'), path: '/realm', madeBy: realm }],
    container: { image: 'minio' },
  });
  expect(pods.node.tryFindChild('Resource')?.node.dependencies).toContain(realm);
});

test('its pods are told from those that others start in the namespace', () => {
  const scope = chart();
  new Workload(scope, 'Workload', {
    platform: platform(),
    namespace: 'services',
    name: 'minio',
    container: { image: 'minio' },
  });
  const { template, selector } = object(scope, 'Deployment', 'minio').spec;
  expect(template.metadata.labels).toEqual({
    'app.kubernetes.io/name': 'minio',
    'app.kubernetes.io/managed-by': 'pulumi',
  });
  expect(selector.matchLabels).toEqual({ 'app.kubernetes.io/name': 'minio' });
});
