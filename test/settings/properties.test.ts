import { nodeProgram } from '../../src/settings/node-programs';
import { schema } from '../../src/settings/schema';
import { keyOf, pathOf } from '../../src/settings/shape';
import fc from '../random';
import { error, problems, REQUIRED, settings } from './support';

const KNOWN = new Set(Object.keys(schema.shape));

test('no unknown key goes through', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1 }).filter((key) => !KNOWN.has(key) && key !== '__proto__'),
      fc.jsonValue(),
      (key, value) => {
        expect(problems({ [key]: value })).toMatchObject([
          { message: expect.stringMatching(/^is not a setting/) as string },
        ]);
      },
    ),
  );
});

test('three ports are right when they are ports, different, and none of the server', () => {
  const port = fc.oneof(fc.integer({ min: -2, max: 70000 }), fc.constantFrom(0, 80, 443, 6443));
  fc.assert(
    fc.property(port, port, port, (httpPort, httpsPort, dicomPort) => {
      const used = [httpsPort, dicomPort, ...(httpPort === 0 ? [] : [httpPort])];
      const right =
        used.every((one) => one >= 1 && one <= 65535 && nodeProgram(one) === undefined) &&
        new Set(used).size === used.length;
      if (right)
        expect(settings({ httpPort, httpsPort: String(httpsPort), dicomPort })).toMatchObject({
          httpPort,
          httpsPort,
          dicomPort,
        });
      else expect(problems({ httpPort, httpsPort: String(httpsPort), dicomPort }).length).toBeGreaterThan(0);
    }),
  );
});

test('whatever a setting is, it is read or refused as a mistake of its own', () => {
  fc.assert(
    fc.property(fc.constantFrom(...KNOWN), fc.jsonValue(), (key, value) => {
      try {
        settings({ [key]: value });
      } catch {
        expect(problems({ [key]: value }).length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 500 },
  );
});

test('a secret is in no message, wherever it stands', () => {
  const place = fc.constantFrom('credentials', 'smtp', 'extensions', 'containerRegistryPassword', 'nonsense');
  const hide = fc.constantFrom<(secret: string) => unknown>(
    (secret) => secret,
    (secret) => [secret],
    (secret) => ({ password: secret }),
    (secret) => ({ paswort: secret }),
    (secret) => `{"password":"${secret}"`,
  );
  fc.assert(
    fc.property(place, hide, (key, wrap) => {
      const { message, findings: found } = error({ ...REQUIRED, domain: undefined, [key]: wrap('geheim\u0001') });
      expect(message + JSON.stringify(found)).not.toContain('geheim');
    }),
  );
});

test('a key says its path', () => {
  const name = fc.stringMatching(/^[a-z]\w*$/);
  fc.assert(
    fc.property(name, fc.array(fc.oneof(name, fc.nat(99))), (first, rest) => {
      expect(pathOf(keyOf([first, ...rest]))).toEqual([first, ...rest]);
    }),
  );
});
