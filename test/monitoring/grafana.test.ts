import { parse } from 'yaml';
import { externalAddress, secretToken } from '../../constructs/kube';
import { Grafana, type GrafanaProps } from '../../constructs/monitoring/grafana';
import { grafanaSettings, ini } from '../../constructs/monitoring/grafana-settings';
import { Loki } from '../../constructs/monitoring/loki';
import { chart, object, platform } from '../support';

function grafana(props: Partial<GrafanaProps> = {}) {
  const scope = chart();
  const shared = { platform: platform(), namespace: 'services' };
  const component = new Grafana(scope, 'Grafana', {
    ...shared,
    origin: { domain: 'kaapana.example.org', httpsPort: 443 },
    admin: { username: 'operator', password: secretToken('grafana') },
    secretKey: secretToken('grafanaKey'),
    prometheus: externalAddress('http://prometheus-service.services.svc:9090/prometheus'),
    loki: new Loki(scope, 'Loki', shared).api,
    namespaces: ['admin', 'services'],
    ...props,
  });
  const data = (name: string): Record<string, string> => object(scope, 'ConfigMap', name).data;
  return { scope, component, data, pod: object(scope, 'Deployment', 'grafana').spec.template.spec };
}

test('it reads metrics and logs where they are', () => {
  const { scope, data } = grafana({
    prometheus: externalAddress('http://prometheus-service.site2-services.svc:9090/prometheus'),
  });
  expect(parse(data('grafana-ds-prometheus')['prometheus.yml'] ?? '').datasources).toEqual([
    expect.objectContaining({
      uid: 'prometheus',
      type: 'prometheus',
      url: 'http://prometheus-service.site2-services.svc:9090/prometheus',
      isDefault: true,
    }),
  ]);
  expect(parse(data('grafana-ds-loki')['loki.yml'] ?? '').datasources[0]).toMatchObject({
    uid: 'loki',
    url: 'http://loki-service.services.svc:3100',
    isDefault: false,
  });
  expect(JSON.stringify(object(scope, 'NetworkPolicy', 'loki-ingress').spec.ingress)).toContain(
    '"app.kubernetes.io/name":"grafana"',
  );
});

test('its administrator and its key come from a Secret', () => {
  const { scope, pod } = grafana();
  expect(object(scope, 'Secret', 'grafana-admin').stringData).toEqual({
    password: secretToken('grafana'),
    'secret-key': secretToken('grafanaKey'),
  });
  expect(pod.containers[0].env).toEqual([
    { name: 'GF_SECURITY_ADMIN_USER', value: 'operator' },
    { name: 'GF_SECURITY_ADMIN_PASSWORD', valueFrom: { secretKeyRef: { name: 'grafana-admin', key: 'password' } } },
    { name: 'GF_SECURITY_SECRET_KEY', valueFrom: { secretKeyRef: { name: 'grafana-admin', key: 'secret-key' } } },
  ]);
});

test('it knows the address that users see', () => {
  const settings = (httpsPort: number) =>
    grafana({ origin: { domain: 'pacs.example.org', httpsPort } }).data('grafana-config')['grafana.ini'];
  expect(settings(443)).toContain('root_url = https://pacs.example.org/grafana/\n');
  expect(settings(8443)).toContain('root_url = https://pacs.example.org:8443/grafana/\n');
  expect(grafana().component.web.url).toBe('http://grafana.services.svc:3000');
});

test('its settings are sections of names and values', () => {
  expect(ini({ server: { http_port: 3000 }, auth: { enabled: true, name: 'x' } })).toBe(
    '[server]\nhttp_port = 3000\n\n[auth]\nenabled = true\nname = x\n',
  );
});

test('everybody may look; nobody is believed a name that another pod claims', () => {
  const settings = grafanaSettings({ url: 'https://kaapana.example.org/grafana/', homeDashboard: '/home.json' });
  expect(settings['auth.anonymous']).toEqual({ enabled: true, org_name: 'Main Org.', org_role: 'Viewer' });
  expect(settings['auth.basic']).toEqual({ enabled: false });
  expect(settings['auth.proxy']).toMatchObject({
    enabled: true,
    header_name: 'X-Auth-Username',
    whitelist: '127.0.0.1',
  });
  expect(settings['security']).toMatchObject({ allow_embedding: true, cookie_secure: true });
});

test('it asks nobody outside', () => {
  const settings = grafanaSettings({ url: 'https://kaapana.example.org/grafana/', homeDashboard: '/home.json' });
  expect(settings['analytics']).toMatchObject({
    reporting_enabled: false,
    check_for_updates: false,
    check_for_plugin_updates: false,
  });
  expect(settings['plugins']).toMatchObject({ preinstall_disabled: true });
  expect(settings['news']).toEqual({ news_feed_enabled: false });
});

test('each dashboard is mounted where its provider looks', () => {
  const { data, pod } = grafana();
  const mounts = pod.containers[0].volumeMounts as { mountPath: string; subPath?: string }[];
  const mounted = mounts.filter(({ mountPath }) => mountPath.startsWith('/etc/grafana/dashboards/'));
  const directories = Object.values(data('grafana-provisioning-dashboards')).map(
    (text) => parse(text).providers[0].options.path as string,
  );
  expect(mounted.map(({ subPath }) => subPath).sort()).toEqual(Object.keys(data('grafana-dashboards')));
  expect(mounted.map(({ mountPath }) => mountPath.replace(/dashboards\/[^/]+$/, '')).sort()).toEqual(
    directories.sort(),
  );
  expect(data('grafana-config')['grafana.ini']).toContain(`default_home_dashboard_path = ${mounted[0]?.mountPath}\n`);
});

test('there is a page about GPUs where there are GPUs', () => {
  expect(Object.keys(grafana().data('grafana-dashboards'))).not.toContain('gpu-dashboard.json');
  expect(Object.keys(grafana({ gpus: true }).data('grafana-dashboards'))).toContain('gpu-dashboard.json');
  expect(Object.keys(grafana({ gpus: true }).data('grafana-provisioning-dashboards'))).toContain('gpu.yaml');
});

test('its pages are below /grafana', () => {
  const { scope, pod } = grafana();
  expect(object(scope, 'Ingress', 'grafna-ingress').spec.rules[0].http.paths[0]).toMatchObject({
    path: '/grafana',
    backend: { service: { name: 'grafana' } },
  });
  expect(object(scope, 'Middleware', 'gf-strip-prefix').spec).toEqual({ stripPrefix: { prefixes: ['/grafana'] } });
  expect(pod.containers[0].readinessProbe.httpGet.path).toBe('/api/health');
});
