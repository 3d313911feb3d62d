import type { Release } from '../../constructs/platform/release';

/** Kaapana 0.6.0 (platforms/kaapana-admin-chart/deployment_config.yaml). */
export const release060: Release = {
  version: '0.6.0',
  legacyImages: {
    'dag-persistence-layer-operators': '0.3.5',
    'debug-container': '0.3.5',
    'kaapana-persistence-backend': '0.3.5',
    'kaapana-persistence-frontend': '0.3.5',
    'kaapana-persistence-mongodb': '0.3.5',
    'minio-console': '0.2.6',
    'nfs-init': '0.3.5',
    'ohif-v2': '0.3.5',
    ohififrame: '0.3.5',
    'static-website': '0.3.5',
    'volume-nfs': '0.3.5',
  },
  collections: ['kaapana-extension-collection'],
  preinstalled: ['code-server-chart', 'kaapana-workflows-core'],
};
