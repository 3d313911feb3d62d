import { airflowSettings } from '../../constructs/flow/airflow-config';
import { object } from '../support';
import { address, airflow } from './support';

const ORIGIN = { domain: 'pacs.example.org', httpsPort: 8443 };

function files() {
  const { scope } = airflow();
  const file = (name: string, key: string) => object(scope, 'ConfigMap', name).data[key] as string;
  return {
    scope,
    settings: file('airflow-configmap', 'airflow.cfg'),
    login: file('airflow-webserver-config', 'webserver_config.py'),
    hook: file('airflow-local-settings', 'airflow_local_settings.py'),
  };
}

test('its settings follow the addresses of others', () => {
  const settings = airflowSettings({ namespace: 'services', origin: ORIGIN, statsd: address('statsd', 8125) });
  expect(settings.webserver?.base_url).toBe('https://pacs.example.org:8443/flow');
  expect(settings.metrics).toEqual({ statsd_on: true, statsd_host: 'statsd.services.svc', statsd_port: 8125 });
  expect(settings.kubernetes_executor?.pod_template_file).toBe('/kaapana/mounted/workflows/pod_template.yaml');
});

test('the file has a section a block, a setting a line', () => {
  const { settings } = files();
  expect(settings).toMatch(/^\[core\]\nexecutor = LocalExecutor,KubernetesExecutor\n/);
  expect(settings).toContain('\n\n[metrics]\nstatsd_on = True\nstatsd_host = airflow-statsd-service.services.svc\n');
  expect(settings).toContain('load_examples = False\n');
  expect(settings).not.toMatch(/undefined|true|false|secret_key/);
});

test('who is logged in, the reverse proxy says', () => {
  const { login } = files();
  expect(login).toContain('AUTH_REMOTE_USER_ENV_VAR = "HTTP_X_FORWARDED_PREFERRED_USERNAME"');
  expect(login).toContain('AUTH_TYPE = AUTH_REMOTE_USER');
  expect(login).toContain('LOGOUT_REDIRECT_URL');
});

test('the hook asks for variables that the scheduler has, and stands where Airflow looks for it', () => {
  const { scope, hook } = files();
  const [{ env, volumeMounts }] = object(scope, 'Deployment', 'airflow-scheduler').spec.template.spec.containers;
  const asked = [...hook.matchAll(/os\.environ\["(\w+)"\]/g)].map((match) => match[1]);
  expect(asked).toEqual(['SERVICES_NAMESPACE', 'DEFAULT_PROJECT_NAMESPACE', 'TASK_SECRET']);
  expect(env.map(({ name }: { name: string }) => name)).toEqual(expect.arrayContaining(asked));
  expect(volumeMounts).toContainEqual({
    name: 'airflow-local-settings',
    mountPath: '/kaapana/mounted/workflows/config/airflow_local_settings.py',
    subPath: 'airflow_local_settings.py',
  });
});
