import { isCredentialByForm, isPublicName, nameSays, wordsOf } from '../../src/settings/credential-names';

test.each([
  ['adminPasswordKey', ['admin', 'password', 'key']],
  ['DB_USER', ['db', 'user']],
  ['tls-client.key', ['tls', 'client', 'key']],
  ['AWSSecretKey', ['aws', 'secret', 'key']],
])('%s has the words %j', (name, words) => {
  expect(wordsOf(name)).toEqual(words);
});

test.each([
  'password',
  'smtp.pass',
  'POSTGRES_PASSWORD',
  'node_passwd',
  'db_pw',
  'api_key',
  'apiKey',
  'credentials_tls_client_key',
  'ssh.privateKey',
  'deployKey',
  'oidc.clientSecret',
  'cookie_secret',
  'minio.secretKey',
  'awsSecretAccessKey',
  'jwt_signing_key',
  'resetToken',
  'tls.key',
  'passphrase',
])('%s is the name of a credential', (name) => {
  expect(nameSays(name)).toBe('credential');
});

test.each([
  'auth.existingSecret',
  'tlsSecretName',
  'model.max_tokens',
  'maxNewTokens',
  'passwordPolicy',
  'secretKeys.adminPasswordKey',
  'existingSecretPasswordKey',
  'imagePullSecrets',
  'tokenUrl',
  'token_ttl',
  'passwordFile',
  'sshPublicKey',
  'createSecret',
  'automountServiceAccountToken',
  'accessKeyId',
  'passwordMinLength',
  'secretRef',
])('%s only sounds like one', (name) => {
  expect(nameSays(name)).toBe('plain');
});

test.each(['tokenizer', 'compass', 'bypass', 'passthrough', 'keyboard', 'monkey', 'secretary', 'replicas'])(
  '%s does not even sound like one',
  (name) => {
    expect(nameSays(name)).toBe('nothing');
  },
);

test.each(['accessKey', 'dsn', 'hash.salt', 'tokens', 'encryption.seed'])('%s may be one', (name) => {
  expect(nameSays(name)).toBe('perhaps');
});

test.each([
  ['-----BEGIN OPENSSH PRIVATE KEY-----\nabc', true],
  ['-----BEGIN RSA PRIVATE KEY-----', true],
  ['-----BEGIN CERTIFICATE-----\nabc', false],
  ['-----BEGIN PUBLIC KEY-----', false],
  ['postgres://user:geheim@db/x', true],
  ['postgres://db/x', false],
  ['AKIAABCDEFGHIJKLMNOP', true],
  [`ghp_${'a'.repeat(36)}`, true],
  ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc', true],
  ['skopeo-sync', false],
  ['https://example.org/a:b', false],
])('%j is one by its form: %s', (text, expected) => {
  expect(isCredentialByForm(text)).toBe(expected);
});

test('accounts and addresses have public names', () => {
  expect(['db.user', 'smtpHost', 'bucket_name', 'password', 'key'].map(isPublicName)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});
