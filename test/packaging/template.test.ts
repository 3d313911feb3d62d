import { base64, json, secretToken } from '../../constructs/kube';
import type { Json } from '../../src/objects/manifest';
import { OpenTexts } from '../../src/packaging/template';

const texts = new OpenTexts(
  new Map([
    ['open-name', '.Release.Name'],
    ['open-name-longer', '.Values.long'],
    ['970000001', '.Values.uid'],
    [secretToken('known'), '.Values.known'],
  ]),
  (name) => `(own "${name}")`,
  new Map([['open-entry', '.Values.map']]),
);

function marked(value: Json): [Json, string[]] {
  const expressions: string[] = [];
  return [texts.mark(value, (expression, as) => `${as ?? ''}mark${expressions.push(expression) - 1}`), expressions];
}

test('what has nothing open in it stays as it is', () => {
  const value = { text: '50 % of {{ x }}', list: [1, true, null], nothing: undefined };
  expect(marked(value)).toEqual([{ text: '50 % of {{ x }}', list: [1, true, null] }, []]);
});

test('open texts are put in, the longest that fits, and the rest is escaped', () => {
  expect(texts.expressionOf('open-name')).toBe('.Release.Name');
  expect(texts.expressionOf('a "b"\n100% open-name-longer/open-name')).toBe(
    '(printf "a \\"b\\"\\n100%% %v/%v" .Values.long .Release.Name)',
  );
});

test('a text is a text, whatever the value is, and a number a number', () => {
  expect(marked({ name: 'open-name', both: 'x-open-name', user: 970000001, owner: '970000001:0' })).toEqual([
    { name: 'mark0', both: 'mark1', user: 'mark2', owner: 'mark3' },
    [
      'toString .Release.Name | toJson',
      'printf "x-%v" .Release.Name | toJson',
      'int64 .Values.uid',
      'printf "%v:0" .Values.uid | toJson',
    ],
  ]);
});

test('names of keys are open too', () => {
  expect(marked({ 'open-name.conf': 'x' })).toEqual([{ mark0: 'x' }, ['printf "%v.conf" .Release.Name | toJson']]);
});

test('an item that stands for all entries of a map is one for each', () => {
  const value = [
    { name: 'x' },
    { name: 'open-entry', from: { key: 'open-name' } },
    { inner: [{ name: 'open-entry' }] },
  ];
  expect(marked(value)).toEqual([
    [
      { name: 'x' },
      'linemark1',
      { name: 'open-entry', from: { key: 'mark0' } },
      'linemark2',
      { inner: ['linemark3', { name: 'open-entry' }, 'linemark4'] },
    ],
    ['toString .Release.Name | toJson', '- range .Values.map', '- end', '- range .Values.map', '- end'],
  ]);
});

test('an entry of a map that stands for all is one for each, but for those that are there already', () => {
  expect(marked({ a: '1', 'open-entry': 'open-name' })).toEqual([
    { a: '1', entrymark0: 'mark1' },
    ['- range .Values.map }}{{ if not (has (toString .name) (list "a"))', 'toString .Release.Name | toJson'],
  ]);
});

test('secrets are put in, encoded where the constructs encode them', () => {
  expect(texts.expressionOf(secretToken('known'))).toBe('.Values.known');
  expect(texts.expressionOf(secretToken('extensions.a.b'))).toBe('(own "extensions.a.b")');
  expect(texts.expressionOf(base64(`me:${secretToken('known')}`))).toBe('(b64enc (printf "me:%v" .Values.known))');
  expect(texts.expressionOf(json({ password: secretToken('known') }))).toBe(
    '(printf "{\\"password\\":\\"%v\\"}" (toRawJson .Values.known | trimPrefix "\\"" | trimSuffix "\\""))',
  );
  expect(texts.expressionOf(base64(json({ auth: base64(secretToken('known')) })))).toContain('(b64enc .Values.known)');
});
