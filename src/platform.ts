import { foreignInstalls } from './foreign/load';
import { hostSettings } from './settings/host';
import type { HowTo } from './settings/how-to';
import type { Settings } from './settings/parse';
import { buildPlatform, type PlatformTree } from './tree';

/**
 * Builds the platform of `environment` with what its settings name in `directory`, where its file is: the environment
 * that owns its server, and charts that others made.
 *
 * @param howTo what is mended by @default - Pulumi's commands for the stack of that name
 * @throws OperatorError with all that is wrong with these, or when the objects do not fit together
 */
export function platformOf(environment: string, settings: Settings, directory: string, howTo?: HowTo): PlatformTree {
  return buildPlatform(settings, environment, hostSettings(settings, environment, directory), foreignInstalls(settings, directory), howTo);
}
