import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VersionFile } from '../../constructs/admin/version-file';
import { chart, object, platform } from '../support';

function job(directory = '/home/kaapana') {
  const scope = chart();
  new VersionFile(scope, 'VersionFile', { platform: platform(), namespace: 'admin', directory, version: '0.6.0' });
  return object(scope, 'Job', 'version-file-writer');
}

test('it writes to the data directory of the node that has it, and nowhere else', () => {
  const {
    containers: [container],
    volumes,
    nodeSelector,
  } = job().spec.template.spec;
  expect(nodeSelector).toEqual({ 'kaapana.io/node': 'storage' });
  expect(volumes).toEqual([{ name: 'fast-data', hostPath: { path: '/home/kaapana', type: 'DirectoryOrCreate' } }]);
  expect(container.volumeMounts).toEqual([{ name: 'fast-data', mountPath: '/home/kaapana' }]);
  expect(container.securityContext).toMatchObject({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true });
});

test('its script leaves the version behind, and nothing else', () => {
  const directory = mkdtempSync(join(tmpdir(), 'version-'));
  try {
    const [{ command, env }] = job(directory).spec.template.spec.containers;
    const variables = Object.fromEntries(env.map(({ name, value }: { name: string; value: string }) => [name, value]));
    execFileSync(command[0], command.slice(1), { env: { ...process.env, ...variables } });
    expect(readFileSync(join(directory, 'version'), 'utf8')).toBe('0.6.0\n');
    expect(readdirSync(directory)).toEqual(['version']);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test('it stays, so that nobody misses it', () => {
  const { spec, metadata } = job();
  expect(spec.ttlSecondsAfterFinished).toBeUndefined();
  expect(spec).toMatchObject({ backoffLimit: 3, template: { spec: { restartPolicy: 'OnFailure' } } });
  expect(metadata.labels).toEqual({ app: 'version-file-writer' });
});
