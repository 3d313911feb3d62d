import type { Platform } from '../kube';
import type { ImageName } from './images';
import type { Release } from './release';

/** What Kaapana's components share. */
export interface KaapanaPlatform<More extends string = never> extends Platform<ImageName | More> {
  /** What the release has differently from others. */
  readonly release: Release;
}
