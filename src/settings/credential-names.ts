/**
 * What a name says of a value: a credential; nothing of the kind, though it may sound like one; perhaps, so that
 * somebody has to say; or nothing at all.
 */
export type NameSays = 'credential' | 'plain' | 'perhaps' | 'nothing';

/** Words that end the name of a credential. */
const CREDENTIALS: ReadonlySet<string> = new Set([
  'apikey',
  'apitoken',
  'authtoken',
  'bearer',
  'credential',
  'credentials',
  'htpasswd',
  'pass',
  'passcode',
  'passphrase',
  'passwd',
  'password',
  'passwords',
  'privatekey',
  'privkey',
  'pw',
  'pwd',
  'secret',
  'secretkey',
  'secrets',
  'sshkey',
  'token',
]);

/** Words before `key` that make it a credential. */
const KEYS: ReadonlySet<string> = new Set([
  'account',
  'api',
  'auth',
  'client',
  'cookie',
  'deploy',
  'encryption',
  'fernet',
  'hmac',
  'host',
  'jwt',
  'license',
  'master',
  'private',
  'root',
  'secret',
  'server',
  'session',
  'shared',
  'sign',
  'signing',
  'ssh',
  'ssl',
  'storage',
  'tls',
]);

/** Words before `key` that make it the name of a key. */
const KEY_OF: ReadonlySet<string> = new Set(['pass', 'passphrase', 'passwd', 'password', 'pw', 'pwd', 'token']);
const NO_SECRET_KEYS: ReadonlySet<string> = new Set(['foreign', 'partition', 'primary', 'public', 'sort']);

/** Words that end the name of something that may be one. */
const PERHAPS: ReadonlySet<string> = new Set([
  'accesskey',
  'auth',
  'dsn',
  'entropy',
  'key',
  'kubeconfig',
  'pem',
  'pin',
  'salt',
  'seed',
  'tokens',
]);

/** Words that end the name of what is only about a credential: where it is, how long, who has it. */
const ABOUT: ReadonlySet<string> = new Set(
  (
    'address algorithm algorithms annotation annotations arn attempts audience authority authorizer backend bits bytes ca ' +
    'cert certificate characters charset claim class complexity count created database db default description dir directory ' +
    'domain driver email enable enabled encoding endpoint engine env environment existing expiration expires expiry ' +
    'file filename folder form format generate generator group header hint history host hostname id image index interval ' +
    'issuer key keys kind label labels leeway length level lifetime limit location login manager max method min minutes mode ' +
    'mount name names namespace note number optional path pattern period plugin policy port prefix prompt provider public ' +
    'realm ref reference references refs regex region registry renewal repository required reset retries role rotation rounds ' +
    'rule rules schema scope scopes seconds service size source status storage store strategy suffix table template time timeout ' +
    'title ttl type unit url uri user username users validity value vault version visible volume window'
  ).split(' '),
);

/** Words in front of it that make it a name or a number. */
const NUMBERS: ReadonlySet<string> = new Set([
  'avg',
  'context',
  'input',
  'limit',
  'max',
  'maximum',
  'min',
  'minimum',
  'new',
  'num',
  'output',
  'per',
  'total',
]);
const SWITCHES: ReadonlySet<string> = new Set([
  'allow',
  'automount',
  'create',
  'disable',
  'enable',
  'generate',
  'has',
  'is',
  'mount',
  'require',
  'show',
  'skip',
  'use',
  'with',
  'without',
]);
const POINTERS: ReadonlySet<string> = new Set(['existing', 'external', 'image', 'pull']);

/** Names of accounts and addresses, which may stand in a Secret without being one. */
const PUBLIC: ReadonlySet<string> = new Set(
  'account address admin bucket client crt cert certificate database db dbname domain email endpoint host hostname id issuer login mail name organisation organization owner port realm region role schema server site tenant tz uri url user username'.split(
    ' ',
  ),
);

/** The words of a name: `adminPasswordKey`, `ADMIN_PASSWORD_KEY` and `admin-password.key` alike. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');
}

/** What the last part of a path like `auth.existingSecret` says of its value. */
export function nameSays(path: string): NameSays {
  const parts = path.split('.').map(wordsOf);
  const words = parts.at(-1) ?? [];
  const last = words.at(-1) ?? '';
  const before = words.at(-2) ?? parts.at(-2)?.at(-1) ?? '';
  const sounds = words.some((word) => CREDENTIALS.has(word) || PERHAPS.has(word));
  if (last === 'key' && words.some((word) => NO_SECRET_KEYS.has(word))) return 'plain';
  // `secretKeys.adminPasswordKey` and `existingSecretKey` are names of keys in a Secret.
  if (last === 'key' && (KEY_OF.has(before) || (before === 'secret' && words.some((word) => POINTERS.has(word)))))
    return 'plain';
  if (last === 'key' && before === 'access') return words.includes('secret') ? 'credential' : 'perhaps';
  if (last === 'key' && KEYS.has(before)) return 'credential';
  if (CREDENTIALS.has(last)) {
    if (SWITCHES.has(words[0] ?? '') && words.length > 1) return 'plain';
    return words.slice(0, -1).some((word) => POINTERS.has(word)) ? 'plain' : 'credential';
  }
  if (last === 'tokens' && words.slice(0, -1).some((word) => NUMBERS.has(word))) return 'plain';
  if (PERHAPS.has(last)) return 'perhaps';
  return sounds && ABOUT.has(last) ? 'plain' : 'nothing';
}

/** Whether a name is that of an account or an address. */
export function isPublicName(path: string): boolean {
  return PUBLIC.has(wordsOf(path.split('.').at(-1) ?? '').at(-1) ?? '');
}

/** Forms that nothing but a credential has. */
const FORMS: readonly RegExp[] = [
  /-----BEGIN [A-Z0-9 ]*PRIVATE KEY/,
  /^PuTTY-User-Key-File/,
  /\b(ghp|gho|ghs|github_pat|glpat|xox[abprs]|sk|rk|pk_live|sk_live|hf|dckr_pat|npm)[-_][\w-]{16,}/,
  /\bAKIA[0-9A-Z]{16}\b/,
  /^eyJ[\w-]+\.eyJ[\w-]+\.[\w-]*$/,
  /^[a-z][a-z\d+.-]*:\/\/[^\s/:@]*:[^\s/@]+@/,
  /^AGE-SECRET-KEY-/,
];

/** Whether `text` is a credential by its form: a private key, a token with a known beginning, a URL with a password. */
export function isCredentialByForm(text: string): boolean {
  return FORMS.some((form) => form.test(text.trim()));
}
