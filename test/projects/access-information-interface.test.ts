import { reveal, secretToken } from '../../constructs/kube';
import type { Project } from '../../constructs/platform/project';
import {
  AccessInformationInterface,
  type AccessInformationInterfaceProps,
} from '../../constructs/projects/access-information-interface';
import { accounts, endpoint, keycloak, references, values } from '../portal/support';
import { chart, object, objects, platform } from '../support';

const LUNG: Project = { name: 'lung', id: '00000000-0000-4000-8000-000000000002', namespace: 'project-lung' };
const ADMIN: Project = { name: 'admin', id: '00000000-0000-4000-8000-000000000001', namespace: 'project-admin' };

function access(props: Partial<AccessInformationInterfaceProps> = {}) {
  const scope = chart();
  const all: Required<AccessInformationInterfaceProps> = {
    platform: platform(),
    namespace: 'services',
    version: '0.6.0',
    keycloak: keycloak(scope),
    opensearch: endpoint(scope, 'opensearch-service.services', 9200, { scheme: 'https' }),
    minio: {
      api: endpoint(scope, 'minio-service.services', 9000),
      console: endpoint(scope, 'minio-service.services', 9090),
    },
    kubeHelm: { api: endpoint(scope, 'kube-helm-service.admin', 5000), namespace: 'helm' },
    accounts: accounts(scope),
    projects: [ADMIN, LUNG],
    databasePassword: secretToken('database'),
  };
  const component = new AccessInformationInterface(scope, 'Access', { ...all, ...props });
  const pod = (kind: string, name: string) => object(scope, kind, name).spec.template.spec;
  return {
    scope,
    component,
    server: pod('Deployment', 'access-information-interface'),
    job: pod('Job', 'init-projects'),
  };
}

function file(scope: ReturnType<typeof access>['scope'], name: string) {
  return JSON.parse(object(scope, 'ConfigMap', 'access-information-interface-config').data[name]);
}

test('it waits for all that a project has a part of', () => {
  const { server } = access();
  expect(server.initContainers[0].env).toEqual([
    { name: 'WAIT', value: 'opensearch;access-information-interface-database-;keycloak;minio;minio' },
  ]);
  expect(values(server.containers[0])).toMatchObject({
    KEYCLOAK_URL: 'https://keycloak-internal-service.admin.svc',
    KEYCLOAK_HOST: 'keycloak-internal-service.admin.svc',
    OPENSEARCH_HOST: 'opensearch-service.services.svc',
    OPENSEARCH_PORT: '9200',
    KAAPANA_BUILD_VERSION: '0.6.0',
    SERVICES_NAMESPACE: 'services',
  });
});

test('its credentials come from Secrets', () => {
  const { scope, server } = access();
  expect(references(server.containers[0])).toMatchObject({
    DATABASE_URL: 'access-information-interface-database-account/postgresql-asyncpg-url',
    KEYCLOAK_ADMIN_USER_PASSWORD: 'keycloak-admin-account/password',
    KEYCLOAK_PASSWORD: 'keycloak-admin-account/password',
    KAAPANA_CLIENT_SECRET: 'oidc-client-secret/oidc-client-secret',
    KAAPANA_PROJECT_USER_PASSWORD: 'system-user-password/system-user-password',
  });
  expect(object(scope, 'Deployment', 'access-information-interface').spec.strategy).toEqual({ type: 'Recreate' });
});

test('components reach it at aii-service, browsers below /aii', () => {
  const { scope, component } = access();
  expect(component.api.url).toBe('http://aii-service.services.svc:8080');
  expect(object(scope, 'Ingress', 'access-information-interface-ingress').spec.rules[0].http.paths[0].path).toBe(
    '/aii',
  );
  expect(object(scope, 'Middleware', 'strip-prefix-aii').spec.stripPrefix.prefixes).toEqual(['/aii']);
});

