import { CertCopy, type CertCopyProps } from '../../constructs/portal/cert-copy';
import { chart, object, objects, platform } from '../support';
import { certificate, values } from './support';

function certCopy(props: Partial<CertCopyProps> = {}) {
  const scope = chart();
  const source = certificate(scope);
  const component = new CertCopy(scope, 'CertCopy', {
    platform: platform(),
    namespace: 'services',
    certificate: source,
    files: { name: 'tls-pv-claim' },
    ...props,
  });
  return { scope, source, component, job: objects(scope).find(({ kind }) => kind === 'Job') };
}

test('the job copies from the admin namespace, where it runs', () => {
  const { job } = certCopy();
  const { spec } = job?.spec.template;
  expect(job?.metadata).toMatchObject({ name: 'cert-copy-services', namespace: 'admin' });
  expect(values(spec.containers[0])).toMatchObject({
    ACTION: 'copy',
    SECRET_NAME: 'certificate',
    ADMIN_NAMESPACE: 'admin',
    SECRET_NAMESPACE: 'services',
  });
  expect(spec).toMatchObject({
    serviceAccountName: 'cert-copy-services',
    automountServiceAccountToken: true,
    nodeSelector: { 'kaapana.io/node': 'storage' },
  });
});

test('its role reads one Secret, and makes Secrets where the copy goes', () => {
  const { scope } = certCopy();
  const rules = (namespace: string) =>
    objects(scope).find(({ kind, metadata }) => kind === 'Role' && metadata.namespace === namespace)?.rules;
  expect(rules('admin')).toEqual([
    { apiGroups: [''], resources: ['secrets'], resourceNames: ['certificate'], verbs: ['get'] },
  ]);
  expect(rules('services')).toEqual([
    { apiGroups: [''], resources: ['namespaces'], resourceNames: ['services'], verbs: ['get'] },
    { apiGroups: [''], resources: ['secrets'], resourceNames: ['certificate'], verbs: ['get'] },
    { apiGroups: [''], resources: ['secrets'], verbs: ['create'] },
  ]);
  expect(objects(scope).filter(({ kind }) => kind.startsWith('ClusterRole'))).toEqual([]);
});

test('who mounts the copy comes after the job, and the job after the certificate', () => {
  const { component, source } = certCopy();
  const job = component.node.findChild('Job');
  expect(component.certificate).toMatchObject({ name: 'certificate', namespace: 'services' });
  expect(component.certificate.node.dependencies).toContain(job);
  expect(job.node.dependencies).toContain(source);
});

test('instances on one server copy side by side', () => {
  const { scope } = certCopy({ namespace: 'site2-services' });
  expect(object(scope, 'Job', 'cert-copy-site2-services').metadata.namespace).toBe('admin');
  expect(object(scope, 'ServiceAccount', 'cert-copy-site2-services').metadata.namespace).toBe('admin');
});
