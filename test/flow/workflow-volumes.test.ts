import { WorkflowVolumes } from '../../constructs/flow/workflow-volumes';
import { DynamicStorage, SHARED_DIRECTORY } from '../../constructs/kube';
import { chart, object, objects } from '../support';
import { NAMESPACE, platform } from './support';

const CLASSES = { fast: 'lh-fast', slow: 'lh-slow', workflow: 'lh-workflow' };

function volumes(shared = platform()) {
  const scope = chart();
  return {
    scope,
    component: new WorkflowVolumes(scope, 'Volumes', {
      platform: shared,
      namespace: NAMESPACE,
      fastDirectory: '/data',
    }),
  };
}

test('what projects share with Airflow is a directory of the node, whatever other data lies on', () => {
  const { scope, component } = volumes({ ...platform(), storage: new DynamicStorage(CLASSES) });
  expect(object(scope, 'PersistentVolumeClaim', component.dags.name).spec).toMatchObject({
    storageClassName: 'kaapana-hostpath',
    volumeName: 'services-dags-pv',
    resources: { requests: { storage: '1Mi' } },
  });
  expect(object(scope, 'PersistentVolume', 'services-af-plugins-pv').spec.hostPath).toEqual({
    path: '/data/workflows/plugins',
    type: 'DirectoryOrCreate',
  });
  expect(object(scope, 'PersistentVolume', 'services-af-logs-pv').metadata.annotations).toEqual({
    [SHARED_DIRECTORY]: 'true',
  });
});

test('the rest lies where such data belongs', () => {
  const { scope, component } = volumes({ ...platform(), storage: new DynamicStorage(CLASSES) });
  const spec = (name: string) => object(scope, 'PersistentVolumeClaim', name).spec;
  expect(spec(component.data.name)).toMatchObject({
    storageClassName: 'lh-workflow',
    accessModes: ['ReadWriteMany'],
    resources: { requests: { storage: '200Gi' } },
  });
  expect(spec(component.uploads.name)).toMatchObject({
    storageClassName: 'lh-fast',
    accessModes: ['ReadWriteOnce'],
    resources: { requests: { storage: '10Gi' } },
  });
  expect(spec(component.incoming.name)).toMatchObject({
    storageClassName: 'lh-fast',
    resources: { requests: { storage: '100Gi' } },
  });
});

test('no directory lies in another', () => {
  const { scope } = volumes();
  const paths = objects(scope)
    .filter(({ kind }) => kind === 'PersistentVolume')
    .map(({ spec }) => `${spec.hostPath.path}/`);
  expect(paths).toHaveLength(7);
  expect(paths).toContain('/home/kaapana/workflows/data/');
  expect(paths.filter((path) => paths.some((other) => other !== path && path.startsWith(other)))).toEqual([]);
});
