import * as path from 'node:path';
import { AUTHORITIES, filesLayer, type LayerFile, WRITABLE } from '../../../tools/images/files';
import type { Image } from '../../../tools/images/oci';
import { Progress } from '../../../tools/progress';
import { provide } from '../../../tools/toolchain';
import { debian } from './debian';
import { keycloak } from './keycloak';
import { PROGRAMS, type ProgramName } from './programs';

/** What images are made from; each part is made when the first image asks for it, and once. */
export class Maker {
  private readonly parts = new Map<string, Promise<string>>();

  constructor(private readonly progress: Progress = new Progress(process.stderr)) {}

  /** The layer with Debian and its programs. */
  public debian(): Promise<string> {
    return this.part('debian', () => this.progress.step("Images: Debian's programs", debian));
  }

  /** The layer with Keycloak, without Debian and Java. */
  public keycloak(): Promise<string> {
    return this.part('keycloak', () => this.progress.step('Images: Keycloak', (report) => keycloak(report)));
  }

  /** The path of a Go program. */
  public program(name: ProgramName): Promise<string> {
    return this.part(name, async () => {
      const [dir] = (await provide([PROGRAMS[name]], this.progress)).values();
      if (dir === undefined) throw new Error(`${name} was not built`);
      return path.join(dir, name);
    });
  }

  /** An image with one Go program at `file`, and what programs without Debian expect around them. */
  public async goImage(
    name: ProgramName,
    file: string,
    image: Omit<Image, 'layers'> = {},
    more: Readonly<Record<string, LayerFile>> = {},
  ): Promise<Image> {
    const files = {
      ...AUTHORITIES,
      ...ACCOUNTS,
      '/tmp': WRITABLE,
      [file]: { from: await this.program(name) },
      ...more,
    };
    return { layers: [await filesLayer(name, files)], entrypoint: [file], ...image };
  }

  /** An image over Debian's programs with a few files of its own. */
  public async debianImage(
    name: string,
    files: Readonly<Record<string, LayerFile>>,
    image: Omit<Image, 'layers'>,
  ): Promise<Image> {
    const own = Object.keys(files).length > 0 ? [await filesLayer(name, files)] : [];
    return { layers: [await this.debian(), ...own], ...image };
  }

  private part(name: string, make: () => Promise<string>): Promise<string> {
    const known = this.parts.get(name);
    if (known !== undefined) return known;
    const made = make();
    this.parts.set(name, made);
    return made;
  }
}

/** Programs look up the names of users. */
const ACCOUNTS: Readonly<Record<string, LayerFile>> = {
  '/etc/passwd': 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n',
  '/etc/group': 'root:x:0:\nnobody:x:65534:\n',
};
