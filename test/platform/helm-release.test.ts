import { reveal, secretToken } from '../../constructs/kube';
import { HelmRelease } from '../../constructs/platform/helm-release';
import { chart, object } from '../support';

function release() {
  const scope = chart();
  new HelmRelease(scope, 'Release', {
    name: 'project-admin',
    namespace: 'helm',
    chart: { name: 'project-namespace', version: '0.6.0' },
  });
  return object(scope, 'Secret', 'sh.helm.release.v1.project-admin.v1');
}

test('Helm finds it by its labels', () => {
  const { metadata, type } = release();
  expect(type).toBe('helm.sh/release.v1');
  expect(metadata.namespace).toBe('helm');
  expect(metadata.labels).toEqual({ name: 'project-admin', owner: 'helm', status: 'deployed', version: '1' });
});

test('it tells the values that the chart would be installed with', () => {
  const scope = chart();
  new HelmRelease(scope, 'Release', {
    name: 'site',
    namespace: 'default',
    chart: { name: 'c', version: '1.0.0' },
    values: { global: { password: secretToken('a') } },
  });
  const { release: record } = object(scope, 'Secret', 'sh.helm.release.v1.site.v1').stringData;
  expect(
    JSON.parse(
      Buffer.from(
        reveal(record, () => 'a"b'),
        'base64',
      ).toString(),
    ).config,
  ).toEqual({ global: { password: 'a"b' } });
});

test('it is deployed, of the chart that would be installed, and holds no objects', () => {
  const content = JSON.parse(Buffer.from(release().stringData.release, 'base64').toString());
  expect(content).toMatchObject({
    name: 'project-admin',
    namespace: 'helm',
    version: 1,
    info: { status: 'deployed' },
    manifest: '',
  });
  expect(content.chart.metadata).toEqual({ apiVersion: 'v2', name: 'project-namespace', version: '0.6.0' });
});
