import { requirePackages } from '../../../tools/debian';
import { filesLayer, type LayerFile, WRITABLE } from '../../../tools/images/files';
import type { Image } from '../../../tools/images/oci';
import { run } from '../../../tools/run';

const PROGRAM = '/bin/busybox';

/** Debian's static busybox under each of its names. */
export async function busybox(): Promise<Image> {
  await requirePackages(['busybox-static']);
  const applets = (await run(PROGRAM, ['--list'])).stdout.split('\n').filter((name) => name !== 'busybox');
  const files: Record<string, LayerFile> = {
    '/bin/busybox': { from: PROGRAM },
    '/etc/passwd': 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n',
    '/etc/group': 'root:x:0:\nnobody:x:65534:\n',
    '/tmp': WRITABLE,
  };
  for (const name of applets) files[`/bin/${name}`] = { link: 'busybox' };
  return { layers: [await filesLayer('busybox', files)], cmd: ['sh'] };
}
