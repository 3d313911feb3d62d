import { parse } from 'yaml';
import { externalAddress, holdsSecret, secretToken } from '../../constructs/kube';
import { Alertmanager, type AlertmanagerProps } from '../../constructs/monitoring/alertmanager';
import { chart, object, objects, platform } from '../support';

const MAIL = {
  host: 'mail.example.org',
  port: 587,
  sender: 'kaapana@example.org',
  recipients: ['ops@example.org', 'it@example.org'],
  account: { username: 'kaapana', password: secretToken('smtp.password') },
};

function alertmanager(props: Partial<AlertmanagerProps> = {}) {
  const scope = chart();
  const component = new Alertmanager(scope, 'Alertmanager', {
    platform: platform(),
    namespace: 'services',
    projects: externalAddress('http://aii-service.services.svc:8080'),
    notifications: externalAddress('http://notification-service.services.svc'),
    ...props,
  });
  const text: string = object(scope, 'ConfigMap', 'alertmanager-config').data['alertmanager.yml'];
  const pod = object(scope, 'Deployment', 'alertmanager').spec.template.spec;
  return { scope, component, pod, text, config: parse(text) };
}

test('with the required props alone every alert becomes a notification', () => {
  const { scope, component, config } = alertmanager();
  expect(component.api.url).toBe('http://alertmanager-service.services.svc:9093');
  expect(config.receivers).toEqual([
    { name: 'platform', webhook_configs: [{ url: 'http://localhost:8081/alerts', send_resolved: true }] },
  ]);
  expect(config.global).toBeUndefined();
  expect(objects(scope).map(({ kind }) => kind)).not.toContain('Secret');
});

test('the forwarder knows where projects and notifications are', () => {
  const { pod } = alertmanager({
    projects: externalAddress('http://aii-service.site2-services.svc:8080'),
    notifications: externalAddress('http://notification-service.site2-services.svc'),
  });
  expect(pod.containers.map(({ name }: { name: string }) => name)).toEqual(['alertmanager', 'alertmanager-forwarder']);
  expect(pod.containers[1].env).toEqual(
    expect.arrayContaining([
      { name: 'AII_BASE_URL', value: 'http://aii-service.site2-services.svc:8080' },
      { name: 'NOTIFICATION_SERVICE_URL', value: 'http://notification-service.site2-services.svc:80/v1' },
      { name: 'PORT', value: '8081' },
    ]),
  );
  // A slow answer takes it out of service; only a closed port restarts it.
  expect(pod.containers[1].readinessProbe.httpGet).toMatchObject({ path: '/health', port: 8081 });
  expect(pod.containers[1].livenessProbe.tcpSocket).toEqual({ port: 'forwarder' });
});

test('with a mail server and recipients every alert is a mail too', () => {
  const { config } = alertmanager({ mail: MAIL });
  expect(config.global).toEqual({
    smtp_smarthost: 'mail.example.org:587',
    smtp_from: 'kaapana@example.org',
    smtp_require_tls: true,
    smtp_auth_username: 'kaapana',
    smtp_auth_password_file: '/etc/alertmanager/mail/password',
  });
  expect(config.receivers[0].email_configs).toEqual([{ to: 'ops@example.org, it@example.org', send_resolved: true }]);
  expect(config.receivers[0].webhook_configs).toHaveLength(1);
});

test('where TLS comes before all else, nothing asks for it again', () => {
  expect(alertmanager({ mail: { ...MAIL, port: 465 } }).config.global).toMatchObject({
    smtp_smarthost: 'mail.example.org:465',
    smtp_require_tls: false,
    smtp_auth_username: 'kaapana',
  });
});

test('the password of the mail account is in a Secret alone', () => {
  const { scope, pod, text } = alertmanager({ mail: MAIL });
  expect(object(scope, 'Secret', 'alertmanager-mail').stringData).toEqual({ password: MAIL.account.password });
  expect(holdsSecret(text)).toBe(false);
  expect(pod.containers[0].volumeMounts).toContainEqual({
    name: 'mail',
    mountPath: '/etc/alertmanager/mail',
    readOnly: true,
  });
});

test('only with a mail server its pods get out to the port of one', () => {
  const { scope } = alertmanager({ mail: MAIL });
  expect(object(scope, 'NetworkPolicy', 'alertmanager-mail-egress').spec).toEqual({
    podSelector: { matchLabels: { 'app.kubernetes.io/name': 'alertmanager' } },
    policyTypes: ['Egress'],
    egress: [{ ports: [{ port: 587, protocol: 'TCP' }] }],
  });
  expect(objects(alertmanager().scope).map(({ metadata }) => metadata.name)).not.toContain('alertmanager-mail-egress');
});

test('a mail server may need no account, and nobody has to get mails', () => {
  const { scope, config } = alertmanager({ mail: { ...MAIL, account: undefined, recipients: undefined } });
  expect(config.global).toEqual({
    smtp_smarthost: 'mail.example.org:587',
    smtp_from: 'kaapana@example.org',
    smtp_require_tls: false,
  });
  expect(config.receivers[0].email_configs).toBeUndefined();
  expect(objects(scope).map(({ kind }) => kind)).not.toContain('Secret');
});

test('what is critical is repeated sooner, and mutes its warnings', () => {
  const { config } = alertmanager();
  expect(config.route).toMatchObject({
    receiver: 'platform',
    repeat_interval: '12h',
    routes: [{ matchers: ['severity="critical"'], receiver: 'platform', repeat_interval: '4h' }],
  });
  expect(config.inhibit_rules).toHaveLength(1);
  expect(config.inhibit_rules[0].equal).toContain('alertname');
});

test('its page is below /alert', () => {
  const { scope } = alertmanager();
  const { metadata, spec } = object(scope, 'Ingress', 'alertmanager-ingress');
  expect(metadata['annotations']).toMatchObject({
    'traefik.ingress.kubernetes.io/router.middlewares': 'services-alert-strip-prefix@kubernetescrd',
  });
  expect(spec.rules[0].http.paths[0].path).toBe('/alert');
  expect(object(scope, 'Middleware', 'alert-strip-prefix').spec).toEqual({ stripPrefix: { prefixes: ['/alert'] } });
});
