import { inspectChart } from '../../src/charts/inspect';
import { type Environment, loadEnvironment } from '../../src/environment/load';
import { ThirdPartyExtensions } from '../../src/environment/third-party-extensions';
import { findingTexts } from '../../src/findings/texts';
import { chartStorage } from '../../src/report/chart-storage';
import { chart, renderPlainly } from '../charts/support';
import { environmentFile, kaapana, workDirectory } from '../cli/support';

/** Where charts of others keep data, and what becomes of it. */

const directory = workDirectory();

function workload(kind: string, name: string, container: string, rest = '', image = 'r.example.org/a/app:1'): string {
  return `apiVersion: apps/v1
kind: ${kind}
metadata: {name: ${name}}
spec:
  ${kind === 'StatefulSet' ? `serviceName: ${name}\n  ${rest.startsWith('volumeClaimTemplates') || rest.startsWith('replicas') ? rest : ''}` : ''}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      containers: [{name: main, image: "${image}"${container}}]
      ${kind === 'StatefulSet' ? '' : rest}
`;
}

function claim(name: string, spec: string, metadata = ''): string {
  return `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: ${name}${metadata}}\nspec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 5Gi}}${spec}}\n`;
}

const TEMPLATE =
  'volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 7Gi}}}}]';

const TEMPLATES: Readonly<Record<string, string>> = {
  'deployment.yaml': '',
  'service.yaml': '',
  'ingress.yaml': '',
  'a.yaml': workload(
    'Deployment',
    'cachey',
    ', volumeMounts: [{name: t, mountPath: /tmp}, {name: d, mountPath: /var/lib/app}]',
    'volumes: [{name: t, emptyDir: {}}, {name: d, emptyDir: {}}]',
  ),
  'b.yaml': workload('Deployment', 'bare', '', '', 'docker.io/library/postgres:16.4'),
  'c.yaml': workload(
    'Deployment',
    'claiming',
    ', volumeMounts: [{name: a, mountPath: /one}, {name: b, mountPath: /two}, {name: c, mountPath: /three}]',
    'volumes: [{name: a, persistentVolumeClaim: {claimName: plain}}, {name: b, persistentVolumeClaim: {claimName: kept}}, {name: c, persistentVolumeClaim: {claimName: ours}}]',
  ),
  'c1.yaml': claim('plain', ''),
  'c2.yaml': claim('kept', ', storageClassName: ceph', ', annotations: {helm.sh/resource-policy: keep}'),
  'c3.yaml': claim('ours', ', storageClassName: kaapana-hostpath-fast-data-dir'),
  'd.yaml': workload(
    'StatefulSet',
    'stateful',
    ', volumeMounts: [{name: data, mountPath: /var/lib/x}]',
    `replicas: 3\n  ${TEMPLATE}`,
  ),
  'e.yaml': workload(
    'StatefulSet',
    'fleeting',
    ', volumeMounts: [{name: data, mountPath: /var/lib/x}]',
    `${TEMPLATE}\n  persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete}`,
  ),
  'f.yaml': workload(
    'Deployment',
    'local',
    ', volumeMounts: [{name: h, mountPath: /files}]',
    'volumes: [{name: h, hostPath: {path: /home/kaapana/local, type: DirectoryOrCreate}}]',
  ),
};

let file: string;
let environment: Environment;

beforeAll(() => {
  file = environmentFile(directory, 'Pulumi.site.yaml', { serverIp: '192.0.2.10', domain: 'a.example.org' });
  const extensions = new ThirdPartyExtensions(file);
  const packed = chart(TEMPLATES);
  const choices = { set: [], secret: [], withoutRemovalHooks: false };
  extensions.add(inspectChart(packed, choices, extensions.settings, renderPlainly), packed, undefined);
  environment = loadEnvironment(file);
});

test('all of it is listed, with what becomes of it', () => {
  const rows = chartStorage(environment.graph, ['viewer']).map(({ path, claim: of, size, pods, holds }) =>
    [pods.join(', '), path, of, size, holds.replace(' of the chart viewer', '')].join(' | '),
  );
  expect(rows.sort()).toEqual([
    'Deployment bare | the container itself | - |  | data; lost when the pod ends: by an update, a restart of the node, a move',
    'Deployment cachey | emptyDir of the pod | - |  | data at /var/lib/app; lost when the pod ends: by an update, a restart of the node, a move',
    'Deployment cachey | emptyDir of the pod | - |  | files at /tmp; until the pod ends',
    'Deployment claiming | class ceph | services/kept | 5Gi | data at /two; the claim stays when the chart is removed',
    'Deployment claiming | class kaapana-hostpath-fast-data-dir | services/ours | 5Gi | data at /three; the claim goes with the chart, its volume stays',
    'Deployment claiming | default class of the server | services/plain | 5Gi | data at /one; goes with the chart, unless its class retains volumes',
    'Deployment local | /home/kaapana/local | - |  | data at /files; stays on the node that it was written on, also after the chart is removed',
    'StatefulSet fleeting | default class of the server | services/data-fleeting-0 | 7Gi | data at /var/lib/x; goes with the chart, unless its class retains volumes',
    'StatefulSet stateful | default class of the server | services/data-stateful-0 to 2 | 7Gi | data at /var/lib/x; the claims stay when the chart is removed or has fewer replicas',
  ]);
});

test('what is lost is warned of, and nothing else', () => {
  const lost = environment.warnings.filter(({ rule }) => rule.startsWith('lost-with-'));
  expect(lost.map(({ rule, subject }) => [rule, subject.kind === 'object' ? subject.id : '']).sort()).toEqual([
    ['lost-with-extension', 'PersistentVolumeClaim/services/plain'],
    ['lost-with-extension', 'StatefulSet/services/fleeting'],
    ['lost-with-pod', 'Deployment/services/bare'],
    ['lost-with-pod', 'Deployment/services/cachey'],
  ]);
  const { warnings } = findingTexts(lost, environment.howTo);
  expect(warnings).toEqual(
    expect.arrayContaining([
      expect.stringMatching(
        /^Deployment\/services\/cachey of the chart viewer keeps its data \(\/var\/lib\/app\) in an emptyDir: it is lost when/,
      ),
      expect.stringMatching(/^Deployment\/services\/bare .* in the container itself: .*persistence\.enabled/),
      expect.stringMatching(
        /^the data in the claim plain .*the default class of the server retains.*helm\.sh\/resource-policy: keep/,
      ),
    ]),
  );
});

test('the command lists it with the rest, and its directories of nodes', () => {
  expect(kaapana(['storage', '--env', file]).stdout).toMatch(/default class of the server +5Gi +services\/plain/);
  expect(kaapana(['storage', '--env', file, '--directories']).stdout.split('\n')).toContain('/home/kaapana/local');
});

test('whoever removes the chart is told which claims go with it', () => {
  const { status, stdout } = kaapana(['extension', 'remove', 'viewer', '--env', file]);
  expect(status).toBe(0);
  expect(stdout).toMatch(/These claims go too, .*: services\/plain, services\/ours\. Copy it before/);
});
