import type { Problem } from '../../src/settings/problems';
import { SettingsError } from '../../src/settings/problems';
import { parseSettings, type Settings } from '../../src/settings/parse';

/** Settings without which there is no platform. */
export const REQUIRED = {
  domain: 'kaapana.example.org',
  containerRegistryUrl: 'registry.example.org/kaapana',
  totalMemory: '64000Mi',
  credentials: {
    keycloakAdminPassword: 'Keycloak2020',
    minioPassword: 'Minio2020',
    grafanaPassword: 'Grafana2020',
    initPassword: 'Init2020',
    oidcClientSecret: 'Oidc2020',
  },
} as const;

/** Settings of the environment `test`; `undefined` takes one of the required ones away. */
export function settings(given: Readonly<Record<string, unknown>> = {}): Settings {
  return parseSettings({ ...REQUIRED, ...given }, 'test').settings;
}

/** What is wrong with these settings. */
export function problems(given: Readonly<Record<string, unknown>>): readonly Problem[] {
  return error({ ...REQUIRED, ...given }).problems;
}

/**
 * The error that these settings give.
 *
 * @throws when they are right
 */
export function error(raw: Readonly<Record<string, unknown>>): SettingsError {
  try {
    parseSettings(raw, 'test');
  } catch (problem) {
    if (problem instanceof SettingsError) return problem;
    throw problem;
  }
  throw new Error('the settings are right');
}
