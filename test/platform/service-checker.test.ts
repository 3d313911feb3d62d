import { externalAddress, Images } from '../../constructs/kube';
import type { ImageName } from '../../constructs/platform/images';
import { serviceChecker } from '../../constructs/platform/service-checker';

const images = new Images<ImageName>({ registry: 'registry.example.org/kaapana', tag: '0.6.0', pullPolicy: 'Always' });
const database = externalAddress('tcp://hello-postgres-service.services.svc:5432');
const minio = externalAddress('http://minio-service.services.svc:9000');

test('it looks at ports, one after the other, every three seconds', () => {
  const container = serviceChecker(images)([{ address: database }, { address: minio, label: 'store' }]);
  expect(container).toEqual({
    name: 'init',
    image: 'registry.example.org/kaapana/service-checker:0.6.0',
    env: {
      WAIT: 'hello-postgres,hello-postgres-service.services.svc,5432;store,minio-service.services.svc,9000',
      DELAY: '3',
      TIMEOUT: '10',
    },
  });
});

test('it asks for a path where there is one', () => {
  const { env } = serviceChecker(images)([{ address: minio, path: '/minio/health/live' }]);
  expect(env?.WAIT).toBe('minio,minio-service.services.svc,9000,/minio/health/live');
});

test('it looks as often as asked', () => {
  expect(serviceChecker(images)([{ address: minio }], 5).env?.DELAY).toBe('5');
});

test('a path by TLS is asked at port 443 alone, as the program takes the scheme from the number', () => {
  const waitFor = serviceChecker(images);
  expect(() => waitFor([{ address: externalAddress('https://keycloak.admin.svc'), path: '/auth' }])).not.toThrow();
  expect(() => waitFor([{ address: externalAddress('https://keycloak.admin.svc:8443'), path: '/auth' }])).toThrow(
    'cannot wait for https://keycloak.admin.svc:8443/auth: port 8443 is asked by http',
  );
});

test('it looks for files, with or without ports', () => {
  expect(serviceChecker(images)([], 5, ['/dags/a', '/dags/b']).env).toEqual({
    FILES_AND_FOLDERS_EXISTS: '/dags/a;/dags/b',
    DELAY: '5',
    TIMEOUT: '10',
  });
  expect(serviceChecker(images)([{ address: minio }], 5, ['/dags/a']).env).toMatchObject({
    WAIT: 'minio,minio-service.services.svc,9000',
    FILES_AND_FOLDERS_EXISTS: '/dags/a',
  });
});
