import { CertInit, type CertInitProps } from '../../constructs/admin/cert-init';
import { chart, object, objects, platform } from '../support';

const PROPS: Required<CertInitProps> = {
  platform: platform(),
  namespace: 'admin',
  domain: 'kaapana.example.org',
  servicesNamespace: 'services',
  servicesDeployed: true,
};

function certInit(props: Partial<CertInitProps> = {}) {
  const scope = chart();
  const component = new CertInit(scope, 'CertInit', { ...PROPS, servicesDeployed: undefined, ...props });
  return { scope, component, pod: object(scope, 'Job', 'cert-init').spec.template.spec };
}

test('the job installs a certificate for the domain', () => {
  const { pod } = certInit();
  const env = Object.fromEntries(
    pod.containers[0].env.map(({ name, value }: { name: string; value: string }) => [name, value]),
  );
  expect(env).toMatchObject({
    ACTION: 'install',
    HOSTNAME: 'kaapana.example.org',
    SECRET_NAME: 'certificate',
    ADMIN_NAMESPACE: 'admin',
    SECRET_NAMESPACE: 'services',
  });
  expect(pod.containers[0].resources.limits.memory).toBe('200Mi');
  expect(pod.restartPolicy).toBe('Never');
});

test('the operator puts files into a volume that is kept, on the node that holds it', () => {
  const { scope, pod } = certInit();
  expect(pod.nodeSelector).toEqual({ 'kaapana.io/node': 'storage' });
  expect(pod.volumes).toEqual([{ name: 'tls-storage', persistentVolumeClaim: { claimName: 'tls-pv-claim' } }]);
  expect(object(scope, 'PersistentVolume', 'admin-tls').spec.persistentVolumeReclaimPolicy).toBe('Retain');
});

test('its role reaches one Secret; only creating cannot be limited to it', () => {
  const { scope, pod } = certInit();
  const roles = objects(scope).filter(({ kind }) => kind === 'Role');
  expect(roles.map(({ metadata }) => metadata.namespace)).toEqual(['admin']);
  expect(roles[0]?.rules).toEqual([
    { apiGroups: [''], resources: ['secrets'], resourceNames: ['certificate'], verbs: ['get', 'delete'] },
    { apiGroups: [''], resources: ['secrets'], verbs: ['create'] },
  ]);
  expect(objects(scope).filter(({ kind }) => kind.startsWith('ClusterRole'))).toEqual([]);
  expect(pod).toMatchObject({ serviceAccountName: 'cert-init', automountServiceAccountToken: true });
});

test('it sees the copy of the services once they are deployed', () => {
  const roles = objects(certInit(PROPS).scope).filter(({ kind }) => kind === 'Role');
  expect(roles.map(({ metadata }) => metadata.namespace)).toEqual(['services', 'admin']);
  expect(roles[0]?.rules).toEqual([
    expect.objectContaining({ resourceNames: ['certificate'], verbs: ['get', 'delete'] }),
  ]);
});

test('services in the same namespace do not narrow the role', () => {
  const roles = objects(certInit({ servicesNamespace: 'admin', servicesDeployed: true }).scope).filter(
    ({ kind }) => kind === 'Role',
  );
  expect(roles).toHaveLength(1);
  expect(roles[0]?.rules).toHaveLength(2);
});

test('who mounts the certificate comes after the job, and the job after the volume', () => {
  const { component } = certInit();
  const job = component.node.findChild('Job');
  expect(component.certificate).toMatchObject({ name: 'certificate', namespace: 'admin' });
  expect(component.certificate.node.dependencies).toContain(job);
  expect(job.node.findChild('Resource').node.dependencies).toContain(component.node.findChild('Files'));
});