test('the roles have rights that exist, each of them once', () => {
  const { scope } = access();
  const rights = file(scope, 'initial_rights.json').map(({ name }: { name: string }) => name);
  const mapping: { role: string; rights: string[] }[] = file(scope, 'initial_roles_rights_mapping.json');
  expect(mapping.map(({ role }) => role)).toEqual(
    file(scope, 'initial_roles.json').map(({ name }: { name: string }) => name),
  );
  expect(
    mapping
      .find(({ role }) => role === 'principal-investigator')
      ?.rights.slice()
      .sort(),
  ).toEqual([...rights].sort());
  for (const each of mapping) expect(rights).toEqual(expect.arrayContaining(each.rights));
  expect(
    new Set(file(scope, 'default_software.json').map(({ software_uuid }: { software_uuid: string }) => software_uuid))
      .size,
  ).toBe(40);
});

test("the project of the platform's own is always there, and first", () => {
  const names = (projects: readonly Project[]) =>
    file(access({ projects }).scope, 'initial_projects.json').map(({ name }: { name: string }) => name);
  expect(names([LUNG, ADMIN])).toEqual(['admin', 'lung']);
  expect(names([])).toEqual(['admin']);
  expect(file(access().scope, 'initial_projects.json')[0].default).toBe(true);
});

test('the projects of the settings keep their ids and namespaces', () => {
  const { scope, job } = access();
  const [wait, register] = job.initContainers;
  expect(wait.env).toEqual([{ name: 'WAIT', value: 'keycloak;aii-service;kube-helm-service' }]);
  expect(JSON.parse(values(register).PROJECTS ?? '')).toEqual([
    { id: ADMIN.id, name: 'admin', namespace: 'project-admin' },
    { id: LUNG.id, name: 'lung', namespace: 'project-lung' },
  ]);
  expect(references(register)).toMatchObject({ PGPASSWORD: 'access-information-interface-database-account/password' });
  expect(object(scope, 'ConfigMap', 'init-projects').data['register-projects.sql']).toContain(
    'on conflict (name) do nothing',
  );
});

test('Helm takes their namespaces for installed, before the job asks', () => {
  const { scope, component } = access();
  const records = objects(scope).filter(({ type }) => type === 'helm.sh/release.v1');
  expect(records.map(({ metadata }) => `${metadata.namespace} ${metadata.name}`)).toEqual([
    'helm sh.helm.release.v1.project-admin.v1',
    'helm sh.helm.release.v1.project-lung.v1',
  ]);
  expect(component.projectsReady.node.findChild('Job').node.dependencies).toContain(
    component.projectsReady.node.findChild('Release lung'),
  );
});

test('without projects there is nothing to register', () => {
  const { scope, job } = access({ projects: [] });
  expect(job.initContainers).toHaveLength(1);
  expect(objects(scope).filter(({ type }) => type === 'helm.sh/release.v1')).toEqual([]);
  expect(
    objects(scope).some(({ metadata }) => metadata.name === 'init-projects' && metadata.namespace === 'services'),
  ).toBe(true);
});

test('the job acts as the user system, by the identity provider', () => {
  const { scope, job } = access();
  expect(values(job.containers[0])).toMatchObject({
    KEYCLOAK_URL: 'http://keycloak-external-service.admin.svc',
    KAAPANA_PROJECT_USER_NAME: 'system',
  });
  expect(references(job.containers[0])).toMatchObject({
    SYSTEM_USER_PASSWORD: 'system-user-password/system-user-password',
  });
  const { ingress } = object(scope, 'NetworkPolicy', 'keycloak-external-service-80-ingress').spec;
  expect(ingress[0].from[0].podSelector.matchLabels).toEqual({ 'app.kubernetes.io/name': 'init-projects' });
  expect(
    reveal(object(scope, 'Secret', 'access-information-interface-database-account').stringData.password, () => 'x'),
  ).toBe('x');
});
