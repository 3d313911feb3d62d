import { isDatabase, isDataPath, isScratchPath } from '../../src/charts/data-paths';

test.each([
  ['/var/lib/postgresql/data', 'v'],
  ['/var/lib/orthanc/db', 'x'],
  ['/data', 'x'],
  ['/data/db', 'x'],
  ['/bitnami/mariadb', 'x'],
  ['/usr/share/elasticsearch/data', 'x'],
  ['/srv/files', 'x'],
  ['/opt/app/uploads', 'x'],
  ['/opt/app/x', 'app-data'],
  ['/var/opt/mssql', 'x'],
  ['/pgdata1', 'x'],
])('%s in the volume %s is data', (path, volume) => {
  expect(isDataPath(path, volume)).toBe(true);
});

test.each([
  ['/tmp', 'tmp'],
  ['/tmp/data', 'data'],
  ['/var/run/app', 'run'],
  ['/var/cache/nginx', 'cache'],
  ['/var/lib/nginx', 'x'],
  ['/dev/shm', 'dshm'],
  ['/data/cache', 'x'],
  ['/var/log/app', 'logs'],
  ['/etc/app', 'config'],
  ['/opt/app/plugins', 'plugins'],
  ['/home/app/.cache', 'x'],
  ['/opt/app', 'app'],
])('%s in the volume %s is nothing that anybody misses', (path, volume) => {
  expect(isDataPath(path, volume)).toBe(false);
});

test('a database is known by its image', () => {
  const images = [
    'postgres:16.4',
    'docker.io/bitnami/postgresql:16',
    'ghcr.io/a/orthanc-plugins:1',
    'quay.io/x/mongo:7',
  ];
  expect(images.filter((image) => !isDatabase(image))).toEqual([]);
  const others = ['quay.io/prometheuscommunity/postgres-exporter:1', 'nginx:1', 'ghcr.io/a/mysql-operator:1'];
  expect(others.filter((image) => isDatabase(image))).toEqual([]);
  expect(isScratchPath('/tmp/x')).toBe(true);
});
