import { besides, findInstalled, onPath } from '../../tools/installed';
import { folder, program } from './support';

const PATH = process.env['PATH'];

afterEach(() => {
  process.env['PATH'] = PATH;
});

test('the first executable on PATH is found, relative folders are not searched', () => {
  const [first, second] = [folder({ helm: 'not executable' }), folder()];
  const helm = program(second, 'helm', '');
  expect(onPath('helm', `.:${first}:${second}`)).toBe(helm);
  expect(onPath('helm', first)).toBeUndefined();
});

test('a fitting program is used with its version', async () => {
  process.env['PATH'] = `${folder()}:${PATH}`;
  const dir = folder();
  const kubectl = program(dir, 'kubectl', '{"clientVersion": {"gitVersion": "v1.33.1", "goVersion": "go1.24.2"}}');
  process.env['PATH'] = `${dir}:${PATH}`;
  await expect(findInstalled('kubectl')).resolves.toEqual({ path: kubectl, version: '1.33.1' });
});

test('one of another version, or that fails, is not', async () => {
  const dir = folder();
  program(dir, 'helm', 'v4.1.0+gabc');
  process.env['PATH'] = dir;
  await expect(findInstalled('helm')).resolves.toBeUndefined();
  await expect(findInstalled('pulumi')).resolves.toBeUndefined();
});

test('a language host is looked for beside its pulumi', () => {
  const dir = folder();
  const pulumi = program(dir, 'pulumi', 'v3.248.0');
  expect(besides(pulumi, 'pulumi-language-nodejs')).toBeUndefined();
  const host = program(dir, 'pulumi-language-nodejs', '');
  expect(besides(pulumi, 'pulumi-language-nodejs')).toBe(host);
});
