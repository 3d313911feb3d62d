import type { LegacyImage } from './images';

/** What changes from one Kaapana release to the next, and nothing else. */
export interface Release {
  readonly version: string;

  /** Images that this release no longer builds, with the tag of the last one that did. */
  readonly legacyImages: Partial<Readonly<Record<LegacyImage, string>>>;

  /** Images that carry extension charts. */
  readonly collections: readonly string[];

  /** Charts that kube-helm installs by itself, without the platform: this program deploys that. */
  readonly preinstalled: readonly string[];
}
