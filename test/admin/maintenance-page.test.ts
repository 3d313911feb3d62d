import { MaintenancePage } from '../../constructs/admin/maintenance-page';
import { chart, object, platform } from '../support';

function maintenancePage() {
  const scope = chart();
  new MaintenancePage(scope, 'MaintenancePage', {
    platform: platform(),
    namespace: 'admin',
    release: { name: 'kaapana-admin-chart', version: '0.6.0' },
  });
  return { scope, pod: object(scope, 'Deployment', 'maintenancepage').spec.template.spec };
}

test('it shows which platform and version it stands for', () => {
  const texts = JSON.parse(
    object(maintenancePage().scope, 'ConfigMap', 'maintenance-page-config').data['commonData.json'],
  );
  expect(Object.keys(texts)).toEqual(['name', 'shortName', 'infoText', 'version']);
  expect(texts.version).toContain('kaapana-admin-chart');
  expect(texts.version).toContain('0.6.0');
});

test('it writes to memory alone', () => {
  const [container] = maintenancePage().pod.containers;
  expect(container.securityContext).toMatchObject({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true });
  expect(container.volumeMounts.map(({ mountPath }: { mountPath: string }) => mountPath)).toEqual([
    '/app/jsons',
    '/var/run',
    '/var/cache/nginx',
  ]);
  expect(container.resources.limits.memory).toBe('10Mi');
  expect(container.livenessProbe.httpGet).toEqual({ path: '/maintenance', port: 'maintn-http', scheme: 'HTTP' });
});

test('users find it at /maintenance', () => {
  const { scope } = maintenancePage();
  const { metadata, spec } = object(scope, 'Ingress', 'maintenancep-ing-ip-redirect');
  expect(spec.rules[0].http.paths[0].backend.service).toEqual({
    name: 'maintenancepage-service',
    port: { name: 'maintn-http-svc' },
  });
  expect(metadata.annotations).toMatchObject({
    'traefik.ingress.kubernetes.io/preserve-host': 'true',
    'traefik.ingress.kubernetes.io/router.middlewares': 'admin-maintn-redirect@kubernetescrd',
  });
  const { regex, replacement } = object(scope, 'Middleware', 'maintn-redirect').spec.redirectRegex;
  expect('https://kaapana.example.org/maintenance'.replace(new RegExp(regex), replacement)).toBe('/maintenance/#');
});
