import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Manifest } from '../src/objects/manifest';
import { renderEnvironment } from '../src/render';
import { toYaml } from '../src/render/yaml';
import { ControlPlane } from '../tools/control-plane';
import { embeddedEnv } from '../tools/env';
import { CACHE, PROJECT } from '../tools/paths';
import { writeProjectFile } from '../tools/project-file';
import { run } from '../tools/run';
import type { Toolchain } from '../tools/toolchain';

/** Name of the measured stack; its objects carry it as their environment. */
export const STACK = 'bench';

/** A control plane of its own, and the same objects for Pulumi, Helm and kubectl. */
export class Site {
  public readonly env: NodeJS.ProcessEnv;

  /** Folder with everything of this run. */
  public readonly dir = path.join(CACHE, `bench-${process.pid}`);

  /** The measured environment; a copy of dev, so that an edit is nobody else's. */
  public readonly settings = path.join(this.dir, `Pulumi.${STACK}.yaml`);

  /** The objects as a chart, its definitions as Helm wants them: apart. */
  public readonly chart = path.join(this.dir, 'chart');

  /** The objects as files for kubectl: definitions first. */
  public readonly files: readonly string[] = ['definitions', 'objects'].map((name) =>
    path.join(this.dir, `${name}.yaml`),
  );

  private readonly plane = new ControlPlane({ dir: path.join(this.dir, 'control-plane'), name: STACK });
  private readonly state = path.join(this.dir, 'state');

  constructor(private readonly toolchain: Toolchain) {
    this.env = embeddedEnv(toolchain, { kubeconfig: this.plane.kubeconfig, stateDir: this.state, stack: STACK });
  }

  /** Writes settings, chart and files. */
  public prepare(): number {
    fs.mkdirSync(path.join(this.chart, 'templates'), { recursive: true });
    fs.mkdirSync(path.join(this.chart, 'crds'), { recursive: true });
    fs.copyFileSync(path.join(PROJECT, 'Pulumi.dev.yaml'), this.settings);
    writeProjectFile(this.dir);
    const manifests = renderEnvironment(this.settings, { showSecrets: true }).map(({ manifest }) => manifest);
    const [definitions, objects] = [true, false].map((wanted) =>
      manifests.filter(({ kind }) => (kind === 'CustomResourceDefinition') === wanted),
    );
    const texts = [definitions, objects].map((group: readonly Manifest[] = []) => toYaml(group));
    this.files.forEach((file, index) => fs.writeFileSync(file, texts[index] ?? '', { mode: 0o600 }));
    fs.writeFileSync(path.join(this.chart, 'Chart.yaml'), 'apiVersion: v2\nname: bench\nversion: 0.1.0\n');
    fs.writeFileSync(path.join(this.chart, 'crds', 'all.yaml'), texts[0] ?? '');
    // Helm makes text of data, as `synth` does.
    fs.writeFileSync(path.join(this.chart, 'values.yaml'), JSON.stringify({ objects }), { mode: 0o600 });
    fs.writeFileSync(
      path.join(this.chart, 'templates', 'all.yaml'),
      '{{- range .Values.objects }}\n---\n{{ toYaml . }}\n{{- end }}\n',
    );
    return manifests.length;
  }

  /** An empty server and an empty stack. */
  public async reset(): Promise<void> {
    await this.plane.reset();
    fs.rmSync(this.state, { recursive: true, force: true });
    fs.mkdirSync(this.state, { recursive: true });
    await this.plane.start(this.toolchain);
    const created = await run(this.toolchain.path('pulumi'), ['stack', 'init', STACK, '--non-interactive'], {
      cwd: this.dir,
      env: this.env,
    });
    if (created.code !== 0) throw new Error(created.output);
  }

  /** Another tag for one image. */
  public changeImage(tag: string): void {
    const text = fs.readFileSync(this.settings, 'utf8').replace(/^ {2}kaapana:imageTags:.*\n/m, '');
    fs.writeFileSync(
      this.settings,
      text.replace(/^config:\n/m, `config:\n  kaapana:imageTags: { maintenance-page-kaapana: ${tag} }\n`),
    );
  }

  /** Ends the control plane and deletes everything. */
  public async remove(): Promise<void> {
    await this.plane.reset();
    fs.rmSync(this.dir, { recursive: true, force: true });
  }
}
