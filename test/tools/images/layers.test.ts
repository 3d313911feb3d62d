import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { list } from 'tar';
import { recipeKey } from '../../../tools/images/debian';
import { filesKey, filesLayer, WRITABLE } from '../../../tools/images/files';

let work: string;
const cache = process.env['KAAPANA_CACHE'];

beforeEach(() => {
  work = fs.mkdtempSync(path.join(os.tmpdir(), 'layers-'));
  process.env['KAAPANA_CACHE'] = work;
});

afterEach(() => {
  if (cache === undefined) delete process.env['KAAPANA_CACHE'];
  else process.env['KAAPANA_CACHE'] = cache;
  fs.rmSync(work, { recursive: true });
});

test('a layer has texts, scripts, copies, links and folders, and is made once', async () => {
  const source = path.join(work, 'program');
  fs.writeFileSync(source, 'program', { mode: 0o755 });
  const files = {
    '/bin/program': { from: source },
    '/bin/sh': { link: 'program' },
    '/etc/text': 'text',
    '/start': { script: '#!/bin/sh\n' },
    '/tmp': WRITABLE,
  };
  const layer = await filesLayer('x', files);
  const entries: string[] = [];
  await list({
    file: layer,
    onReadEntry: ({ path: name, mode, type, linkpath }) =>
      entries.push(`${name} ${type} ${type === 'SymbolicLink' ? linkpath : (mode ?? 0).toString(8)}`),
  });
  expect(entries).toEqual([
    './ Directory 755',
    './bin/ Directory 755',
    './bin/program File 755',
    './bin/sh SymbolicLink program',
    './etc/ Directory 755',
    './etc/text File 644',
    './start File 755',
    './tmp/ Directory 1777',
  ]);
  const { mtimeMs } = fs.statSync(layer);
  expect(await filesLayer('x', files)).toBe(layer);
  expect(fs.statSync(layer).mtimeMs).toBe(mtimeMs);
  expect(fs.readdirSync(path.join(work, 'tools'))).toHaveLength(1);
});

test('the key of a layer changes with its content, and with the files that it copies', () => {
  const source = path.join(work, 'program');
  fs.writeFileSync(source, 'one');
  const files = { '/bin/program': { from: source } };
  const before = filesKey(files);
  expect(filesKey(files)).toBe(before);
  fs.writeFileSync(source, 'other');
  expect(filesKey(files)).not.toBe(before);
  expect(filesKey({ '/a': 'b' })).not.toBe(filesKey({ '/a': 'c' }));
});

test('the key of a Debian root changes with its recipe, but not with its name', () => {
  const recipe = { name: 'x', packages: ['nginx-light'] };
  expect(recipeKey({ ...recipe, name: 'y' })).toBe(recipeKey(recipe));
  const changes = [{ packages: ['squid'] }, { before: 'true' }, { after: 'true' }];
  const keys = changes.map((change) => recipeKey({ ...recipe, ...change }));
  expect(new Set([...keys, recipeKey(recipe)]).size).toBe(4);
});
