import { parse } from 'yaml';
import { DEFINITIONS } from '../../constructs/extensions/catalogue';
import { explainExtension } from '../../src/report/extensions';
import { parseSettings } from '../../src/settings/parse';
import { REQUIRED } from '../settings/support';

test.each(DEFINITIONS)('the example of $name can be pasted as it is', ({ name, parameters = {} }) => {
  const text = explainExtension(name);
  const [example = ''] = /^config:\n(?: .*\n)+/m.exec(text) ?? [];
  const { config } = parse(example) as { config: { 'kaapana:extensions': object[] } };
  const { settings } = parseSettings({ ...REQUIRED, extensions: config['kaapana:extensions'] }, 'pasted');
  expect(settings.extensions).toMatchObject([{ name }]);
  expect(Object.keys(settings.extensions[0]?.parameters ?? {})).toEqual(Object.keys(parameters));
});
