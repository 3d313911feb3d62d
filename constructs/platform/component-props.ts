import type { KaapanaPlatform } from './kaapana-platform';

/** What every component is given. */
export interface ComponentProps {
  /** What all components of the platform share. */
  readonly platform: KaapanaPlatform;

  /** Namespace that its objects are in. */
  readonly namespace: string;
}
