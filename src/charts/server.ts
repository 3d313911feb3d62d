import { TRAEFIK_APIS } from '../../constructs/admin/traefik-crds';
import type { Settings } from '../settings/parse';
import type { ChartServer } from './helm';

/** The version that charts are told where the settings do not say one. */
const VERSION = '1.33.4';

/** What charts are told of an environment's server: its version by the settings, and what the platform brings to it. */
export function serverOf({ kubernetesVersion: version = VERSION }: Pick<Settings, 'kubernetesVersion'>): ChartServer {
  const source = 'by the setting kubernetesVersion; --live asks the running server for its own';
  return { version, source, apiVersions: TRAEFIK_APIS };
}
