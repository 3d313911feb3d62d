import { parseEnvironment } from '../../src/environment/parsed';
import { FORMER_NAMES, nameIn } from '../../src/settings/aliases';
import { editorSchema } from '../../src/settings/generate';
import { schema } from '../../src/settings/schema';
import { problems, REQUIRED, settings } from './support';

const checksums = { sha256: 'a'.repeat(64), rendered: 'b'.repeat(64) };
const entry = { as: 'viewer', chart: 'extensions/prod/viewer/chart.tgz', ...checksums };

test('a setting is read by its former name, as a list and as the text that Pulumi hands over', () => {
  expect(settings({ foreignExtensions: [entry] }).thirdPartyExtensions).toEqual([entry]);
  expect(settings({ foreignExtensions: JSON.stringify([entry]) }).thirdPartyExtensions).toEqual([entry]);
});

test.each([[[]], ['[]'], [''], [undefined], [null]])(
  "Pulumi's default %j of today's name is not the one that counts",
  (unset) => {
    expect(settings({ foreignExtensions: [entry], thirdPartyExtensions: unset }).thirdPartyExtensions).toEqual([entry]);
    expect(settings({ thirdPartyExtensions: [entry], foreignExtensions: unset }).thirdPartyExtensions).toEqual([entry]);
  },
);

test('both names at once are a mistake, with what to do', () => {
  expect(problems({ foreignExtensions: [entry], thirdPartyExtensions: [{ ...entry, as: 'other' }] })).toEqual([
    expect.objectContaining({
      key: 'foreignExtensions',
      message: 'is thirdPartyExtensions by its former name, and both are set',
      remedy:
        'Move what is in it to thirdPartyExtensions. Remove it: pulumi config rm --stack test kaapana:foreignExtensions',
    }),
  ]);
});

test('mistakes and commands have the name that the file has', () => {
  const raw = { ...REQUIRED, foreignExtensions: [{ ...entry, project: 'nobody' }] };
  const read = (): unknown => parseEnvironment({ environment: 'test', directory: '.', raw, unread: [] });
  expect(read).toThrow(/kaapana:foreignExtensions\[0\]\.project: /);
  expect(read).toThrow(
    "Set it, e.g.: pulumi config set --stack test --path 'kaapana:foreignExtensions[0].project' admin",
  );
});

test('only the setting itself, and paths into it, have another name', () => {
  const raw = { foreignExtensions: [entry] };
  expect(nameIn(raw, 'thirdPartyExtensions')).toBe('foreignExtensions');
  expect(nameIn(raw, 'thirdPartyExtensions[0].as')).toBe('foreignExtensions[0].as');
  expect(nameIn(raw, 'thirdPartyExtensionsOfOthers')).toBe('thirdPartyExtensionsOfOthers');
  expect(nameIn({}, 'thirdPartyExtensions[0].as')).toBe('thirdPartyExtensions[0].as');
});

test('no former name is one of today, and editors take each', () => {
  const { properties } = (editorSchema() as { properties: { config: { properties: object } } }).properties.config;
  for (const [former, name] of FORMER_NAMES) {
    expect(Object.keys(schema.shape)).not.toContain(former);
    expect(properties).toMatchObject({
      [`kaapana:${former}`]: { $ref: `#/properties/config/properties/kaapana:${name}`, deprecated: true },
    });
  }
});
