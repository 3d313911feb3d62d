import type { Construct } from 'constructs';
import { DagInstaller, type DagInstallerProps } from '../platform/dag-installer';
import type { KaapanaPlatform } from '../platform/kaapana-platform';

/** Properties of `KaapanaPlugin`. */
export interface KaapanaPluginProps extends Omit<DagInstallerProps, 'name' | 'image' | 'version'> {
  readonly platform: KaapanaPlatform;
}

const NAME = 'kaapana-plugin';

/** Puts Kaapana's plugin and its own workflows into Airflow (kaapana-plugin-chart, Kaapana 0.6.0). */
export class KaapanaPlugin extends DagInstaller {
  constructor(scope: Construct, id: string, props: KaapanaPluginProps) {
    super(scope, id, { ...props, name: NAME, image: props.platform.images.ref(NAME), version: props.release.version });
  }
}
