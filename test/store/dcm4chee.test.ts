import { externalAddress, secretToken } from '../../constructs/kube';
import { Dcm4chee, type Dcm4cheeProps } from '../../constructs/store/dcm4chee';
import { chart, object, platform } from '../support';

function dcm4chee(props: Partial<Dcm4cheeProps> = {}) {
  const scope = chart();
  const component = new Dcm4chee(scope, 'Dcm4chee', {
    platform: platform(),
    namespace: 'services',
    origin: { domain: 'kaapana.example.org', httpsPort: 443 },
    memory: { request: '4480Mi', limit: '13440Mi' },
    volumeSize: '100Gi',
    databasePassword: secretToken('database'),
    ldapPassword: secretToken('ldap'),
    ...props,
  });
  const pod = (name: string) => object(scope, 'Deployment', name).spec.template.spec;
  return { scope, component, pod, archive: pod('dcm4chee').containers[0] };
}

test('it waits for its directory and its database, and finds them in its own namespace', () => {
  const { pod, archive } = dcm4chee({ namespace: 'site2-services' });
  expect(pod('dcm4chee').initContainers[0].env).toEqual([{ name: 'WAIT', value: 'ldap;postgres-dcm4che' }]);
  expect(archive.env).toEqual(
    expect.arrayContaining([
      { name: 'LDAP_URL', value: 'ldap://ldap-service.site2-services.svc:389' },
      { name: 'POSTGRES_HOST', value: 'postgres-dcm4che-service.site2-services.svc' },
      {
        name: 'WILDFLY_WAIT_FOR',
        value: 'ldap-service.site2-services.svc:389 postgres-dcm4che-service.site2-services.svc:5432',
      },
    ]),
  );
});

test('its entrypoint may hand the server over to another user by chroot', () => {
  expect(dcm4chee().archive.securityContext).toEqual({
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['NET_RAW', 'MKNOD', 'AUDIT_WRITE'] },
  });
});

test('its passwords come from Secrets, the same ones that directory and database are made with', () => {
  const { scope, pod, archive } = dcm4chee();
  const ldap = { valueFrom: { secretKeyRef: { name: 'ldap-admin', key: 'password' } } };
  const database = { valueFrom: { secretKeyRef: { name: 'postgres-dcm4che-account', key: 'password' } } };
  expect(object(scope, 'Secret', 'ldap-admin').stringData).toEqual({ password: secretToken('ldap') });
  expect(object(scope, 'Secret', 'postgres-dcm4che-account').stringData.password).toBe(secretToken('database'));
  expect(archive.env).toEqual(
    expect.arrayContaining([
      { name: 'LDAP_ROOTPASS', ...ldap },
      { name: 'POSTGRES_PASSWORD', ...database },
    ]),
  );
  expect(pod('ldap').containers[0].env).toEqual(
    expect.arrayContaining([
      { name: 'LDAP_ROOTPASS', ...ldap },
      { name: 'LDAP_CONFIGPASS', ...ldap },
    ]),
  );
  expect(pod('postgres-dcm4che').containers[0].env).toContainEqual({ name: 'POSTGRES_PASSWORD', ...database });
});

test('it is ready when it has read its directory, and starts over when its pages do not answer', () => {
  const { archive } = dcm4chee();
  expect(archive.readinessProbe.httpGet).toMatchObject({ path: '/dcm4chee-arc/aets', port: 8080 });
  expect(archive.livenessProbe.httpGet).toMatchObject({ path: '/dcm4chee-arc/ui2', port: 8080 });
});

test('memory and the size of the bulk data are told', () => {
  const { scope, archive } = dcm4chee({ memory: { request: '1Gi', limit: '2Gi' }, volumeSize: '7Ti' });
  expect(archive.resources.requests.memory).toBe('1Gi');
  expect(archive.resources.limits.memory).toBe('2Gi');
  const size = (name: string) => object(scope, 'PersistentVolumeClaim', name).spec.resources.requests.storage;
  expect(['dcm4chee-dicom-pv-claim', 'dcm4chee-standalone-pv-claim', 'dcm4che-pv-claim'].map(size)).toEqual([
    '7Ti',
    '7Ti',
    '100Gi',
  ]);
});

