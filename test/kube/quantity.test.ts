import { canonicalQuantity, compareQuantities, parseQuantity } from '../../constructs/kube/quantity';
import fc from '../random';

test.each([
  ['1000m', '1'],
  ['0.5', '500m'],
  ['1024Mi', '1Gi'],
  ['1.5Gi', '1536Mi'],
  ['1000', '1k'],
  ['64000Mi', '64000Mi'],
  ['0', '0'],
  ['0Gi', '0'],
  ['1e3', '1k'],
  ['100Mi', '100Mi'],
  ['20m', '20m'],
  ['2.5', '2500m'],
  ['-1', '-1'],
  ['.5Gi', '512Mi'],
])('%s is written %s', (given, canonical) => {
  expect(canonicalQuantity(given)).toBe(canonical);
});

test.each(['', 'Mi', '1 Gi', '1GiB', 'ten', '1e', '1..5'])('"%s" is refused', (text) => {
  expect(() => parseQuantity(text)).toThrow(/is not a quantity; write e\.g\. 500m/);
});

test('the canonical form has the same value and is its own canonical form', () => {
  const suffix = fc.constantFrom('', 'm', 'k', 'M', 'G', 'Ki', 'Mi', 'Gi', 'Ti');
  fc.assert(
    fc.property(fc.nat(1_000_000), suffix, (number, unit) => {
      const canonical = canonicalQuantity(`${number}${unit}`);
      expect(compareQuantities(canonical, `${number}${unit}`)).toBe(0);
      expect(canonicalQuantity(canonical)).toBe(canonical);
    }),
  );
});

test('values beyond 2^53 stay exact', () => {
  expect(compareQuantities('9007199254740993', '9007199254740992')).toBe(1);
});
