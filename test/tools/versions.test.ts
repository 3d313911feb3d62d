import { fittingVersion, type Replaceable } from '../../tools/versions';

test.each<[Replaceable, string, string]>([
  ['pulumi', 'v3.248.0', '3.248.0'],
  ['pulumi', 'v3.259.1', '3.259.1'],
  ['kubectl', 'v1.33.4', '1.33.4'],
  ['kubectl', 'v1.32.4-dispatcher', '1.32.4-dispatcher'],
  ['kubectl', 'v1.34.9', '1.34.9'],
  ['helm', 'v3.18.0', '3.18.0'],
  ['helm', 'v3.19.2+g8766e71', '3.19.2'],
])('%s %s is used as it is', (name, said, version) => {
  expect(fittingVersion(name, said)).toBe(version);
});

test.each<[Replaceable, string]>([
  ['pulumi', 'v3.247.9'],
  ['pulumi', 'v4.0.0'],
  ['kubectl', 'v1.31.9'],
  ['kubectl', 'v1.35.0'],
  ['helm', 'v3.17.4'],
  ['helm', 'v4.0.0'],
  ['helm', 'something else'],
  ['helm', ''],
])('%s %j is not used', (name, said) => {
  expect(fittingVersion(name, said)).toBeUndefined();
});
