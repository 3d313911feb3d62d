import { spawnSync } from 'node:child_process';
import hook from '../../constructs/flow/airflow-hook.py.txt';
import { pythonTest } from '../python';

/** Stand-ins for Airflow and the Kubernetes client, then the hook, then what it did to a pod. */
const HARNESS = `
import json, os, sys, types
request = json.loads(sys.stdin.read())
os.environ.update(SERVICES_NAMESPACE="services", DEFAULT_PROJECT_NAMESPACE="project-admin", TASK_SECRET="task-accounts", MINIOPASSWORD="m", OIDC_CLIENT_SECRET="o")

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

class ApiException(Exception):
    def __init__(self, status): self.status = status

written = []
class Api:
    def create_namespaced_secret(self, namespace, body):
        if request["answer"] != 201: raise ApiException(request["answer"])
        written.append(["create", namespace, body])
    def patch_namespaced_secret(self, name, namespace, body):
        written.append([f"patch {name}", namespace, body])

kubernetes = {
    "client": types.SimpleNamespace(CoreV1Api=Api, ApiException=ApiException, V1Secret=dict, V1ObjectMeta=dict),
    "config": types.SimpleNamespace(load_incluster_config=lambda: None),
}
modules = {"kubernetes": kubernetes, "airflow": {}, "airflow.models": {"DagRun": object}, "airflow.utils": {}, "airflow.utils.session": {"create_session": Session}}
for name, content in modules.items():
    module = types.ModuleType(name)
    vars(module).update(content)
    sys.modules[name] = module

space = types.SimpleNamespace
def variable(name, secret):
    reference = space(secret_key_ref=space(name=secret, key="password")) if secret else None
    return space(name=name, value=None if secret else "plain", value_from=reference)

pod = space(
    metadata=space(namespace="ALL_NAMESPACES", labels={"run_id": "a-run", "dag_id": "d"}, annotations=request["annotations"]),
    spec=space(containers=[space(env=[variable("MINIOPASSWORD", "minio-account"), variable("OIDC_CLIENT_SECRET", "oidc-client-secret"), variable("X", None)]), space(env=None)]),
)
scope = {}
exec(request["hook"], scope)
assert scope["__all__"] == ["pod_mutation_hook"]
scope["pod_mutation_hook"](pod)
env = {v.name: v.value if v.value_from is None else f"{v.value_from.secret_key_ref.name}/{v.value_from.secret_key_ref.key}" for v in pod.spec.containers[0].env}
print(json.dumps({"namespace": pod.metadata.namespace, "labels": pod.metadata.labels, "env": env, "written": written}))
`;

const RUN = { dag_id: 'd', run_id: 'a:run' };
const python = pythonTest('the pod mutation hook');

function start(conf: unknown, annotations: Record<string, string>, answer: number) {
  return spawnSync('python3', ['-c', HARNESS], {
    input: JSON.stringify({ hook, conf, annotations, answer }),
    encoding: 'utf8',
  });
}

/** What the hook makes of a pod where the API server answers so to a new Secret. */
function mutated(conf: unknown, annotations: Record<string, string> = RUN, answer = 201) {
  const { stdout, stderr } = start(conf, annotations, answer);
  expect(stderr).toBe('');
  return JSON.parse(stdout) as {
    namespace: string;
    labels: Record<string, string>;
    env: Record<string, string>;
    written: [string, string, object][];
  };
}

python('a pod works in the project of its run', () => {
  const { namespace, labels, env } = mutated({ project_form: { kubernetes_namespace: 'project-trial' } });
  expect(namespace).toBe('project-trial');
  expect(labels).toEqual({ run_id: 'a-run', dag_id: 'd', 'kaapana.ai/project-namespace': 'project-trial' });
  expect(env).toEqual({
    MINIOPASSWORD: 'task-accounts/MINIOPASSWORD',
    OIDC_CLIENT_SECRET: 'oidc-client-secret/password',
    X: 'plain',
  });
});

const BODY = { metadata: { name: 'task-accounts' }, string_data: { MINIOPASSWORD: 'm' } };

python('what the project lacks is in a Secret of it, and no credential in the pod', () => {
  const conf = { project_form: { kubernetes_namespace: 'project-trial' } };
  expect(mutated(conf).written).toEqual([['create', 'project-trial', BODY]]);
  expect(mutated(conf, RUN, 409).written).toEqual([['patch task-accounts', 'project-trial', BODY]]);
});

python('a Secret that cannot be written keeps the pod from starting', () => {
  const { status, stdout, stderr } = start({}, RUN, 403);
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toContain('ApiException');
});

python.each([[{}], [null], [{ project_form: null }], [{ project_form: {} }]])(
  'a run with %j works in the first project',
  (conf) => {
    expect(mutated(conf).namespace).toBe('project-admin');
  },
);

python('so does a pod of no known run', () => {
  expect(mutated({ project_form: { kubernetes_namespace: 'project-trial' } }, {}).namespace).toBe('project-admin');
});

python('a federated run works beside the services, where all Secrets are', () => {
  const { namespace, env, written } = mutated({
    federated_form: { x: 1 },
    project_form: { kubernetes_namespace: 'project-trial' },
  });
  expect(namespace).toBe('services');
  expect(env).toEqual({
    MINIOPASSWORD: 'minio-account/password',
    OIDC_CLIENT_SECRET: 'oidc-client-secret/password',
    X: 'plain',
  });
  expect(written).toEqual([]);
});
