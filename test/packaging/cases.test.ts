import { decided, everyWay, type Outcome } from '../../src/packaging/cases';

const SWITCH = { key: 'switch', conditions: ['.on', 'true'] };
const CHOICE = { key: 'choice', conditions: ['eq .x "a"', 'eq .x "b"', 'true'] };

function outcomes(
  decisions: readonly { conditions: readonly string[] }[],
  textOf: (...choices: number[]) => string | undefined,
): Outcome[] {
  return everyWay(decisions.map((decision) => ({ key: '', ...decision }))).map((choices) => ({
    choices,
    text: textOf(...choices),
  }));
}

test('every way to decide', () => {
  expect(everyWay([SWITCH, CHOICE])).toEqual([
    [0, 0],
    [0, 1],
    [0, 2],
    [1, 0],
    [1, 1],
    [1, 2],
  ]);
  expect(everyWay([])).toEqual([[]]);
});

test('what makes no difference is not decided', () => {
  expect(
    decided(
      [SWITCH, CHOICE],
      outcomes([SWITCH, CHOICE], () => 'a\nb\n'),
    ),
  ).toBe('a\nb\n');
  expect(
    decided(
      [SWITCH, CHOICE],
      outcomes([SWITCH, CHOICE], (on) => (on === 0 ? 'x\n' : 'y\n')),
    ),
  ).toBe('{{- if .on }}\nx\n{{- else }}\ny\n{{- end }}\n');
});

test('only lines that differ are decided', () => {
  const text = (_: number, choice: number): string => `one\ntwo: ${choice}\nthree\n`;
  expect(decided([SWITCH, CHOICE], outcomes([SWITCH, CHOICE], text))).toBe(
    'one\n{{- if eq .x "a" }}\ntwo: 0\n{{- else if eq .x "b" }}\ntwo: 1\n{{- else }}\ntwo: 2\n{{- end }}\nthree\n',
  );
});

test('lines that are there in some cases alone', () => {
  expect(
    decided(
      [SWITCH],
      outcomes([SWITCH], (on) => (on === 0 ? 'a\nb\nc\n' : 'a\nc\n')),
    ),
  ).toBe('a\n{{- if .on }}\nb\n{{- end }}\nc\n');
  expect(
    decided(
      [SWITCH],
      outcomes([SWITCH], (on) => (on === 0 ? 'a\nc\n' : 'a\nb\nc\n')),
    ),
  ).toBe('a\n{{- if not (.on) }}\nb\n{{- end }}\nc\n');
});

test('two decisions about different lines stand apart', () => {
  const template = decided(
    [SWITCH, CHOICE],
    outcomes([SWITCH, CHOICE], (on, choice) => `s: ${on}\n-\nc: ${choice === 0 ? 'a' : 'other'}\n`),
  );
  expect(template.match(/\{\{- if/g)).toHaveLength(2);
});

test('cases that are refused elsewhere do not matter', () => {
  const template = decided(
    [SWITCH, CHOICE],
    outcomes([SWITCH, CHOICE], (on, choice) => (on === 1 && choice === 0 ? undefined : `c: ${choice}\n`)),
  );
  expect(template).not.toContain('.on');
  expect(
    decided(
      [SWITCH],
      outcomes([SWITCH], () => undefined),
    ),
  ).toBe('');
});
