import { Ctp, type CtpProps } from '../../constructs/flow/ctp';
import { ctpConfig } from '../../constructs/flow/ctp-config';
import { externalAddress } from '../../constructs/kube';
import { chart, object } from '../support';
import { NAMESPACE, platform } from './support';

function ctp(props: Partial<CtpProps> = {}) {
  const scope = chart();
  const component = new Ctp(scope, 'Ctp', {
    platform: platform(),
    namespace: NAMESPACE,
    airflow: externalAddress('http://airflow.services.svc:8080/flow'),
    data: { name: 'ctp-data-pv-claim' },
    ...props,
  });
  return { scope, component, dicom: object(scope, 'Service', 'ctp-dicom-service').spec };
}

test('with the required props alone, images come from inside', () => {
  const { scope, component, dicom } = ctp();
  expect(dicom.type).toBe('ClusterIP');
  expect(dicom.ports[0].nodePort).toBeUndefined();
  expect(component.dicom).toMatchObject({ host: 'ctp-dicom-service.services.svc', port: 11112 });
  expect(object(scope, 'NetworkPolicy', 'ctp-ingress').spec.ingress).toHaveLength(1);
});

test('with all props, images come from anywhere, and who sends them is seen', () => {
  const { scope, dicom } = ctp({ dicomPort: 11119, senders: [{ namespace: 'project-admin' }] });
  expect(dicom).toMatchObject({
    type: 'NodePort',
    externalTrafficPolicy: 'Local',
    ports: [{ port: 11112, nodePort: 11119, targetPort: 'dicom' }],
  });
  const { ingress } = object(scope, 'NetworkPolicy', 'ctp-ingress').spec;
  expect(ingress).toContainEqual({ ports: [{ port: 11112, protocol: 'TCP' }] });
  expect(ingress).toContainEqual({
    from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'project-admin' } }, podSelector: {} }],
    ports: [{ port: 11112, protocol: 'TCP' }],
  });
});

test('pages and DICOMweb have a path each', () => {
  const { scope } = ctp();
  const { paths } = object(scope, 'Ingress', 'ctp-ingress-ip').spec.rules[0].http;
  expect(
    paths.map(({ path, backend }: { path: string; backend: { service: { port: { name: string } } } }) => [
      path,
      backend.service.port.name,
    ]),
  ).toEqual([
    ['/ctp', 'ctp-port'],
    ['/dicomweb', 'ctp-http-port'],
  ]);
  expect(
    object(scope, 'Service', 'ctp-internal-service').spec.ports.map(
      ({ port, targetPort }: { port: number; targetPort: string }) => [port, targetPort],
    ),
  ).toEqual([
    [80, 'status'],
    [7777, 'stow'],
  ]);
});

test('what comes in starts a workflow', () => {
  const { scope } = ctp();
  const config = object(scope, 'ConfigMap', 'ctp-config').data['config.xml'] as string;
  expect(config.match(/airflowUrl="http:\/\/airflow\.services\.svc:8080\/flow\/kaapana\/api"/g)).toHaveLength(2);
  expect(config).toContain('port="11112"');
  expect(config).toContain('port="7777"');
  expect(config.match(/fix_aetitle="DICOM_WEB"/g)).toHaveLength(1);
});

test('values cannot leave their attribute', () => {
  const config = ctpConfig({ ports: { status: 1, stow: 2, dicom: 3 }, trigger: 'http://x/?a="b"&c=<d' });
  expect(config).toContain('airflowUrl="http://x/?a=&quot;b&quot;&amp;c=&lt;d"');
  expect(config).toMatch(/^<Configuration>\n/);
  expect(config).toMatch(/<\/Configuration>\n$/);
});

test('its files are those that the program looks for', () => {
  const { scope } = ctp();
  const { containers, volumes } = object(scope, 'Deployment', 'ctp').spec.template.spec;
  const mounts = containers[0].volumeMounts.map(({ mountPath, subPath }: { mountPath: string; subPath: string }) => [
    mountPath,
    subPath,
  ]);
  expect(mounts).toEqual([
    ['/data', 'data'],
    ['/opt/CTP/logs', 'logs'],
    ['/opt/CTP/config.xml', 'config.xml'],
    ['/opt/CTP/Launcher.properties', 'Launcher.properties'],
  ]);
  expect(volumes[0].persistentVolumeClaim.claimName).toBe('ctp-data-pv-claim');
  expect(containers[0].securityContext.readOnlyRootFilesystem).toBe(true);
});
