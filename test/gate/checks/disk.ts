import * as path from 'node:path';
import { loadEnvironment } from '../../../src/environment/load';
import { podTemplate } from '../../../src/objects/manifest';
import { storageMap } from '../../../src/report/storage';
import { list } from '../../integration/support/kubectl';
import type { Gate } from '../support/gate';
import { livePods } from '../support/pods';

/** A mount of a claim in a running container. */
interface Mount {
  readonly pod: string;

  /** Id of the container. */
  readonly container: string;
  readonly mount: string;

  /** Where the environment's storage map says that the data lie. */
  readonly path: string;
  readonly marker: { readonly name: string; readonly text: string };
}

const SCRIPT = path.resolve('test/gate/support/disk.cjs');

/**
 * Writes a marker through each claim of the environments, as the program that has it would; gives the files, and what
 * is wrong, a sentence each.
 */
export async function writeMarkers(gate: Gate, text: string): Promise<{ files: string[]; findings: string[] }> {
  const mounts = mountsOf(promisedPaths(gate), text);
  const { code, stdout, output } = await gate.node.enter([process.execPath, SCRIPT], JSON.stringify(mounts));
  if (code !== 0) throw new Error(output);
  const outcomes = JSON.parse(stdout) as { readonly error?: string; readonly read?: boolean }[];
  return {
    files: mounts.flatMap(({ path: dir, marker }, index) => (outcomes[index]?.read ? [] : `${dir}/${marker.name}`)),
    findings: mounts.flatMap(({ pod, mount, path: dir }, index) => {
      const error = outcomes[index]?.error;
      return error === undefined ? [] : [`${pod} has no data of its own at ${mount}, promised under ${dir}: ${error}`];
    }),
  };
}

/** Which of the files are not there, or hold something else, a sentence each. */
export async function lostMarkers(gate: Gate, files: readonly string[], text: string): Promise<string[]> {
  const { stdout } = await gate.node.enter(['grep', '--files-with-matches', '--fixed-strings', text, ...files]);
  const found = new Set(stdout.split('\n'));
  return files.filter((file) => !found.has(file)).map((file) => `${file} is lost`);
}

/** Where the mounts of the environments' containers lie, by {@link placeOf}: a folder of the storage map. */
function promisedPaths(gate: Gate): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { file } of [gate.first, gate.second]) {
    const { app, graph } = loadEnvironment(file);
    const claims = new Map(storageMap(app, graph).map(({ claim, directory }) => [claim, directory]));
    for (const { manifest } of graph.nodes) {
      const { namespace = '', name } = manifest.metadata;
      const { volumes = [], containers = [] } = (podTemplate(manifest)?.['spec'] ?? {}) as PodSpec;
      for (const container of containers) {
        for (const { name: volume, mountPath, subPath = '' } of container.volumeMounts ?? []) {
          const claim = volumes.find((candidate) => candidate.name === volume)?.persistentVolumeClaim?.claimName;
          const dir = claim && claims.get(`${namespace}/${claim}`);
          if (dir !== undefined)
            found.set(placeOf(`${namespace}/${name}`, container.name, mountPath), path.posix.join(dir, subPath));
        }
      }
    }
  }
  return found;
}

function placeOf(workload: string, container: string, mountPath: string): string {
  return `${workload} ${container} ${mountPath}`;
}

function mountsOf(promised: ReadonlyMap<string, string>, text: string): Mount[] {
  const workloads = new Map(livePods().map(({ uid, workload }) => [uid, workload]));
  return list('pods').flatMap(({ metadata, spec, status }) => {
    const workload = workloads.get(metadata.uid) ?? '';
    const running = (status.containerStatuses ?? []) as { name: string; containerID?: string; state: object }[];
    return (spec.containers as PodContainer[]).flatMap(({ name, volumeMounts = [] }) => {
      const is = running.find((candidate) => candidate.name === name);
      if (is === undefined || !('running' in is.state)) return [];
      return volumeMounts.flatMap(({ mountPath, readOnly }): Mount[] => {
        const dir = promised.get(placeOf(workload, name, mountPath));
        if (dir === undefined || readOnly) return [];
        return [
          {
            pod: `${metadata.namespace}/${metadata.name}`,
            container: (is.containerID ?? '').replace('containerd://', ''),
            mount: mountPath,
            path: dir,
            marker: { name: `.gate-${metadata.name}-${name}`, text },
          },
        ];
      });
    });
  });
}

interface PodSpec {
  readonly volumes?: readonly PodVolume[];
  readonly containers?: readonly PodContainer[];
}

interface PodVolume {
  readonly name: string;
  readonly persistentVolumeClaim?: { readonly claimName: string };
}

interface PodContainer {
  readonly name: string;
  readonly volumeMounts?: readonly {
    readonly name: string;
    readonly mountPath: string;
    readonly subPath?: string;
    readonly readOnly?: boolean;
  }[];
}
