import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { neighbourhood } from '../../src/conflicts/neighbours';
import { environmentFile, workDirectory } from '../cli/support';
import { printed } from '../findings/support';
import { GUEST, type Keys, tenants, THIRD, told } from './support';

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
    expect(printed(peace)).toEqual([
      'broken was not compared, because it has errors. List them: kaapana check --env broken',
    ]);
    expect(peace).toMatchObject([{ rule: 'uncompared-environment', severity: 'warning' }]);
  });

  const directory = workDirectory();
  environmentFile(directory, 'Pulumi.prod.yaml', {});
  environmentFile(directory, 'Pulumi.site2.yaml', { ...GUEST, httpsPort: 443 });
  const both = tenants({ prod: {}, site2: { ...GUEST, httpsPort: 443 } });
  const rivals = (own: string, from?: string): string[] =>
    both
      .filter(({ environment }) => environment === own)
      .flatMap((each) => printed(neighbourhood(each, directory, from).filter(({ rule }) => rule === 'shared-port')));

  test('commands for another environment name its file only where Pulumi would not find it', () => {
    expect(rivals('prod', directory)).toEqual([
      expect.stringContaining('pulumi config set --stack site2 kaapana:httpsPort 8443'),
    ]);
    expect(rivals('prod', directory)).toEqual([expect.not.stringContaining('--config-file')]);
    expect(rivals('prod')).toEqual([expect.stringMatching(/--stack site2 --config-file \S+Pulumi\.site2\.yaml /)]);
  });

  test('whichever is asked, the environment that owns the server stays as it is', () => {
    expect(rivals('site2')).toEqual([expect.stringContaining('In site2: set it')]);
    expect(rivals('prod')).toEqual([expect.stringContaining('In site2: set it')]);
  });

  test("what others do to each other, or on other servers, is not this one's", () => {
    const errors = war.filter(({ severity }) => severity === 'error');
    const owners = told(errors.filter(({ rule }) => rule === 'shared-port')).map((each) =>
      each.owners.map(({ environment }) => environment).sort(),
    );
    expect(owners).toEqual([
      ['more', 'site2'],
      ['site2', 'site3'],
    ]);
    expect(told(errors).every((each) => each.owners.some(({ environment }) => environment === 'site2'))).toBe(true);
  });

  test('more memory than the server has is a warning where there is nobody else', () => {
    expect(alone.map(({ rule }) => rule)).toEqual(['memory-overcommitted']);
    expect(printed(alone)).toEqual([
      expect.stringMatching(
        /^prod \(.*\) wants more memory than the server has, \d+Mi of 8Gi: .* set its true size, if that is 14Gi or more\./,
      ),
    ]);
  });

  test('ports of their extensions count', () => {
    const errors = extension.filter(({ severity }) => severity === 'error');
    expect(told(errors).map(({ what }) => what)).toEqual(['the node port 32000/TCP']);
  });
});
