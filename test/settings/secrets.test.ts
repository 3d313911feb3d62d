import { secretToken } from '../../constructs/kube';
import { credential } from '../../src/settings/credentials';
import { deriveCookieSecret, derivePassword } from '../../src/settings/derive';
import { parseSettings } from '../../src/settings/parse';
import type { Secrets } from '../../src/settings/secrets';
import { REQUIRED } from './support';

const PASSWORD = 'credentials.keycloakDatabasePassword';

function secrets(
  credentials: Readonly<Record<string, unknown>> = {},
  given: Readonly<Record<string, unknown>> = {},
): Secrets {
  return parseSettings({ ...REQUIRED, ...given, credentials: { ...REQUIRED.credentials, ...credentials } }, 'test')
    .secrets;
}

test('a secret is a token in the settings, and its value is with the secrets', () => {
  const { settings, secrets: kept } = parseSettings(REQUIRED, 'test');
  expect(settings.credentials.minioPassword).toBe(secretToken('credentials.minioPassword'));
  expect(credential('minioPassword')).toBe(settings.credentials.minioPassword);
  expect(kept.source('credentials.minioPassword')).toEqual({ kind: 'value', value: 'Minio2020' });
  expect(kept.resolve('credentials.minioPassword')).toBe('Minio2020');
  expect(kept.plainInFile()).toContain('credentials.minioPassword');
});

test('a sealed secret has a token and no value', () => {
  const sealed = secrets({ minioPassword: { secure: 'v1:abc' } });
  expect(sealed.source('credentials.minioPassword')).toEqual({ kind: 'sealed' });
  expect(sealed.resolve('credentials.minioPassword')).toBeUndefined();
  expect(sealed.plainInFile()).not.toContain('credentials.minioPassword');
});

test('what is derived from a sealed secret has no value', () => {
  const sealed = secrets({ oidcClientSecret: { secure: 'v1:abc' } });
  expect(sealed.source(PASSWORD)).toMatchObject({ kind: 'derived', from: 'credentials.oidcClientSecret' });
  expect(sealed.resolve(PASSWORD)).toBeUndefined();
});

test('a secret without a setting is derived for its purpose', () => {
  const derived = secrets();
  expect(derived.source(PASSWORD)).toEqual({
    kind: 'derived',
    from: 'credentials.oidcClientSecret',
    salt: 'main',
    purpose: PASSWORD,
    format: 'password',
  });
  expect(derived.resolve(PASSWORD)).toBe(derivePassword('Oidc2020', 'main', PASSWORD));
  expect(derived.resolve('any later purpose')).not.toBe(derived.resolve('another one'));
});

test('the root secret comes before the OIDC one, and a setting before both', () => {
  expect(secrets({ rootSecret: 'root' }).resolve(PASSWORD)).toBe(derivePassword('root', 'main', PASSWORD));
  expect(secrets({ rootSecret: 'root', keycloakDatabasePassword: 'mine' }).resolve(PASSWORD)).toBe('mine');
});

test('instances derive different secrets', () => {
  expect(secrets({}, { instanceUid: 'site2' }).resolve(PASSWORD)).toBe(derivePassword('Oidc2020', 'site2', PASSWORD));
});

test('the cookie secret is a key of 32 bytes', () => {
  const derived = secrets();
  expect(derived.source('credentials.cookieSecret')).toMatchObject({ format: 'cookie' });
  expect(derived.resolve('credentials.cookieSecret')).toBe(
    deriveCookieSecret('Oidc2020', 'main', 'credentials.cookieSecret'),
  );
  expect(Buffer.from(derived.resolve('credentials.cookieSecret') ?? '', 'base64')).toHaveLength(32);
});

test('derived values never change: data is locked with them', () => {
  expect(derivePassword('root', 'main', 'purpose')).toMatchInlineSnapshot(`"XwrSXYiZjlwllMCbQMr_Z3NLyNBLLE1O-Aa1"`);
  expect(deriveCookieSecret('root', 'main', 'purpose')).toMatchInlineSnapshot(
    `"XwrSXYiZjlwllMCbQMr_Z3NLyNBLLE1OS0o0jraszyo"`,
  );
});

test('derived passwords follow the usual rules', () => {
  for (let purpose = 0; purpose < 100; purpose++) {
    expect(derivePassword('root', 'main', String(purpose))).toMatch(
      /^(?=.*[A-Z])(?=.*[a-z])(?=.*\d)(?=.*[^A-Za-z\d])[\w-]{32,}$/,
    );
  }
});

test('credentials among the parameters of extensions are secrets, plain or sealed', () => {
  const parameters = {
    custom_registry_name: 'r',
    secret_scope: 'Project-Secret',
    custom_registry_url: 'r.org',
    credentials_custom_registry_username: { secure: 'v1:x' },
    credentials_custom_registry_password: 'geheim',
  };
  const { settings, secrets: kept } = parseSettings(
    { ...REQUIRED, extensions: [{ name: 'custom-registry-chart', as: 'r', parameters }] },
    'test',
  );
  const key = (name: string) => `extensions[0].parameters.credentials_custom_registry_${name}`;
  expect(settings.extensions[0]?.parameters).toEqual({
    ...parameters,
    credentials_custom_registry_username: secretToken(key('username')),
    credentials_custom_registry_password: secretToken(key('password')),
  });
  expect(kept.resolve(key('password'))).toBe('geheim');
  expect(kept.source(key('username'))).toEqual({ kind: 'sealed' });
});

test('instances of a server derive what they share alike: the user system is one of its one identity provider', () => {
  const name = 'credentials.systemUserPassword';
  expect(secrets({}, { instanceUid: 'site2', serverStack: 'prod' }).resolve(name)).toBe(secrets().resolve(name));
});
