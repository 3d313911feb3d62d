import type { Release } from './release';

/** Kaapana 0.6.0 (platforms/kaapana-admin-chart/deployment_config.yaml). */
export const release060: Release = {
  version: '0.6.0',
  retiredImages: { 'nfs-init': '0.3.5', 'volume-nfs': '0.3.5' },
  collections: ['kaapana-extension-collection'],
  preinstalled: ['code-server-chart', 'kaapana-workflows-core'],
};
