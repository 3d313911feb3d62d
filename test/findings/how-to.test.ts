import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HowTo } from '../../src/findings/how-to';
import { remove, set, setSecret } from '../../src/settings/problems';
import { error, REQUIRED } from '../settings/support';

const howTo = new HowTo('prod');

test.each([
  [
    'a value',
    howTo.remedies([set('domain', 'kaapana.example.org')]),
    'Set it, e.g.: pulumi config set --stack prod kaapana:domain kaapana.example.org',
  ],
  [
    'a value of a group',
    howTo.command(set('smtp.port', 25)),
    'pulumi config set --stack prod --path kaapana:smtp.port 25',
  ],
  [
    'the first entry of a list',
    howTo.command(set('projects', [{ name: 'trial' }])),
    "pulumi config set --stack prod --path 'kaapana:projects[0].name' trial",
  ],
  [
    'a value that a shell would take apart',
    howTo.command(set('instanceName', "King's & more")),
    "pulumi config set --stack prod kaapana:instanceName 'King'\\''s & more'",
  ],
  [
    'a secret',
    howTo.remedies([setSecret('credentials.initPassword')]),
    'Set it: pulumi config set --stack prod --secret --path kaapana:credentials.initPassword',
  ],
  [
    'a key to do without',
    howTo.remedies([remove('extensions[1]')]),
    "Remove it: pulumi config rm --stack prod --path 'kaapana:extensions[1]'",
  ],
  [
    'a key that looks like a path',
    howTo.remedies([remove('smtp.port', false)]),
    'Remove it: pulumi config rm --stack prod kaapana:smtp.port',
  ],
  ['a key of another namespace', howTo.command(remove('kapana:domain')), 'pulumi config rm --stack prod kapana:domain'],
  [
    'a file elsewhere',
    new HowTo('site', 'envs/my site.yaml').command(set('domain', 'a.org')),
    "pulumi config set --stack site --config-file 'envs/my site.yaml' kaapana:domain a.org",
  ],
])('%s is set by a command for its stack', (_, said, expected) => {
  expect(said).toBe(expected);
});

test('mistakes are named by the whole key, whatever its namespace', () => {
  const { message } = error({ ...REQUIRED, 'kapana:domain': 'x', httpPort: 443 });
  expect(message).toMatch(/\n {2}- kapana:domain: is not a setting.*\n {2}- kaapana:httpsPort: 443 is the port/);
});

test('no text has such a command that leaves out the stack', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('how-to.ts'),
  );
  expect(sources.length).toBeGreaterThan(100);
  const commands = sources.flatMap(
    (file) => readFileSync(join('src', file), 'utf8').match(/pulumi config (set|rm) [^\n]*/g) ?? [],
  );
  expect(commands.length).toBeGreaterThan(0);
  expect(commands.filter((command) => !/^pulumi config (set|rm) (--plaintext )?--stack /.test(command))).toEqual([]);
});

test.each(['README.md', ...readdirSync('examples').map((file) => join('examples', file))])(
  'each command of %s names its stack',
  (file) => {
    const commands = [
      ...readFileSync(file, 'utf8').matchAll(
        /pulumi config [^\n`|]*|pulumi (up|preview|refresh|destroy|cancel) [^\n`]*/g,
      ),
    ].map(([command]) => command);
    const nameless = commands.filter((command) => !command.includes('--stack '));
    // The embedded one is that of `npm run pulumi`; prose has no options.
    expect(nameless.filter((command) => /config|--/.test(command) && !command.includes('--diff'))).toEqual([]);
  },
);
