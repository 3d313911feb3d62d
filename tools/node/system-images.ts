import * as fs from 'node:fs';
import * as path from 'node:path';
import { type Image } from '../images/oci';
import { ImageStore } from '../images/store';
import type { Toolchain } from '../toolchain';
import { PAUSE_IMAGE } from './config';
import { type NodeSettings, placesOf } from './settings';
import { COREDNS_IMAGE } from './system-objects';

/** Makes the images of the system from programs of the toolchain, unless they are those that are there. */
export async function ensureSystemImages(settings: NodeSettings, toolchain: Toolchain): Promise<void> {
  const dir = placesOf(settings).systemImages;
  const sources = { [PAUSE_IMAGE]: toolchain.path('pause'), [COREDNS_IMAGE]: toolchain.path('coredns') };
  const mark = path.join(dir, 'sources.json');
  // The paths of built programs change with their sources.
  if (fs.existsSync(mark) && fs.readFileSync(mark, 'utf8') === JSON.stringify(sources)) return;
  fs.rmSync(dir, { recursive: true, force: true });
  const store = new ImageStore(dir);
  for (const [name, program] of Object.entries(sources)) await addProgram(store, name, program);
  fs.writeFileSync(mark, JSON.stringify(sources));
}

/** An image that holds one program without libraries. */
async function addProgram(store: ImageStore, name: string, program: string): Promise<void> {
  const file = path.basename(program);
  const root = fs.mkdtempSync(path.join(store.dir, `${file}-`));
  try {
    fs.chmodSync(root, 0o755);
    fs.copyFileSync(program, path.join(root, file));
    fs.chmodSync(path.join(root, file), 0o755);
    const image: Image = {
      layers: [root],
      entrypoint: [`/${file}`],
      user: file === 'pause' ? '65535:65535' : undefined,
    };
    await store.add(image, [name]);
  } finally {
    fs.rmSync(root, { recursive: true, force: true });
  }
}
