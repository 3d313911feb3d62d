import * as fs from 'node:fs';
import * as path from 'node:path';
import { cacheKey, moduleDir } from '../../tools/build';
import { toolCache } from '../../tools/paths';
import { builtTogether, type Tool, TOOLS } from '../../tools/tools';
import { folder } from './support';

const TOOL: Tool = {
  name: 'x',
  version: '1',
  module: 'x',
  package: 'example.test/x',
  variables: { 'main.version': '1' },
};
const SOURCES = { 'go.mod': 'module x\n', 'go.sum': 'a h1:b\n', 'main.go': 'package main\n' };

function key(
  change: { sources?: Record<string, string>; tool?: Partial<Tool>; go?: string; platform?: string } = {},
): string {
  const dir = folder({ ...SOURCES, ...change.sources });
  return cacheKey({ ...TOOL, ...change.tool }, change.go ?? '1.26.8', change.platform ?? 'linux-x64', () => dir);
}

test('equal sources have equal keys, wherever they lie', () => {
  expect(key()).toMatch(/^[0-9a-f]{12}$/);
  expect(key()).toBe(key());
  expect(key({ sources: { 'README.md': 'no source' } })).toBe(key());
});

test.each([
  ['a module version', { sources: { 'go.mod': 'module y\n' } }],
  ['a hash', { sources: { 'go.sum': 'a h1:c\n' } }],
  ['a source', { sources: { 'main.go': 'package other\n' } }],
  ['another source', { sources: { 'more.go': 'package main\n' } }],
  ['a linker value', { tool: { variables: { 'main.version': '2' } } }],
  ['a package', { tool: { package: 'example.test/y' } }],
  ['what is built beside it', { tool: { beside: { ...TOOL, name: 'y' } } }],
  ['the compiler', { go: '1.26.9' }],
  ['the platform', { platform: 'darwin-arm64' }],
])('%s changes the key', (_what, change) => {
  expect(key(change)).not.toBe(key());
});

test('every tool has its module in this repository, with hashes', () => {
  for (const tool of TOOLS.flatMap(builtTogether)) {
    for (const file of ['go.mod', 'go.sum']) expect(fs.existsSync(path.join(moduleDir(tool), file))).toBe(true);
  }
});

test('built tools are kept per user, or where KAAPANA_CACHE says', () => {
  expect(toolCache({ XDG_CACHE_HOME: '/caches' })).toBe('/caches/kaapana/tools');
  expect(toolCache({ XDG_CACHE_HOME: '/caches', KAAPANA_CACHE: '/big' })).toBe('/big/tools');
  expect(toolCache({})).toMatch(/\.cache\/kaapana\/tools$/);
});
