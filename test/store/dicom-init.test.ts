import * as kplus from 'cdk8s-plus-27';
import { externalAddress, Workload } from '../../constructs/kube';
import { DicomInit } from '../../constructs/store/dicom-init';
import { chart, object, platform } from '../support';

function job() {
  const scope = chart();
  const shared = { platform: platform(), namespace: 'services' };
  const filter = new Workload(scope, 'Filter', {
    ...shared,
    namespace: 'site2-services',
    name: 'f',
    container: { image: 'f', ports: { http: 8080 } },
  });
  new DicomInit(scope, 'DicomInit', {
    ...shared,
    ctp: externalAddress('dicom://ctp-dicom-service.services.svc:11112'),
    dicomWebFilter: filter.expose('Service', { name: 'f', ports: { http: 8080 } }).endpoint('http'),
    opensearch: externalAddress('https://opensearch-service.services.svc:9200'),
    airflow: externalAddress('http://airflow-webserver-service.services.svc:8080/flow'),
    keycloak: externalAddress('http://keycloak-external-service.adm2.svc'),
    oidcClient: kplus.Secret.fromSecretName(scope, 'Client', 'oidc-client-secret'),
    systemUser: kplus.Secret.fromSecretName(scope, 'User', 'system-user-password'),
  });
  const { spec } = object(scope, 'Job', 'dicom-init');
  return { scope, spec, pod: spec.template.spec };
}

test('it starts when all are up that a series passes', () => {
  const { spec, pod } = job();
  expect(pod.initContainers[0].env).toEqual([
    { name: 'WAIT', value: 'keycloak;ctp;dicom-web-filter;opensearch;airflow' },
  ]);
  expect(spec.backoffLimit).toBe(5);
  expect(pod.automountServiceAccountToken).toBe(false);
});

test('it finds them where they are, in namespaces of any name', () => {
  expect(job().pod.containers[0].env).toEqual(
    expect.arrayContaining([
      { name: 'CTP_URL', value: 'ctp-dicom-service.services.svc' },
      { name: 'AIRFLOW_TRIGGER', value: 'http://airflow-webserver-service.services.svc:8080/flow/kaapana/api/trigger' },
      { name: 'KEYCLOAK_URL', value: 'http://keycloak-external-service.adm2.svc:80' },
      { name: 'OPENSEARCH_HOST', value: 'opensearch-service.services.svc' },
      { name: 'OPENSEARCH_PORT', value: '9200' },
      { name: 'SERVICES_NAMESPACE', value: 'site2-services' },
    ]),
  );
});

test('it acts as the user system, by Secrets, and may connect', () => {
  const { scope, pod } = job();
  expect(pod.containers[0].env).toEqual(
    expect.arrayContaining([
      {
        name: 'KAAPANA_CLIENT_SECRET',
        valueFrom: { secretKeyRef: { name: 'oidc-client-secret', key: 'oidc-client-secret' } },
      },
      {
        name: 'KAAPANA_PROJECT_USER_PASSWORD',
        valueFrom: { secretKeyRef: { name: 'system-user-password', key: 'system-user-password' } },
      },
    ]),
  );
  expect(JSON.stringify(object(scope, 'NetworkPolicy', 'f-ingress').spec.ingress)).toContain('"dicom-init"');
});
