import { DataVolume, DynamicStorage, type Peer, SHARED_DIRECTORY } from '../../constructs/kube';
import { JobsNamespace, type JobsNamespaceProps } from '../../constructs/projects/jobs-namespace';
import { chart, object, objects, platform } from '../support';

/** Pods of another namespace that listen; `peers` are those that they were opened to. */
function listener(targetPort: number) {
  const peers: Peer[] = [];
  return {
    pods: { namespace: 'site2-services' },
    targetPort,
    peers,
    openTo: (peer: Peer) => {
      peers.push(peer);
    },
  };
}

function jobs(props: Partial<JobsNamespaceProps> = {}) {
  const scope = chart();
  const services = { ctp: listener(7777), opensearch: listener(9200) };
  const component = new JobsNamespace(scope, 'Jobs', {
    platform: platform(),
    name: 'site2-jobs',
    registry: { url: 'registry.example.org/kaapana' },
    services,
    internalCidrs: ['10.1.0.0/16'],
    ...props,
  });
  return { scope, component, services, policy: (name: string) => object(scope, 'NetworkPolicy', name).spec };
}

test('a task that asks for nothing connects to nobody but the name service', () => {
  const { policy } = jobs();
  expect(policy('deny-all-traffic')).toEqual({
    podSelector: {},
    policyTypes: ['Ingress', 'Egress'],
    ingress: [],
    egress: [],
  });
  expect(policy('allow-kube-dns').policyTypes).toEqual(['Egress']);
  expect(policy('allow-ingress-from-traefik').ingress[0].from[0].namespaceSelector.matchLabels).toEqual({
    'kubernetes.io/metadata.name': 'admin',
  });
});

test('the label of a task opens one connection, at both ends', () => {
  const { policy, services } = jobs();
  expect(policy('allow-access-to-ctp').podSelector.matchLabels).toEqual({ 'network-access': 'ctp' });
  expect(services.ctp.peers).toEqual([{ namespace: 'site2-jobs', podLabels: { 'network-access': 'ctp' } }]);
  expect(policy('allow-opensearch-egress').egress[0].ports).toEqual([{ port: 9200, protocol: 'TCP' }]);
  expect(services.opensearch.peers).toEqual([
    { namespace: 'site2-jobs', podLabels: { 'network-access': 'opensearch' } },
  ]);
});

test('the services are those of its own instance', () => {
  const { policy } = jobs();
  for (const name of ['allow-access-to-ctp', 'allow-opensearch-egress']) {
    expect(policy(name).egress[0].to[0].namespaceSelector.matchLabels).toEqual({
      'kubernetes.io/metadata.name': 'site2-services',
    });
  }
});

test('what is outside holds nothing of the inside', () => {
  const { policy } = jobs({ internalCidrs: ['10.1.0.0/16', '192.0.2.10/32'] });
  expect(policy('allow-external-ips')).toMatchObject({
    podSelector: { matchLabels: { 'network-access': 'external-ips' } },
    egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.1.0.0/16', '192.0.2.10/32'] } }] }],
  });
});

test('outside is IPv4, without exceptions of IPv6, and nowhere if every network is inside', () => {
  expect(
    jobs({ internalCidrs: ['fd00::/8', '10.1.0.0/16'] }).policy('allow-external-ips').egress[0].to[0].ipBlock.except,
  ).toEqual(['10.1.0.0/16']);
  const { scope } = jobs({ internalCidrs: ['0.0.0.0/0'] });
  expect(objects(scope).map(({ metadata }) => metadata.name)).not.toContain('allow-external-ips');
});

test('its directories are those of other namespaces, each by a retained volume of its own that says so', () => {
  const { scope } = jobs();
  const volumes = objects(scope).filter(({ kind }) => kind === 'PersistentVolume');
  expect(Object.fromEntries(volumes.map(({ metadata, spec }) => [metadata.name, spec.hostPath.path]))).toEqual({
    'site2-jobs-af-data-jobs': '/home/kaapana/workflows/data',
    'site2-jobs-models-jobs': '/home/kaapana/workflows/models',
    'site2-jobs-mounted-scripts-jobs': '/home/kaapana/workflows/mounted_scripts',
    'site2-jobs-tb-jobs': '/home/kaapana/tensorboard',
    'site2-jobs-minio-jobs': '/mnt/slow/minio',
  });
  for (const { metadata, spec } of volumes) {
    expect(metadata.annotations).toEqual({ [SHARED_DIRECTORY]: 'true' });
    expect(spec.persistentVolumeReclaimPolicy).toBe('Retain');
  }
});

test('every volume says what is lost with it', () => {
  const { component } = jobs();
  const volumes = component.node.findAll().filter((node) => node instanceof DataVolume);
  expect(volumes).toHaveLength(5);
  expect(volumes.filter(({ holds }) => holds === '')).toEqual([]);
});

test('a storage class may make its volumes', () => {
  const storage = new DynamicStorage({ fast: 'a', slow: 'b', workflow: 'c' });
  const { scope } = jobs({ platform: { ...platform(), storage } });
  expect(objects(scope).filter(({ kind }) => kind === 'PersistentVolume')).toEqual([]);
  expect(object(scope, 'PersistentVolumeClaim', 'af-data-jobs-pv-claim').spec).toMatchObject({
    storageClassName: 'c',
    accessModes: ['ReadWriteMany'],
  });
});

test('it has limits, an account for images and a level of security', () => {
  const { scope, component } = jobs({ pullSecret: 'pull' });
  expect(component.name).toBe('site2-jobs');
  expect(object(scope, 'Namespace', 'site2-jobs').metadata.labels).toMatchObject({
    'pod-security.kubernetes.io/enforce': 'baseline',
  });
  expect(object(scope, 'LimitRange', 'default-resource-limits').spec.limits[0].default).toEqual({ memory: '50Mi' });
  expect(object(scope, 'Secret', 'pull').metadata.namespace).toBe('site2-jobs');
});
