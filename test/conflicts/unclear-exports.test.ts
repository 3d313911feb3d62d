import { hostOf } from '../../src/claims/claim';
import { conflicts } from '../../src/conflicts/conflicts';
import { printed } from '../findings/support';
import { type Keys, tenants } from './support';

function found(server: string, path: string, other: string, otherPath: string): string[] {
  const keys = (each: string, at: string): Keys => ({ storageProvider: 'nfs', nfs: { server: each, path: at } });
  const own = { instanceUid: 'b', serverStack: 'prod', httpPort: 0, httpsPort: 8443, dicomPort: 11113 };
  const all = tenants({ prod: keys(server, path), site2: { ...own, ...keys(other, otherPath) } }).map(
    ({ environment, settings }) => ({ environment, settings }),
  );
  return printed(conflicts(all).filter(({ rule }) => /export/.test(rule)));
}

test('exports of a server by a name and by an address are fine where no path is the other’s', () => {
  expect(found('nfs.hospital.lan', '/export/kaapana', '192.0.2.30', '/export/kaapana')).toEqual([]);
});

test('they are a warning where one path lies in the other, once for two environments', () => {
  expect(found('nfs.hospital.lan', '/export', '192.0.2.30', '/export/fast')).toEqual([
    expect.stringMatching(
      /the exports nfs\.hospital\.lan:\/export\/fast and 192\.0\.2\.30:\/export\/fast\/b\/\w+\. If these NFS servers are one, .* each would write into the data/,
    ),
  ]);
});

test('a host that a volume of the server writes otherwise is the same', () => {
  expect(hostOf('NFS.hospital.lan.')).toBe('nfs.hospital.lan');
});
