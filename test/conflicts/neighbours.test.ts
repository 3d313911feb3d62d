import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { neighbourhood } from '../../src/conflicts/neighbours';
import { environmentFile, workDirectory } from '../cli/support';
import { GUEST, type Keys, tenants, THIRD } from './support';

/** What an environment `site2` finds beside it. */
function around(site2: Keys, others: Readonly<Record<string, Keys>>): ReturnType<typeof neighbourhood> {
  const directory = workDirectory();
  for (const [name, keys] of Object.entries(others)) environmentFile(directory, `Pulumi.${name}.yaml`, keys);
  const own = tenants({ prod: {}, site2: { ...GUEST, ...site2 } })[1];
  if (!own) throw new Error('there are two');
  writeFileSync(join(directory, 'Pulumi.broken.yaml'), 'config:\n  kaapana:httpPort: x\n');
  return neighbourhood(own, directory);
}

describe('at a preview', () => {
  const peace = around({}, { prod: {}, site3: THIRD });
  const war = around(
    { httpsPort: 9443 },
    {
      prod: {},
      site3: THIRD,
      elsewhere: { httpsPort: 9443, kubeconfig: '/other' },
      more: { ...THIRD, instanceUid: 'more', domain: 'more.example.org' },
    },
  );
  const extension = around({ httpsPort: 32000 }, { prod: { extensions: [{ name: 'edk' }] } });

  const [small] = tenants({ prod: { totalMemory: '8Gi' } });
  if (!small) throw new Error('there is one');
  const alone = neighbourhood(small, workDirectory());

  test('environments that keep apart are no problem; one that cannot be read is a warning', () => {
    expect(peace).toEqual({
      conflicts: [],
      warnings: ['broken was not compared, it has mistakes: kaapana check --env broken tells them'],
    });
  });

  test("what others do to each other, or on other servers, is not this one's", () => {
    const owners = war.conflicts
      .filter(({ kind }) => kind === 'port')
      .map((conflict) => conflict.owners.map(({ environment }) => environment).sort());
    expect(owners).toEqual([
      ['more', 'site2'],
      ['site2', 'site3'],
    ]);
    expect(war.conflicts.every((conflict) => conflict.owners.some(({ environment }) => environment === 'site2'))).toBe(
      true,
    );
  });

  test('more memory than the server has is a warning where there is nobody else', () => {
    expect(alone.conflicts).toEqual([]);
    expect(alone.warnings).toEqual([
      expect.stringMatching(
        /^prod \(.*\) wants more memory than the server has, \d+Mi of 8Gi: .* tell its true size, if that is 14Gi or more\./,
      ),
    ]);
  });

  test('ports of their extensions count', () => {
    expect(extension.conflicts.map(({ what }) => what)).toEqual(['the node port 32000/TCP']);
  });
});
