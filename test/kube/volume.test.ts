import { Construct } from 'constructs';
import { Volume } from '../../constructs/kube';
import { chart } from '../support';

const source = { name: 'source' };

test.each([
  ['a claim', Volume.claim('v', source), { persistentVolumeClaim: { claimName: 'source' } }],
  ['a Secret', Volume.secret('v', source), { secret: { secretName: 'source' } }],
  ['a ConfigMap', Volume.configMap('v', source), { configMap: { name: 'source' } }],
  [
    'a key of a ConfigMap',
    Volume.configMap('v', source, { a: 'b' }),
    { configMap: { name: 'source', items: [{ key: 'a', path: 'b' }] } },
  ],
  ['nothing', Volume.emptyDir('v'), { emptyDir: {} }],
  ['memory', Volume.emptyDir('v', { medium: 'Memory' }), { emptyDir: { medium: 'Memory' } }],
  ['a path of the node', Volume.hostPath('v', '/data'), { hostPath: { path: '/data' } }],
  [
    'a directory of the node',
    Volume.hostPath('v', '/data', 'DirectoryOrCreate'),
    { hostPath: { path: '/data', type: 'DirectoryOrCreate' } },
  ],
])('a volume of %s', (_, volume, spec) => {
  expect(JSON.parse(JSON.stringify(volume.toKube()))).toEqual({ name: 'v', ...spec });
});

test('a mount says where a container sees it', () => {
  const volume = Volume.emptyDir('v');
  expect(volume.at('/tmp')).toEqual({ volume, spec: { mountPath: '/tmp' } });
  expect(volume.at('/tmp', { subPath: 'a', readOnly: true }).spec).toEqual({
    mountPath: '/tmp',
    subPath: 'a',
    readOnly: true,
  });
});

test('what is made by a construct comes before the pod', () => {
  const owner = Object.assign(new Construct(chart(), 'Owner'), { name: 'made' });
  expect(Volume.claim('v', owner).owner).toBe(owner);
  expect(Volume.secret('v', source).owner).toBeUndefined();
  expect(Volume.hostPath('v', '/data').owner).toBeUndefined();
});
