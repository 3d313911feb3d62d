import { acknowledge } from '../../src/findings/acknowledge';
import { type Finding, finding } from '../../src/findings/finding';
import { HowTo } from '../../src/findings/how-to';
import { RULES } from '../../src/findings/rules';
import { findingTexts } from '../../src/findings/texts';
import { error, REQUIRED } from '../settings/support';
import { printed } from './support';

const weak = (key: string) => finding('weak-password', { kind: 'setting', key }, {}, { kind: 'set-secret', key });
const PASSWORDS = [weak('credentials.initPassword'), weak('projects[0].userPassword')];

test.each([
  ['its id', { 'weak-password/credentials.initPassword': 'for a trial' }, 1],
  ['its rule', { 'weak-password': 'for a trial' }, 2],
])('a warning is let through by %s, and listed in one line with its reason', (_, acknowledged, count) => {
  const judged = acknowledge(PASSWORDS, acknowledged);
  expect(judged.filter((each) => each.acknowledged === 'for a trial')).toHaveLength(count);
  const lines = printed(judged);
  expect(lines).toHaveLength(2);
  expect(lines).toContain('weak-password/credentials.initPassword: for a trial');
  expect(lines.filter((line) => /is too weak/.test(line))).toHaveLength(2 - count);
});

test('an error is let through by nobody, but where the table says so', () => {
  const error = finding('dangling-reference', { kind: 'object', id: 'Job/a/b' }, { to: 'Secret/a/c' });
  const judged = acknowledge([error], { 'dangling-reference': 'it comes later' });
  expect(judged[0]).toEqual(error);
  expect(judged[1]).toMatchObject({ rule: 'unused-acknowledgement', facts: { why: 'refused' } });
  expect(printed(judged)[1]).toMatch(
    /has dangling-reference \("it comes later"\), which is nothing that can be let through/,
  );
  const open = Object.entries(RULES).filter(
    ([, { severity, acknowledgeable }]) => severity === 'error' && acknowledgeable,
  );
  expect(open.map(([rule]) => rule)).toEqual(['unknown-field', 'set-when-created']);
});

test('what is not found any more is told, and what nobody was asked for is not', () => {
  const acknowledged = { 'root-squash': 'it is set', 'set-when-created': 'changed', 'no-such-rule': 'x' };
  const rules = (sources: Parameters<typeof acknowledge>[2]) =>
    acknowledge([], acknowledged, sources).map(({ subject, facts }) => [subject, 'why' in facts && facts.why]);
  const entry = (id: string, why: string) => [{ kind: 'acknowledgement', id }, why];
  expect(rules(['environment'])).toEqual([entry('root-squash', 'not-found'), entry('no-such-rule', 'unknown')]);
  expect(rules(['environment', 'server'])).toEqual([
    entry('root-squash', 'not-found'),
    entry('set-when-created', 'not-found'),
    entry('no-such-rule', 'unknown'),
  ]);
});

test('commands are for the file of the environment, also where Pulumi does not find it by the stack', () => {
  const file = "--stack site --config-file envs/site.yaml --path 'kaapana:";
  const texts = (given: readonly Finding[]) => {
    const { problems, warnings } = findingTexts(given, new HowTo('site', 'envs/site.yaml'));
    return [...problems, ...warnings];
  };
  expect(texts(acknowledge([], { 'no-such-rule': 'x' }))[0]).toMatch(
    `Remove it: pulumi config rm ${file}acknowledged["no-such-rule"]'`,
  );
  const facts = { settings: ['credentials.a'], claim: 'PersistentVolumeClaim/a/c', changedBy: 'psql' };
  const subject = { kind: 'credential', id: 'Secret/a/b', key: 'password' } as const;
  expect(texts([finding('set-when-created', subject, facts)])[0]).toMatch(
    `acknowledge it: pulumi config set --plaintext ${file}acknowledged["set-when-created/a/b/password"]' '<reason>'`,
  );
  const others = ['Secret/a/b', 'Secret/a/c'].map((id) =>
    finding('object-of-others', { kind: 'object', id }, { holder: { kind: 'nobody' } }),
  );
  expect(texts(others)[0]).toMatch(`to adopt them: pulumi config set ${file}adopt[0]' '*'. Previews`);
});

test('every rule has a name that settings can hold, and a meaning', () => {
  for (const [rule, { meaning }] of Object.entries(RULES)) {
    expect(rule).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(meaning).toMatch(/^[A-Z].*[^.]$/);
  }
});

test('mistakes are data: rule, setting, facts and remedies', () => {
  expect(
    error({ ...REQUIRED, gpu: { replicas: 2 }, httpPort: 443, projects: [{ name: 'a' }, { nam: 'b' }] }).findings,
  ).toEqual([
    {
      rule: 'missing-setting',
      severity: 'error',
      subject: { kind: 'setting', key: 'projects[1].name' },
      facts: {},
      remedies: [{ kind: 'set', key: 'projects[1].name', example: 'trial' }],
    },
    {
      rule: 'unknown-setting',
      severity: 'error',
      subject: { kind: 'setting', key: 'projects[1].nam' },
      facts: { nearest: { names: ['name', 'id', 'userPassword'], isClear: true } },
      remedies: [{ kind: 'remove', key: 'projects[1].nam', nested: true }],
    },
    {
      rule: 'taken-port',
      severity: 'error',
      subject: { kind: 'setting', key: 'httpsPort' },
      facts: { port: 443, by: { setting: 'httpPort' } },
      remedies: [{ kind: 'set', key: 'httpsPort', example: 8443 }],
    },
    {
      rule: 'gpu-settings-unused',
      severity: 'error',
      subject: { kind: 'setting', key: 'gpu', value: { replicas: 2 } },
      facts: {},
      remedies: [
        { kind: 'set', key: 'gpuSupport', example: true },
        { kind: 'remove', key: 'gpu' },
      ],
    },
  ]);
});
