import { base64, holdsSecret, json, reveal, secretsIn, secretToken } from '../../constructs/kube';

const encode = (text: string): string => Buffer.from(text, 'utf8').toString('base64');
const valueOf = (name: string): string => `<${name} ä>`;

test('a token is not a secret, but stands for one inside of a longer text', () => {
  const url = `postgres://me:${secretToken('database')}@host`;
  expect(url).not.toContain(valueOf('database'));
  expect(holdsSecret(url)).toBe(true);
  expect(reveal(url, valueOf)).toBe(`postgres://me:${valueOf('database')}@host`);
});

test('a token survives JSON', () => {
  const text = JSON.stringify({ password: secretToken('a') });
  expect(reveal(text, () => 'x')).toBe('{"password":"x"}');
});

test('in JSON, a secret is escaped once it is known', () => {
  const text = json({ password: `me:${secretToken('a')}`, others: ['"', 1, secretToken('b')] });
  expect(text).not.toContain('a"b');
  expect(JSON.parse(reveal(text, () => 'a"b\\'))).toEqual({ password: 'me:a"b\\', others: ['"', 1, 'a"b\\'] });
  expect(
    JSON.parse(
      Buffer.from(
        reveal(base64(text), () => '"'),
        'base64',
      ).toString(),
    ),
  ).toMatchObject({ password: 'me:"' });
});

test('other texts hold none', () => {
  expect(holdsSecret('plain')).toBe(false);
  expect(secretsIn('plain')).toEqual([]);
  expect(reveal('plain', valueOf)).toBe('plain');
});

test('the secrets of a text are named in order, each once', () => {
  const [a, b] = [secretToken('a'), secretToken('b')];
  expect(secretsIn(`${b} ${a} ${b}`)).toEqual(['b', 'a']);
  expect(secretsIn(base64(`x:${a}`))).toEqual(['a']);
});

test.each(['', 'a\uE000b', secretToken('a')])('%j cannot name a secret', (name) => {
  expect(() => secretToken(name)).toThrow(`"${name}" cannot name a secret`);
});

test('a text without secrets is encoded at once', () => {
  expect(base64('user:ä')).toBe(encode('user:ä'));
});

test('a text with secrets is encoded once they are known', () => {
  const text = base64(`user:${secretToken('a')}`);
  expect(holdsSecret(text)).toBe(true);
  expect(reveal(`{"auth": "${text}"}`, valueOf)).toBe(`{"auth": "${encode(`user:${valueOf('a')}`)}"}`);
});

test('what is encoded may be encoded again', () => {
  const inner = base64(`user:${secretToken('a')}`);
  expect(reveal(base64(`{"auth": "${inner}"}`), valueOf)).toBe(encode(`{"auth": "${encode(`user:${valueOf('a')}`)}"}`));
});
