import { gzipSync } from 'node:zlib';
import { inspectChart, RefusedChart } from '../../src/charts/inspect';
import { settings } from '../settings/support';
import { chart, CHART_YAML, DEPLOYMENT, type Entry, INGRESS, packed, renderPlainly, SERVICE, tarball } from './support';

/**
 * Archives and charts that somebody made by mistake or in bad faith. Nothing here starts a program or asks a cluster.
 */

function reasons(file: Buffer, set: readonly string[] = [], secret: readonly string[] = []): readonly string[] {
  try {
    inspectChart(file, { set, secret, withoutRemovalHooks: false }, settings(), renderPlainly);
  } catch (problem) {
    if (problem instanceof RefusedChart) return problem.reasons;
    throw problem;
  }
  return [];
}

const withEntry = (...entries: Entry[]): Buffer =>
  packed({ 'Chart.yaml': CHART_YAML, 'templates/a.yaml': DEPLOYMENT }, entries);
const object = (kind: string, apiVersion: string, rest: string): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: x}\n${rest}`;
const other = (text: string): Buffer => chart({ 'other.yaml': text });
const pod = (change: string, container = ''): Buffer =>
  chart({
    'deployment.yaml': `${DEPLOYMENT.replace('    spec:\n      containers:', `    spec:\n${change}      containers:`)}${container}`,
  });

test('a chart as it should be has no reason to be refused', () => {
  expect(reasons(chart())).toEqual([]);
});

describe('archives', () => {
  const whole = tarball([{ path: 'viewer/Chart.yaml', content: CHART_YAML }]);
  test.each<[string, Buffer, string]>([
    ['no gzip', Buffer.from('PK not at all'), 'it is not compressed by gzip'],
    ['an empty file', Buffer.alloc(0), 'it is not compressed by gzip'],
    ['half a gzip', gzipSync(whole).subarray(0, 60), 'it is not a whole gzip file'],
    ['no tar', gzipSync('hello'), 'there is no tar archive in it'],
    ['gzip in gzip', gzipSync(gzipSync(whole)), 'there is no tar archive in it'],
    ['a bomb', gzipSync(Buffer.alloc(60 * 2 ** 20)), 'it unpacks to more than 52428800 bytes'],
    ['too many bytes', Buffer.alloc(11 * 2 ** 20), 'it has 11534336 bytes, 10485760 are allowed'],
    [
      'half a tar',
      gzipSync(whole.subarray(0, 520)),
      'it is damaged: Truncated input (needed 512 more bytes, only 8 available)',
    ],
    [
      'a symbolic link',
      withEntry({ path: 'viewer/templates/b.yaml', type: 'SymbolicLink', linkpath: '/etc/passwd' }),
      'viewer/templates/b.yaml is a link to /etc/passwd; pack the chart by helm package, which takes the file itself',
    ],
    [
      'a hard link',
      withEntry({ path: 'viewer/files/b', type: 'Link', linkpath: 'viewer/Chart.yaml' }),
      'viewer/files/b is a link to viewer/Chart.yaml; pack the chart by helm package, which takes the file itself',
    ],
    [
      'traversal',
      withEntry({ path: 'viewer/../../etc/cron.d/x' }),
      'viewer/../../etc/cron.d/x leads out of the archive',
    ],
    ['an absolute path', withEntry({ path: '/etc/cron.d/x' }), '/etc/cron.d/x is an absolute path'],
    ['a drive', withEntry({ path: 'C:/x' }), 'C:/x is an absolute path'],
    [
      'a backslash',
      withEntry({ path: 'viewer/files/..\\..\\x' }),
      'viewer/files/..\\\\..\\\\x leads out of the archive',
    ],
    [
      'control characters',
      withEntry({ path: 'viewer/files/\u001b[2J' }),
      'viewer/files/\\u001b[2J is not a plain path',
    ],
    [
      'a device',
      withEntry({ path: 'viewer/files/null', type: 'CharacterDevice' }),
      'viewer/files/null is not a file, but of the type CharacterDevice',
    ],
    [
      'a block device',
      withEntry({ path: 'viewer/files/sda', type: 'BlockDevice' }),
      'viewer/files/sda is not a file, but of the type BlockDevice',
    ],
    [
      'a pipe',
      withEntry({ path: 'viewer/files/pipe', type: 'FIFO' }),
      'viewer/files/pipe is not a file, but of the type FIFO',
    ],
    [
      'a file that is a folder',
      withEntry({ path: 'viewer/files/x', content: 'x' }, { path: 'viewer/files/x/y', content: 'x' }),
      'files/x/y lies below a file',
    ],
    ['a file twice', withEntry({ path: 'viewer/Chart.yaml', content: 'x' }), 'viewer/Chart.yaml is there twice'],
    ['two folders', withEntry({ path: 'other/Chart.yaml', content: 'x' }), 'other/Chart.yaml lies in a second folder'],
    [
      'a file at the top',
      withEntry({ path: 'Chart.yaml', content: 'x' }),
      'Chart.yaml lies at the top, and not in the folder of a chart',
    ],
    [
      'an archive in it',
      withEntry({ path: 'viewer/charts/x-1.0.0.tgz', content: 'x' }),
      'charts/x-1.0.0.tgz: it is not compressed by gzip',
    ],
    [
      'a large file',
      withEntry({ path: 'viewer/files/x', content: Buffer.alloc(5 * 2 ** 20 + 1) }),
      'viewer/files/x has 5242881 bytes, 5242880 are allowed',
    ],
    [
      'many entries',
      withEntry(...Array.from({ length: 5000 }, (_, index) => ({ path: `viewer/files/${index}` }))),
      'it has more than 5000 entries',
    ],
    [
      'deep folders',
      withEntry({ path: `viewer/files/${'x/'.repeat(12)}y` }),
      `viewer/files/${'x/'.repeat(12)}y lies more than 12 folders deep`,
    ],
    ['no chart', packed({ 'README.md': 'x' }), 'it holds no chart: there is no Chart.yaml in a folder at its top'],
  ])('%s', (_, file, reason) => {
    expect(reasons(file)).toContain(reason);
  });

  test('has all of its reasons named at once', () => {
    const file = withEntry(
      { path: '/x' },
      { path: 'viewer/y', type: 'SymbolicLink', linkpath: 'z' },
      { path: 'viewer/\u0007.sh' },
    );
    expect(reasons(file)).toEqual([
      '/x is an absolute path',
      'viewer/y is a link to z; pack the chart by helm package, which takes the file itself',
      'viewer/\\u0007.sh is not a plain path',
    ]);
  });
});

describe('what a chart says of itself', () => {
  const values = (text: string): Buffer => chart({}, `extension_params:\n${text}`);
  test.each<[string, Buffer, string]>([
    [
      'no YAML',
      chart({}, '', 'name: [viewer'),
      'Chart.yaml is not YAML: Flow sequence in block collection must be sufficiently indented and end with a ] at line 1, column 14:',
    ],
    ['a list', chart({}, '', '- x'), 'Chart.yaml must be a mapping of keys to values'],
    [
      'a name of signs',
      chart({}, '', CHART_YAML.replace('name: viewer', 'name: ../viewer')),
      'Chart.yaml: its name may have only letters, digits, dots, dashes and _',
    ],
    [
      'no version',
      chart({}, '', 'apiVersion: v2\nname: viewer'),
      'Chart.yaml: its version is not valid; write three numbers in quotes, such as "1.0.0"',
    ],
    [
      'no version of Helm',
      chart({}, '', CHART_YAML.replace('v2', 'v9')),
      'Chart.yaml: its apiVersion is neither v1 nor v2',
    ],
    ['a library', chart({}, '', `${CHART_YAML}type: library`), 'it is a library, and deploys nothing'],
    [
      'aliases of aliases',
      chart({}, `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [${'*a,'.repeat(9)}]\nc: [${'*b,'.repeat(20)}]\n`),
      'values.yaml is not YAML: Excessive alias count indicates a resource exhaustion attack',
    ],
    [
      'an unknown type',
      values(' a: {type: code, default: x}'),
      'values.yaml: the parameter "a" has none of the types string, bool, list_single, list_multi',
    ],
    ['no choices', values(' a: {type: list_single, default: x}'), 'values.yaml: the parameter "a" has no choices'],
    [
      'a default that is no choice',
      values(' a: {type: list_multi, default: [x], value: [y]}'),
      'values.yaml: the parameter "a" has a default that is none of its choices',
    ],
    [
      'a parameter of signs',
      values(' "a;b": {type: string, default: x}'),
      'values.yaml: the parameter "a;b" has a name with other signs than letters, digits and _',
    ],
  ])('%s', (_, file, reason) => {
    expect(reasons(file)).toContain(reason);
  });
});

describe('values that somebody chose', () => {
  const file = chart(
    {},
    'extension_params:\n  mode: {type: list_single, default: a, value: [a, b]}\n  many: {type: list_multi, default: [a], value: [a, b]}\n  fast: {type: bool, default: false}\n  password: {type: string, default: ""}\nreplicas: {count: "1", live: true}\n',
  );
  test.each<[string, string[], string[], string]>([
    ['an unknown key', ['mood=a'], [], '"mood" is neither a parameter nor a value of the chart. Did you mean mode?'],
    [
      'a group',
      ['replicas=2'],
      [],
      'replicas: it is a group of values: write the name of one, with a dot; --values gives a whole group',
    ],
    ['no choice', ['mode=c'], [], 'mode: "c" is not one of a, b'],
    ['one wrong choice of several', ['many=a,c'], [], 'many: "c" is not one of a, b'],
    ['neither true nor false', ['fast=yes'], [], 'fast: "yes" is neither true nor false'],
    ['neither true nor false, of a value', ['replicas.live=1'], [], 'replicas.live: "1" is neither true nor false'],
    ['no value', ['mode'], [], '--set "mode" is not of the form key=value'],
    [
      'a credential in plain sight',
      ['password=x'],
      [],
      '--set password: its name says so. A credential does not belong on a command line, which everybody on the machine can read, nor into the file of the environment. Pass it with --secret password; if it is no credential, add --plain password',
    ],
    [
      'an unknown credential',
      [],
      ['key'],
      '--secret "key" is neither a parameter nor a value of the chart. Did you mean mode?',
    ],
    [
      'a prototype',
      ['__proto__.x=1'],
      [],
      '"__proto__.x" is neither a parameter nor a value of the chart. The nearest are password, mode, fast.',
    ],
  ])('%s', (_, set, secret, reason) => {
    const [found, ...more] = reasons(file, set, secret);
    expect(found?.replace(/(Did you mean|The nearest are) .*/, '')).toBe(
      reason.replace(/(Did you mean|The nearest are) .*/, ''),
    );
    expect(more).toEqual([]);
  });

  test('an unknown project, and a name that is none', () => {
    const choices = { set: [], secret: [], withoutRemovalHooks: false, project: 'nobody', as: 'Big_One' };
    expect(() => inspectChart(file, choices, settings(), renderPlainly)).toThrow(
      /"Big_One" is not a name.*\n.*"nobody" is not one of the projects admin/,
    );
  });
});

describe('objects', () => {
  const DEPLOYED = 'Deployment services/viewer:';
  test.each<[string, Buffer, string]>([
    ['nothing', chart({ 'deployment.yaml': '', 'service.yaml': '', 'ingress.yaml': '' }), 'it renders to nothing'],
    ['a text', other('hello'), 'it renders to something that is not an object: "a text or list"'],
    ['no name', other('kind: Service\napiVersion: v1\n'), 'a Service has no name'],
    [
      'a key twice',
      other('kind: Service\nkind: Secret\n'),
      'what it renders to has the key kind twice, with "Service" and with "Secret"',
    ],
    [
      'the admin namespace',
      chart({ 'service.yaml': SERVICE.replace('{name: viewer}', '{name: viewer, namespace: admin}') }),
      'Service admin/viewer: its namespace is none of those that it may use: services, project-admin',
    ],
    [
      'another namespace',
      chart({ 'service.yaml': SERVICE.replace('{name: viewer}', '{name: viewer, namespace: kube-system}') }),
      'Service kube-system/viewer: its namespace is none of those that it may use: services, project-admin',
    ],
    [
      'a cluster-wide right',
      other(object('ClusterRole', 'rbac.authorization.k8s.io/v1', 'rules: []')),
      'ClusterRole services/x: it is a cluster-wide object, which extensions do not get; to do without it, add the chart with --without ClusterRole',
    ],
    [
      'a cluster-wide binding',
      other(object('ClusterRoleBinding', 'rbac.authorization.k8s.io/v1', '')),
      'ClusterRoleBinding services/x: it is a cluster-wide object, which extensions do not get; to do without it, add the chart with --without ClusterRoleBinding',
    ],
    [
      'a webhook',
      other(object('MutatingWebhookConfiguration', 'admissionregistration.k8s.io/v1', '')),
      'MutatingWebhookConfiguration services/x: it is a cluster-wide object, which extensions do not get; to do without it, add the chart with --without MutatingWebhookConfiguration',
    ],
    [
      'a volume',
      other(object('PersistentVolume', 'v1', 'spec: {hostPath: {path: /home/kaapana/x}}')),
      'PersistentVolume x: no claim of the chart takes it; write its name as volumeName into the claim',
    ],
    [
      'an object in a list',
      other(`apiVersion: v1\nkind: List\nitems:\n- ${object('Namespace', 'v1', '').trim().replaceAll('\n', '\n  ')}\n`),
      'Namespace services/x: it is a cluster-wide object, which extensions do not get; to do without it, add the chart with --without Namespace',
    ],
    [
      'a bare pod',
      other(object('Pod', 'v1', '')),
      'Pod services/x: objects of this kind are not deployed; to do without it, add the chart with --without Pod. Allowed are ConfigMap, DaemonSet, Deployment, HorizontalPodAutoscaler, Ingress, Job, Middleware, NetworkPolicy, PersistentVolumeClaim, PodDisruptionBudget, Role, RoleBinding, Secret, Service, ServiceAccount, StatefulSet',
    ],
    [
      'a kind of another group',
      other(object('Deployment', 'example.org/v1', '')),
      'Deployment services/x: its apiVersion example.org/v1 is not apps/v1',
    ],
    ['an object twice', other(SERVICE), 'Service services/viewer: it is there 2 times'],
    [
      'the whole node',
      pod('      volumes: [{name: root, hostPath: {path: /}}]\n'),
      `${DEPLOYED} its volume root is the path "/" of the node, which lies outside of the data directories /home/kaapana`,
    ],
    [
      'a way out of the data directory',
      pod('      volumes: [{name: v, hostPath: {path: /home/kaapana/../../etc}}]\n'),
      `${DEPLOYED} its volume v is the path "/home/kaapana/../../etc" of the node, which is not a plain absolute path`,
    ],
    [
      'a directory beside the data',
      pod('      volumes: [{name: v, hostPath: {path: /home/kaapana-other/x}}]\n'),
      `${DEPLOYED} its volume v is the path "/home/kaapana-other/x" of the node, which lies outside of the data directories /home/kaapana`,
    ],
    [
      'a socket',
      pod('      volumes: [{name: v, hostPath: {path: /home/kaapana/x, type: Socket}}]\n'),
      `${DEPLOYED} its volume v is a "Socket" of the node and no directory`,
    ],
    [
      'NFS',
      pod('      volumes: [{name: v, nfs: {server: evil.example.org, path: /}}]\n'),
      `${DEPLOYED} its volume v is of the type nfs, which is not allowed`,
    ],
    [
      "the object store's data",
      pod('      volumes: [{name: v, persistentVolumeClaim: {claimName: minio-pv-claim}}]\n'),
      `${DEPLOYED} it uses the PersistentVolumeClaim minio-pv-claim, which is neither the chart's nor offered to extensions; these are: dags-pv-claim, af-plugins-pv-claim, models-pv-claim, workflow-data-pv-claim`,
    ],
    [
      'a Secret of the platform',
      pod('      volumes: [{name: v, secret: {secretName: minio-account}}]\n'),
      `${DEPLOYED} it uses the Secret minio-account, which is neither the chart's nor offered to extensions; these are: project-user-credentials`,
    ],
    [
      'a Secret of the platform, in the environment',
      pod('', '        envFrom: [{secretRef: {name: minio-account}}]\n'),
      `${DEPLOYED} it uses the Secret minio-account, which is neither the chart's nor offered to extensions; these are: project-user-credentials`,
    ],
    [
      'privileged',
      pod('', '        securityContext: {privileged: true}\n'),
      `${DEPLOYED} its container viewer runs privileged`,
    ],
    [
      'privileged as a text',
      pod('', '        securityContext: {privileged: "true"}\n'),
      `${DEPLOYED} its container viewer runs privileged`,
    ],
    [
      'a capability',
      pod('', '        securityContext: {capabilities: {add: [CAP_SYS_ADMIN, CHOWN]}}\n'),
      `${DEPLOYED} its container viewer adds the capability SYS_ADMIN`,
    ],
    [
      'all capabilities',
      pod('', '        securityContext: {capabilities: {add: [ALL]}}\n'),
      `${DEPLOYED} its container viewer adds the capability ALL`,
    ],
    [
      'no seccomp',
      pod('      securityContext: {seccompProfile: {type: Unconfined}}\n'),
      `${DEPLOYED} its pods switch off the profile of seccomp or AppArmor`,
    ],
    [
      "the node's network",
      pod('      hostNetwork: true\n'),
      `${DEPLOYED} its pods ask for hostNetwork, the network or processes of the node itself`,
    ],
    [
      "the node's processes",
      pod('      hostPID: true\n'),
      `${DEPLOYED} its pods ask for hostPID, the network or processes of the node itself`,
    ],
    [
      'a port of the node',
      chart({ 'deployment.yaml': DEPLOYMENT.replace('{containerPort: 8080}', '{containerPort: 8080, hostPort: 443}') }),
      `${DEPLOYED} its container viewer listens at the port 443 of the node`,
    ],
    [
      'a node of its own',
      pod('      nodeName: master\n'),
      `${DEPLOYED} its pods choose their node by nodeName, past the scheduler`,
    ],
    [
      "Kubernetes' own priority",
      pod('      priorityClassName: system-node-critical\n'),
      `${DEPLOYED} its pods have the priority system-node-critical, which is Kubernetes' own`,
    ],
    [
      "somebody else's account",
      pod('      serviceAccountName: airflow\n'),
      `${DEPLOYED} its pods act by the service account airflow, which is not the chart's`,
    ],
    [
      'an image from anywhere',
      chart({ 'deployment.yaml': DEPLOYMENT.replace('registry.example.com/group/viewer:1.2.3', 'group/viewer:1.2.3') }),
      `${DEPLOYED} its container viewer: its image group/viewer:1.2.3 names no registry; write registry.example.org/...`,
    ],
    [
      'an image that changes',
      chart({ 'deployment.yaml': DEPLOYMENT.replace('viewer:1.2.3', 'viewer:latest') }),
      `${DEPLOYED} its container viewer: its image registry.example.com/group/viewer:latest has no tag that stays the same`,
    ],
    [
      'a node port',
      chart({ 'service.yaml': SERVICE.replace('spec:', 'spec:\n  type: NodePort') }),
      'Service services/viewer: it is of the type NodePort; only an Ingress, behind the login, may let users in',
    ],
    [
      "somebody else's host",
      chart({ 'service.yaml': SERVICE.replace('spec:', 'spec:\n  externalName: keycloak.admin.svc') }),
      'Service services/viewer: it stands for addresses outside of the cluster',
    ],
    [
      'a way past the login',
      chart({ 'ingress.yaml': INGRESS.replace('entrypoints: websecure', 'entrypoints: web') }),
      'Ingress services/viewer: its annotation traefik.ingress.kubernetes.io/router.entrypoints is not "websecure", where the login is',
    ],
    [
      'precedence',
      chart({
        'ingress.yaml': INGRESS.replace(
          'websecure}',
          'websecure, traefik.ingress.kubernetes.io/router.priority: "9999"}',
        ),
      }),
      'Ingress services/viewer: its annotation traefik.ingress.kubernetes.io/router.priority is not allowed',
    ],
    [
      'every path',
      chart({ 'ingress.yaml': INGRESS.replace('path: /viewer', 'path: /') }),
      'Ingress services/viewer: it takes requests for the path "/"; write a path of its own, e.g. /my-application',
    ],
    [
      'another host',
      chart({ 'ingress.yaml': INGRESS.replace('- http:', '- host: bank.example.com\n    http:') }),
      'Ingress services/viewer: it takes requests for the host "bank.example.com", and not the platform\'s',
    ],
    [
      'a middleware that asks elsewhere',
      other(object('Middleware', 'traefik.io/v1alpha1', 'spec: {forwardAuth: {address: http://evil.example.org}}')),
      'Middleware services/x: it is a middleware forwardAuth, which is not allowed',
    ],
    [
      'a policy for all pods',
      other(object('NetworkPolicy', 'networking.k8s.io/v1', 'spec: {podSelector: {}, ingress: [{}]}')),
      "NetworkPolicy services/x: it is about other pods than the chart's own",
    ],
    [
      'the right to read secrets',
      other(
        object(
          'Role',
          'rbac.authorization.k8s.io/v1',
          'rules: [{apiGroups: [""], resources: [secrets], verbs: [get]}]',
        ),
      ),
      'Role services/x: it lets pods read "secrets"',
    ],
    [
      'the right to make pods',
      other(
        object(
          'Role',
          'rbac.authorization.k8s.io/v1',
          'rules: [{apiGroups: [""], resources: [pods], verbs: [create]}]',
        ),
      ),
      'Role services/x: it lets pods "create" pods; only get, list and watch are allowed',
    ],
    [
      "an administrator's rights",
      other(
        object(
          'RoleBinding',
          'rbac.authorization.k8s.io/v1',
          'roleRef: {kind: ClusterRole, name: cluster-admin}\nsubjects: []',
        ),
      ),
      "RoleBinding services/x: it gives the rights of the ClusterRole cluster-admin, which is not the chart's",
    ],
    [
      'the token of somebody else',
      other(object('Secret', 'v1', 'type: kubernetes.io/service-account-token')),
      'Secret services/x: it is of the type "kubernetes.io/service-account-token", which is not allowed',
    ],
    [
      'data of somebody else',
      other(object('PersistentVolumeClaim', 'v1', 'spec: {volumeName: services-minio-pv}')),
      'PersistentVolumeClaim services/x: it chooses existing data by volumeName',
    ],
    [
      'a hook at removal',
      other(object('Job', 'batch/v1', '').replace('{name: x}', '{name: x, annotations: {helm.sh/hook: pre-delete}}')),
      'Job services/x: it is a hook for pre-delete: nothing is run when objects are removed or rolled back. To do without such hooks, add the chart with --without-removal-hooks',
    ],
    [
      'a hook at upgrades alone',
      other(object('ConfigMap', 'v1', '').replace('{name: x}', '{name: x, annotations: {helm.sh/hook: pre-upgrade}}')),
      'ConfigMap services/x: it is a hook for pre-upgrade alone: an object that is deployed is there from the start, and is made anew when it changes. To do without it, add the chart with --without',
    ],
    [
      'orders to the bridge',
      other(
        object('ConfigMap', 'v1', '').replace('{name: x}', '{name: x, annotations: {pulumi.com/patchForce: "true"}}'),
      ),
      'ConfigMap services/x: its label or annotation pulumi.com/patchForce is for this program alone',
    ],
    [
      'finalizers',
      other(object('ConfigMap', 'v1', '').replace('{name: x}', '{name: x, finalizers: [example.org/never]}')),
      'ConfigMap services/x: it has ownerReferences, finalizers or a generateName',
    ],
    [
      "the administrator's password",
      other(object('Secret', 'v1', 'stringData: {a: "{{ .Values.global.credentials_keycloak_admin_password }}"}')),
      "Secret services/x: stringData.a holds the credential credentials_keycloak_admin_password, which extensions do not get; for a value of the chart's own, add it with --secret credentials_keycloak_admin_password",
    ],
    [
      'a credential in plain sight',
      other(object('ConfigMap', 'v1', 'data: {a: "{{ .Values.global.credentials_minio_password }}"}')),
      'ConfigMap services/x: data.a holds the credential credentials_minio_password in plain text; put it in a Secret or an environment variable',
    ],
    [
      'a credential within a variable that others are put into',
      pod('', '        env: [{name: URL, value: "http://$(A):{{ .Values.global.credentials_minio_password }}@b"}]\n'),
      `${DEPLOYED} spec.template.spec.containers[0].env[0].value holds the credential credentials_minio_password in plain text; put it in a Secret or an environment variable`,
    ],
    [
      'tokens of this program',
      other(object('Secret', 'v1', 'stringData: {a: "\uE000credentials.keycloakAdminPassword\uE001"}')),
      'Secret services/x: stringData.a holds signs that stand for secrets of this program',
    ],
    [
      'a number as data',
      other(object('ConfigMap', 'v1', 'data: {a: 5}')),
      'ConfigMap services/x: its data a must be a string; put it in quotes',
    ],
    [
      'a number in the environment',
      pod('', '        env: [{name: NUMBER, value: 5}]\n'),
      `${DEPLOYED} its container viewer: the environment variable NUMBER must be a string; put it in quotes`,
    ],
  ])('%s', (_, file, reason) => {
    expect(reasons(file)).toEqual([reason]);
  });

  test('have all of their reasons named at once', () => {
    const found = reasons(
      chart({
        'deployment.yaml': DEPLOYMENT.replace('    spec:\n', '    spec:\n      hostNetwork: true\n').replace(
          'viewer:1.2.3',
          'viewer',
        ),
        'service.yaml': SERVICE.replace('spec:', 'spec:\n  type: LoadBalancer'),
        'role.yaml': object('ClusterRole', 'rbac.authorization.k8s.io/v1', ''),
      }),
    );
    expect(found).toHaveLength(4);
    expect(found.join('\n')).toMatch(/hostNetwork[^]*no tag[^]*LoadBalancer[^]*cluster-wide/);
  });
});
