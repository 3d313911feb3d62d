import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse, stringify } from 'yaml';
import { ControlPlane } from '../tools/control-plane';
import { embeddedEnv } from '../tools/env';
import { CACHE, PROJECT } from '../tools/paths';
import { writeProjectFile } from '../tools/project-file';
import { run } from '../tools/run';
import { DEPLOYING_PROGRAMS, ensureToolchain } from '../tools/toolchain';
import { withPeakMemory } from './memory';

const PARALLEL = 2;
const KAAPANA = path.join(PROJECT, 'bin', 'kaapana.cjs');

/**
 * Previews of whole fleets, all instances of one empty server: seconds and memory for each instance, and how they grow.
 *
 * @param sizes numbers of instances
 * @throws with what was said, when a preview fails
 */
export async function benchFleet(sizes: readonly number[]): Promise<number> {
  const toolchain = await ensureToolchain(DEPLOYING_PROGRAMS);
  const dir = path.join(CACHE, `bench-fleet-${process.pid}`);
  const plane = new ControlPlane({ dir: path.join(dir, 'control-plane'), name: 'fleet' });
  // As a shell says where it is; the environments' files are looked for there.
  const env = {
    ...embeddedEnv(toolchain, { kubeconfig: plane.kubeconfig, stateDir: path.join(dir, 'state') }),
    PWD: dir,
  };
  const each: number[] = [];
  try {
    await plane.start(toolchain);
    for (const size of sizes) {
      await createInstances(size, dir, env);
      const begun = Date.now();
      const preview = [KAAPANA, 'fleet', 'preview', '--parallel', String(PARALLEL)];
      const {
        result: { code, output },
        mebibytes,
      } = await withPeakMemory(() => run('node', preview, { cwd: dir, env }));
      if (code !== 0) throw new Error(output.slice(-4000));
      const seconds = (Date.now() - begun) / 1000;
      each.push(seconds / size);
      console.log(
        `${String(size).padStart(4)} instances: ${seconds.toFixed(0)} s, ${(seconds / size).toFixed(2)} s each; ` +
          `${mebibytes.toFixed(0)} MiB at most, ${(mebibytes / PARALLEL).toFixed(0)} MiB for each of ${PARALLEL} at once`,
      );
    }
  } finally {
    await plane.reset();
    fs.rmSync(dir, { recursive: true, force: true });
  }
  const growth = (each.at(-1) ?? NaN) / (each[0] ?? NaN);
  console.log(
    `${growth <= 1.25 ? 'ok    ' : 'missed'} seconds of an instance among ${sizes.at(-1)} / among ${sizes[0]}: ${growth.toFixed(2)} (linear: at most 1.25)`,
  );
  return 0;
}

/** Makes those that are not there yet: the first owns the server, the others are further instances on it. */
async function createInstances(count: number, dir: string, env: NodeJS.ProcessEnv): Promise<void> {
  writeProjectFile(dir);
  for (let number = 1; number <= count; number += 1) {
    const file = path.join(dir, `Pulumi.site${number}.yaml`);
    if (fs.existsSync(file)) continue;
    const { code, output } = await run('pulumi', ['stack', 'init', `site${number}`, '--non-interactive'], {
      cwd: dir,
      env,
    });
    if (code !== 0) throw new Error(output);
    const settings = Object.entries(instance(number)).map(([key, value]) => [`kaapana:${key}`, value]);
    fs.writeFileSync(
      file,
      stringify({
        ...(fs.existsSync(file) ? (parse(fs.readFileSync(file, 'utf8')) as object) : {}),
        config: Object.fromEntries(settings),
      }),
    );
  }
}

function instance(number: number): Record<string, unknown> {
  const credentials = {
    keycloakAdminPassword: 'admin-of-all',
    oidcClientSecret: 'client-of-all',
    systemUserPassword: 'system-of-all',
    minioPassword: `minio-of-site${number}`,
    grafanaPassword: `grafana-of-site${number}`,
    initPassword: `init-of-site${number}`,
    rootSecret: `root-of-site${number}`,
  };
  const common = { distribution: 'embedded', containerRegistryUrl: 'registry.example.org/kaapana', credentials };
  if (number === 1) return { ...common, domain: 'server.example.org', totalMemory: '256Gi' };
  return {
    ...common,
    domain: `site${number}.example.org`,
    serverStack: 'site1',
    instanceUid: `site${number}`,
    httpPort: 0,
    httpsPort: 10_000 + 2 * number,
    dicomPort: 10_001 + 2 * number,
    totalMemory: '2Gi',
  };
}
