import { environmentFile, kaapana, workDirectory } from './support';

const directory = workDirectory();

/** The directories that are listed for an environment with `keys`. */
function directories(name: string, keys: Readonly<Record<string, unknown>>): string[] {
  const { status, stdout, stderr } = kaapana([
    'storage',
    '--env',
    environmentFile(directory, `Pulumi.${name}.yaml`, keys),
    '--directories',
  ]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout.trimEnd().split('\n');
}

test('directories can be listed by themselves, each once, as somebody has to make them on an NFS server', () => {
  const onNodes = directories('nodes', {});
  expect(onNodes).toContain('/home/kaapana/keycloak');
  expect(new Set(onNodes).size).toBe(onNodes.length);
  expect(directories('nas', { enableNfs: true, nfs: { server: 'nas', path: '/export' } })).toContain(
    '/export/fast/keycloak',
  );
});

test('volumes of a storage class have none', () => {
  expect(
    directories('ceph', { storageProvider: 'class', storageClasses: { fast: 'ceph' }, volumeSlowData: '1Ti' }).filter(
      (line) => !line.startsWith('/'),
    ),
  ).toEqual([]);
});
