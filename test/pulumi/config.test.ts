import { mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import * as pulumi from '@pulumi/pulumi';
import { readPulumiConfig } from '../../src/pulumi/config';
import { pulumiConfig } from '../../src/settings/generate';
import { parseSettings } from '../../src/settings/parse';
import { environmentFile, workDirectory } from '../cli/support';
import { REQUIRED } from '../settings/support';

const own = workDirectory();
environmentFile(own, 'Pulumi.prod.yaml');

const DEFAULTS = Object.entries(pulumiConfig() as Record<string, { default: unknown }>).map(
  ([key, { default: value }]) => [key, asPulumi(value)],
);

/** Pulumi hands over everything as text. */
function asPulumi(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

beforeAll(() =>
  pulumi.runtime.setMocks({ newResource: () => ({ id: '', state: {} }), call: () => ({}) }, 'kaapana', 'prod'),
);

test('the settings of a stack are those of its file', () => {
  const stack = Object.entries(REQUIRED).map(([key, value]) => [`kaapana:${key}`, asPulumi(value)]);
  pulumi.runtime.setAllConfig({
    ...Object.fromEntries(DEFAULTS),
    ...Object.fromEntries(stack),
    'kubernetes:context': 'x',
  });
  const { environment, raw } = readPulumiConfig();
  expect(environment).toBe('prod');
  expect(parseSettings(raw, environment).settings).toEqual(parseSettings(REQUIRED, 'prod').settings);
});

test('a key of a namespace that was meant to be ours is a mistake, others are named', () => {
  const stack = Object.entries(REQUIRED).map(([key, value]) => [`kaapana:${key}`, asPulumi(value)]);
  pulumi.runtime.setAllConfig({
    ...Object.fromEntries(DEFAULTS),
    ...Object.fromEntries(stack),
    'kapana:gpuSupport': 'true',
    'aws:region': 'x',
  });
  const { environment, raw, unread } = readPulumiConfig();
  expect(() => parseSettings(raw, environment)).toThrow(
    /^1 mistake in the settings of prod:\n {2}- kapana:gpuSupport: is not a setting: .* Did you mean kaapana:gpuSupport\?/,
  );
  expect(unread).toEqual(['aws:region']);
});

test('the other environments are looked for beside the file of the stack: above the program, or where Pulumi was started', () => {
  const [cwd, pwd] = [process.cwd(), process.env['PWD']];
  const directory = realpathSync(own);
  try {
    mkdirSync(join(directory, 'bin'));
    process.chdir(join(directory, 'bin'));
    expect(readPulumiConfig().directory).toBe(directory);
    process.chdir(cwd);
    process.env['PWD'] = join(directory, 'bin');
    expect(readPulumiConfig().directory).toBe(directory);
    process.env['PWD'] = cwd;
    expect(readPulumiConfig().directory).toBe(cwd);
  } finally {
    process.chdir(cwd);
    process.env['PWD'] = pwd;
  }
});

test('what Pulumi adds to an empty stack is not a setting', () => {
  pulumi.runtime.setAllConfig(Object.fromEntries(DEFAULTS));
  const { environment, raw } = readPulumiConfig();
  expect(() => parseSettings(raw, environment)).toThrow(/^8 mistakes in the settings of prod:/);
});
