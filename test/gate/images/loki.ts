import type { Image } from '../../../tools/images/oci';
import type { Maker } from './maker';

/**
 * The rendered settings are those of Loki 3, and Loki 1.6 refuses them (analytics, common, compactor, schema v13): it
 * shows that lines are taken and queries accepted, not that those settings are right. /data is the claim's folder.
 */
const SETTINGS = JSON.stringify({
  auth_enabled: false,
  server: { http_listen_port: 3100 },
  ingester: {
    lifecycler: {
      address: '127.0.0.1',
      ring: { kvstore: { store: 'inmemory' }, replication_factor: 1 },
      min_ready_duration: '0s',
    },
    max_transfer_retries: 0,
  },
  schema_config: {
    configs: [
      {
        from: '2020-05-15',
        store: 'boltdb',
        object_store: 'filesystem',
        schema: 'v11',
        index: { prefix: 'index_', period: '168h' },
      },
    ],
  },
  storage_config: { boltdb: { directory: '/data/index' }, filesystem: { directory: '/data/chunks' } },
  limits_config: { enforce_metric_name: false },
});

/** Loki in the last version under the Apache licence that can be had, with settings of its own. */
export function loki(maker: Maker): Promise<Image> {
  const file = '/usr/share/loki/settings.yaml';
  return maker.goImage(
    'loki',
    '/usr/bin/loki',
    { cmd: [`-config.file=${file}`], user: '10001:10001', ports: [3100] },
    { [file]: SETTINGS },
  );
}

/** promtail of the same version; it reads the rendered settings. */
export function promtail(maker: Maker): Promise<Image> {
  return maker.goImage('promtail', '/usr/bin/promtail', { cmd: ['-config.file=/etc/promtail/promtail.yaml'] });
}
