import { InstanceScope } from '../../src/settings/instance-scope';

const NAMESPACES = {
  adminNamespace: 'admin',
  servicesNamespace: 'services',
  jobsNamespace: 'jobs',
  extensionsNamespace: 'extensions',
  helmNamespace: 'default',
};
const DIRECTORIES = { fastDataDir: '/fast', slowDataDir: '/slow' };

test('the first instance has plain names', () => {
  const scope = new InstanceScope({ instanceUid: '' });
  expect(scope.instance).toBe('main');
  expect(scope.namespaces(NAMESPACES)).toEqual(NAMESPACES);
  expect(scope.directories(DIRECTORIES)).toEqual(DIRECTORIES);
  expect(scope.prefixed('minio-pv')).toBe('minio-pv');
});

test('a further instance has names of its own, but for the admin namespace', () => {
  const scope = new InstanceScope({ instanceUid: 'site2' });
  expect(scope.instance).toBe('site2');
  expect(scope.namespaces(NAMESPACES)).toEqual({
    adminNamespace: 'admin',
    servicesNamespace: 'site2-services',
    jobsNamespace: 'site2-jobs',
    extensionsNamespace: 'site2-extensions',
    helmNamespace: 'site2-default',
  });
  expect(scope.directories(DIRECTORIES)).toEqual({ fastDataDir: '/fast-site2', slowDataDir: '/slow-site2' });
  expect(scope.prefixed('minio-pv')).toBe('site2-minio-pv');
});
