import type { Tenant } from '../../src/conflicts/conflict';
import { buildPlatform } from '../../src/environment/tree';
import type { Finding } from '../../src/findings/finding';
import { byText } from '../../src/findings/texts/conflicts';
import type { Graph } from '../../src/objects/graph';
import { parseSettings, type Settings } from '../../src/settings/parse';
import { printed } from '../findings/support';
import { REQUIRED } from '../settings/support';

/** Settings by their keys. */
export type Keys = Readonly<Record<string, unknown>>;

/** What a further instance has of its own on the server of the environment `prod`. */
export const GUEST: Keys = {
  serverStack: 'prod',
  instanceUid: 'site2',
  domain: 'site2.example.org',
  httpPort: 0,
  httpsPort: 8443,
  dicomPort: 11113,
};

/** And one more. */
export const THIRD: Keys = {
  ...GUEST,
  instanceUid: 'site3',
  domain: 'site3.example.org',
  httpsPort: 9443,
  dicomPort: 11114,
};

/** Environments with all of their objects, by name; those with a `serverStack` are further instances. */
export function tenants(given: Readonly<Record<string, Keys>>): Tenant[] {
  const parsed = Object.entries(given).map(([environment, keys]) => ({
    environment,
    ...parseSettings({ ...REQUIRED, ...keys }, environment),
  }));
  return parsed.map((tenant) => {
    const host = parsed.find(({ environment }) => environment === tenant.settings.serverStack)?.settings;
    return { ...tenant, graph: graphOf(tenant.settings, tenant.environment, host) };
  });
}

const graphs = new Map<string, Graph>();

/** Many tests have an environment in common. */
function graphOf(settings: Settings, environment: string, host: Settings | undefined): Graph {
  const key = JSON.stringify([settings, environment, host]);
  const graph = graphs.get(key) ?? buildPlatform(settings, environment, host).graph;
  graphs.set(key, graph);
  return graph;
}

/** A conflict as it is printed, in its parts. */
export interface Told {
  readonly rule: Finding['rule'];

  /** What both want. */
  readonly what: string;
  readonly owners: readonly { readonly environment: string; readonly by: string }[];
  readonly remedy: string;
}

/** Conflicts as they are printed, each for itself: `prod (...) and site2 (...) want WHAT. In site2: REMEDY`. */
export function told(findings: readonly Finding[]): Told[] {
  return findings.map((finding) => {
    const { rule, facts } = finding;
    const [text = ''] = printed([finding]);
    const owners = 'owners' in facts ? facts.owners : [];
    const [, what = '', remedy = ''] = / wants? (.*?)\. (In .*)$/s.exec(text.replace(namesOf(owners), '')) ?? [];
    return {
      rule,
      what,
      owners: owners.map((owner) => ({ environment: owner.environment, by: byText(owner) })),
      remedy,
    };
  });
}

function namesOf(owners: readonly Parameters<typeof byText>[0][]): string {
  const names = owners.map((owner) => `${owner.environment} (${byText(owner)})`);
  return names.length === 1 ? `${names[0]}` : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
