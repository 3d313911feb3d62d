import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseAllDocuments } from 'yaml';
import { run } from '../../tools/run';
import { apply, kubectl } from './support/kubectl';

/** What the API server says about every rendered object, without keeping it. */

const SITES = readdirSync('test/conformance/settings').map((file) => `test/conformance/settings/${file}`);
const FOUNDATION = new Set(['Namespace', 'CustomResourceDefinition']);

/** The namespace asks for it; few of Kaapana's images run without root. */
const EXPECTED_WARNING = /^Warning: would violate PodSecurity "restricted:latest"/;

interface Foundation {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

/** What the others cannot be tried without. */
const made = new Map<string, Foundation>();

afterAll(() => {
  kubectl(['delete', '--filename', '-'], list([...made.values()]));
});

test.each(['dev', ...SITES])('%s: every object passes a strict dry run', async (site) => {
  const { code, stdout } = await run(process.execPath, ['bin/kaapana.cjs', 'synth', '--env', site, '--show-secrets']);
  expect(code).toBe(0);
  const objects = parseAllDocuments(stdout).map((document) => document.toJS() as Foundation);
  await provide(objects.filter(({ kind }) => FOUNDATION.has(kind)));
  const dryRun = ['apply', '--server-side', '--force-conflicts', '--dry-run=server', '--validate=strict', '--filename', '-'];
  const { code: refused, output } = await run('kubectl', dryRun, { input: stdout });
  const lines = output.split('\n').filter((line) => !EXPECTED_WARNING.test(line));
  // Neither an error nor a warning, e.g. of a deprecated field.
  expect(lines.filter((line) => !line.endsWith(' serverside-applied (server dry run)'))).toEqual([]);
  expect(lines).toHaveLength(objects.length);
  expect(refused).toBe(0);
});

async function provide(objects: readonly Foundation[]): Promise<void> {
  apply(objects, '--force-conflicts');
  for (const object of objects) made.set(`${object.kind}/${object.metadata.name}`, object);
  kubectl(['wait', '--for=condition=Established', 'crd', '--all', '--timeout=30s']);
  // Established is said a moment before the last API path is served.
  await sleep(500);
}

function list(items: readonly object[]): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}
