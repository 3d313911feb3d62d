import { UNQUOTED } from '../fields';
import { mistake, set, setSecret } from '../problems';
import { SECRET_PATHS } from '../sealing';
import { rule, together } from './rule';

/** The account at the registry is whole. */
export const registry = rule(
  ['containerRegistryUsername'],
  ({ containerRegistryUsername, containerRegistryPassword }) =>
    together(
      'containerRegistryUsername',
      containerRegistryUsername,
      'containerRegistryPassword',
      containerRegistryPassword,
    ),
);

/** The account at the mail server is whole, and mails to somebody come from somebody. */
export const mail = rule(['smtp'], ({ smtp, domain = 'example.org' }) => [
  ...together('smtp.username', smtp?.username, 'smtp.password', smtp?.password),
  ...(smtp === undefined || smtp.recipients.length === 0 || smtp.sender !== undefined
    ? []
    : [
        mistake(
          'missing-companion',
          'smtp.sender',
          { given: 'smtp.recipients' },
          set('smtp.sender', `kaapana@${domain}`),
        ),
      ]),
]);

/** Secrets are what the programs that they are for take; what Pulumi alone can open is not looked at. */
export const formats = rule([], (_, { secrets }) =>
  Object.entries(FORMATS).flatMap(([key, { fits, wanted }]) => {
    const source = secrets.source(key);
    return source.kind !== 'value' || fits(source.value)
      ? []
      : [mistake('wrong-secret', key, { format: wanted }, setSecret(key))];
  }),
);

const FORMATS: Readonly<Record<string, { readonly fits: (secret: string) => boolean; readonly wanted: string }>> = {
  'credentials.cookieSecret': {
    fits: (secret) => /^[\w-]+=*$/.test(secret) && Buffer.from(secret, 'base64url').length === 32,
    wanted: '32 bytes in base64 for URLs, as openssl rand -base64 32 | tr +/ -_ gives them',
  },
  ...Object.fromEntries(
    [...SECRET_PATHS]
      .filter((key) => key.endsWith('DatabasePassword'))
      .map((key) => [
        key,
        {
          fits: (secret: string) => /^[\w-]+$/.test(secret),
          wanted: 'made of letters, digits, - and _, as it becomes part of a URL',
        },
      ]),
  ),
  // Kaapana's own scripts pass both on without quotes.
  'credentials.minioPassword': {
    fits: (secret) => secret.length >= 8 && UNQUOTED.test(secret),
    wanted:
      'at least 8 characters long, as MinIO wants it, without blanks, quotes and backslashes, and without a dash in front',
  },
  'credentials.ldapPassword': {
    fits: (secret) => UNQUOTED.test(secret),
    wanted: 'without blanks, quotes and backslashes, and without a dash in front',
  },
  // Keycloak puts other values in these places.
  'credentials.keycloakAdminPassword': { fits: (secret) => !/\$[{$]/.test(secret), wanted: 'without ${ and $$' },
};
