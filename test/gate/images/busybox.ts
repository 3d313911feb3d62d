import { requirePackages } from '../../../tools/debian';
import { filesLayer, type LayerFile, WRITABLE } from '../../../tools/images/files';
import type { Image } from '../../../tools/images/oci';
import { run } from '../../../tools/run';

const PROGRAM = '/bin/busybox';

/** Writes the sizes of the folders for node-exporter, in the metrics, files and variables of Kaapana's image. */
const COLLECTOR = `#!/bin/sh
set -eu
metric() { printf '# TYPE %s gauge\\n%s{path="%s"} %s\\n' "$1" "$1" "$2" "$(($3 * 1024))"; }
folder() {
  metric "kaapana_$1_dir_size_bytes" "$3" "$(du -sk "$2" 2>/dev/null | cut -f 1)"
  set -- "$1" "$3" $(df -kP "$2" | tail -n 1)
  metric "kaapana_$1_fs_size_bytes" "$2" "$4"
  metric "kaapana_$1_fs_available_bytes" "$2" "$6"
}
while true; do
  { folder fast /fast "$FAST_PATH"; folder slow /slow "$SLOW_PATH"; } >/textfile/.kaapana
  mv /textfile/.kaapana /textfile/kaapana_fast_size.prom
  sleep "\${TEXTFILE_POLL_INTERVAL:-300}"
done
`;

/** The collector of node-exporter's pod, on busybox. */
export async function textfileCollector(): Promise<Image> {
  const files = { '/bin/collect': { script: COLLECTOR } };
  const { layers } = await busybox();
  return { layers: [...layers, await filesLayer('collector', files)], cmd: ['/bin/collect'] };
}

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
