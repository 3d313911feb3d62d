import { FindingsError } from '../../src/findings/error';
import type { Finding } from '../../src/findings/finding';
import { HowTo } from '../../src/findings/how-to';
import { messageText, remedyText } from '../../src/findings/texts/settings';
import { parseSettings, type Settings } from '../../src/settings/parse';
import { isMistake } from '../../src/settings/problems';

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

/** A mistake as it is printed, and as data. */
export interface Problem {
  readonly rule: Finding['rule'];
  readonly key: string;
  readonly value?: unknown;
  readonly message: string;
  readonly remedy: string;
}

/** What is wrong with these settings. */
export function problems(given: Readonly<Record<string, unknown>>): readonly Problem[] {
  return mistakesIn(error({ ...REQUIRED, ...given }));
}

/** The mistakes that an error lists, as they are printed for `environment`. */
export function mistakesIn(
  { findings }: FindingsError,
  environment = 'test',
  howTo = new HowTo(environment),
): Problem[] {
  return findings.filter(isMistake).map((mistake) => {
    const { key, ...rest } = mistake.subject;
    return {
      rule: mistake.rule,
      key,
      ...('value' in rest ? { value: rest.value } : {}),
      message: messageText(mistake),
      remedy: remedyText(mistake, howTo),
    };
  });
}

/**
 * The error that these settings give.
 *
 * @throws when they are right
 */
export function error(raw: Readonly<Record<string, unknown>>): FindingsError {
  try {
    parseSettings(raw, 'test');
  } catch (problem) {
    if (problem instanceof FindingsError) return problem;
    throw problem;
  }
  throw new Error('the settings are right');
}
