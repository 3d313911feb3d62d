import type { Release } from '../../constructs/platform/release';

/** Kaapana 0.3.5: the facts of the rows that later releases no longer ship. */
export const release035: Release = {
  version: '0.3.5',
  legacyImages: {},
  collections: ['kaapana-extension-collection'],
  preinstalled: ['code-server-chart'],
};
