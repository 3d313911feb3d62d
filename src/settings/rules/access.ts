import { howToSetSecret } from '../problems';
import { SECRET_PATHS } from '../sealing';
import { rule, together } from './rule';

/** The account at the registry is whole. */
export const registry = rule(['containerRegistryUsername'], ({ containerRegistryUsername, containerRegistryPassword }) => (
  together('containerRegistryUsername', containerRegistryUsername, 'containerRegistryPassword', containerRegistryPassword)));

/** The account at the mail server is whole. */
export const mail = rule(['smtp'], ({ smtp }) => together('smtp.username', smtp?.username, 'smtp.password', smtp?.password));

/** Secrets are what the programs that they are for take; what Pulumi alone can open is not looked at. */
export const formats = rule([], (_, { secrets }) => Object.entries(FORMATS).flatMap(([key, { fits, wanted }]) => {
  const source = secrets.source(key);
  return source.kind !== 'value' || fits(source.value) ? [] : [{ key, message: `is not ${wanted}`, remedy: howToSetSecret(key) }];
}));

const FORMATS: Readonly<Record<string, { readonly fits: (secret: string) => boolean; readonly wanted: string }>> = {
  'credentials.cookieSecret': {
    fits: (secret) => /^[\w+/-]+=*$/.test(secret) && Buffer.from(secret, 'base64').length === 32,
    wanted: '32 bytes in base64, as openssl rand -base64 32 gives them',
  },
  ...Object.fromEntries([...SECRET_PATHS].filter((key) => key.endsWith('DatabasePassword')).map((key) => [key, {
    fits: (secret: string) => /^[\w-]+$/.test(secret), wanted: 'made of letters, digits, - and _, as it becomes part of a URL',
  }])),
  'credentials.minioPassword': { fits: (secret) => secret.length >= 8, wanted: 'at least 8 characters long, as MinIO wants it' },
};