test('DICOM files lie on slow storage, the index on fast storage, and one server at a time writes to them', () => {
  const { scope, pod } = dcm4chee();
  expect(object(scope, 'PersistentVolume', 'services-dcm4chee-dicom').spec.hostPath.path).toBe(
    '/mnt/slow/dcm4chee-dicom',
  );
  expect(object(scope, 'PersistentVolume', 'services-dcm4che').spec.hostPath.path).toBe('/home/kaapana/dcm4che');
  for (const name of ['dcm4chee', 'ldap', 'postgres-dcm4che']) {
    expect(object(scope, 'Deployment', name).spec.strategy.type).toBe('Recreate');
    expect(pod(name).nodeSelector).toEqual({ 'kaapana.io/node': 'storage' });
  }
  const [ldap, database] = [pod('ldap').containers[0].volumeMounts, pod('postgres-dcm4che').containers[0].volumeMounts];
  expect([...ldap, ...database].map(({ subPath }) => subPath)).toEqual([
    'ldap',
    'slapd.d',
    undefined,
    'postgres-dcm4che',
    undefined,
  ]);
});

test('the directory knows the address that users see, and where the viewer shows a study', () => {
  const { scope, pod } = dcm4chee({ origin: { domain: 'pacs.example.org', httpsPort: 8443 } });
  const text = object(scope, 'ConfigMap', 'dcm4che-iid-config').data['dcm4che-iid.ldif'];
  expect(text).toContain('dcmRemapRetrieveURL: https://pacs.example.org:8443\n');
  expect(text).toContain('dcmProperty: IID_STUDY_URL=/ohif/viewer?StudyInstanceUIDs={{studyUID}}\n');
  expect(pod('ldap').containers[0].env).toContainEqual({ name: 'ARCHIVE_HOST', value: 'pacs.example.org' });
});

test('the reverse proxy alone may connect until others refer to it; directory and database let the archive in', () => {
  const { scope, component } = dcm4chee();
  const rules = (name: string) => object(scope, 'NetworkPolicy', `${name}-ingress`).spec.ingress;
  expect(rules('dcm4chee')).toEqual([expect.objectContaining({ ports: [{ port: 8080, protocol: 'TCP' }] })]);
  component.dicomWeb.openTo({ namespace: 'services', podLabels: { app: 'x' } });
  expect(rules('dcm4chee')).toHaveLength(2);
  for (const name of ['ldap', 'postgres-dcm4che']) {
    expect(rules(name).map(({ from }: { from: object[] }) => from)).toEqual([
      [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'dcm4chee' } } }],
    ]);
  }
});

test('it offers DICOMweb, and pages with a short path', () => {
  const { scope, component, archive } = dcm4chee();
  expect(component.dicomWeb.url).toBe('http://dcm4chee-service.services.svc:8080/dcm4chee-arc/aets/KAAPANA');
  const { metadata, spec } = object(scope, 'Ingress', 'dcm4chee-ing-ip-rewrite');
  expect(spec.rules[0].http.paths[0].path).toBe('/pacs');
  expect(metadata.annotations).toMatchObject({
    'traefik.ingress.kubernetes.io/router.middlewares': 'services-rewrite-pacs@kubernetescrd',
  });
  expect(object(scope, 'Middleware', 'rewrite-pacs').spec).toEqual({
    replacePath: { path: archive.livenessProbe.httpGet.path },
  });
});

test('with a way out of the cluster it reads the proxy', () => {
  const proxy = externalAddress('http://proxy.example.org:8118');
  expect(dcm4chee({ egress: { proxy, domain: 'pacs.example.org' } }).archive.env).toContainEqual({
    name: 'http_proxy',
    value: proxy.url,
  });
  expect(JSON.stringify(dcm4chee().archive.env)).not.toContain('proxy');
});
