import { spawnSync } from 'node:child_process';
import hook from '../../constructs/flow/airflow-hook.py.txt';
import { pythonTest } from '../python';

/** Stand-ins for Airflow and the Kubernetes client, then the hook, then what it did to a pod. */
const HARNESS = `
import json, os, sys, types
request = json.loads(sys.stdin.read())
os.environ.update(SERVICES_NAMESPACE="services", DEFAULT_PROJECT_NAMESPACE="project-admin", MINIOPASSWORD="m", OIDC_CLIENT_SECRET="o")

class Query:
    def filter_by(self, **known):
        self.known = known
        return self
    def one_or_none(self):
        return types.SimpleNamespace(conf=request["conf"]) if self.known == dict(dag_id="d", run_id="a:run") else None

class Session:
    def __enter__(self): return self
    def __exit__(self, *_): return False
    def query(self, _): return Query()

modules = {"airflow": {}, "airflow.models": {"DagRun": object}, "airflow.utils": {}, "airflow.utils.session": {"create_session": Session}}
for name, content in modules.items():
    module = types.ModuleType(name)
    vars(module).update(content)
    sys.modules[name] = module

space = types.SimpleNamespace
def variable(name, secret):
    reference = space(secret_key_ref=space(name=secret)) if secret else None
    return space(name=name, value=None if secret else "plain", value_from=reference)

pod = space(
    metadata=space(namespace="ALL_NAMESPACES", labels={"run_id": "a-run", "dag_id": "d"}, annotations=request["annotations"]),
    spec=space(containers=[space(env=[variable("MINIOPASSWORD", "minio-account"), variable("OIDC_CLIENT_SECRET", "oidc-client-secret"), variable("X", None)]), space(env=None)]),
)
scope = {}
exec(request["hook"], scope)
assert scope["__all__"] == ["pod_mutation_hook"]
scope["pod_mutation_hook"](pod)
env = {v.name: v.value if v.value_from is None else v.value_from.secret_key_ref.name for v in pod.spec.containers[0].env}
print(json.dumps({"namespace": pod.metadata.namespace, "labels": pod.metadata.labels, "env": env}))
`;

const RUN = { dag_id: 'd', run_id: 'a:run' };
const python = pythonTest('the pod mutation hook');

function mutated(conf: unknown, annotations: Record<string, string> = RUN) {
  const { stdout, stderr } = spawnSync('python3', ['-c', HARNESS], { input: JSON.stringify({ hook, conf, annotations }), encoding: 'utf8' });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as { namespace: string; labels: Record<string, string>; env: Record<string, string> };
}

python('a pod works in the project of its run', () => {
  const { namespace, labels, env } = mutated({ project_form: { kubernetes_namespace: 'project-trial' } });
  expect(namespace).toBe('project-trial');
  expect(labels).toEqual({ 'run_id': 'a-run', 'dag_id': 'd', 'kaapana.ai/project-namespace': 'project-trial' });
  expect(env).toEqual({ MINIOPASSWORD: 'm', OIDC_CLIENT_SECRET: 'oidc-client-secret', X: 'plain' });
});

python.each([[{}], [null], [{ project_form: null }], [{ project_form: {} }]])('a run with %j works in the first project', (conf) => {
  expect(mutated(conf).namespace).toBe('project-admin');
});

python('so does a pod of no known run', () => {
  expect(mutated({ project_form: { kubernetes_namespace: 'project-trial' } }, {}).namespace).toBe('project-admin');
});

python('a federated run works beside the services, where all Secrets are', () => {
  const { namespace, env } = mutated({ federated_form: { x: 1 }, project_form: { kubernetes_namespace: 'project-trial' } });
  expect(namespace).toBe('services');
  expect(env).toEqual({ MINIOPASSWORD: 'minio-account', OIDC_CLIENT_SECRET: 'oidc-client-secret', X: 'plain' });
});
