import { primarySettings } from '../../src/environment/primary';
import { environmentFile, workDirectory } from '../cli/support';
import { settings } from '../settings/support';

const directory = workDirectory();
const GUEST = { serverStack: 'prod', instanceUid: 'site2' };

beforeAll(() => {
  environmentFile(directory, 'Pulumi.prod.yaml', { adminNamespace: 'gate' });
  environmentFile(directory, 'Pulumi.guest.yaml', GUEST);
  environmentFile(directory, 'Pulumi.wrong.yaml', { httpPort: 'x' });
});

test('an environment without serverStack is its own host', () => {
  expect(primarySettings(settings(), 'test', directory)).toBeUndefined();
});

test('a further instance has the settings of the environment that it names', () => {
  expect(primarySettings(settings(GUEST), 'site2', directory)).toMatchObject({ adminNamespace: 'gate' });
});

test.each([
  [
    'missing',
    /^1 mistake in the settings of site2:\n {2}- kaapana:serverStack: "missing" cannot be read: there is no environment "missing".*Environments here: guest, prod, wrong\. Set it, e\.g\./,
  ],
  [
    'guest',
    /kaapana:serverStack: "guest" does not own a server: it is a secondary instance on that of "prod"\. Set it, e\.g\.: pulumi config set --stack site2 kaapana:serverStack prod$/,
  ],
  ['wrong', /^1 mistake in the settings of wrong:\n {2}- kaapana:httpPort/],
])('%s is refused', (serverStack, message) => {
  expect(() => primarySettings(settings({ ...GUEST, serverStack }), 'site2', directory)).toThrow(message);
});
