import { secretsIn } from '../../constructs/kube';
import type { CredentialFacts, SetWhenCreated, UncomparedCredential } from '../findings/finding';
import type { ApiServer } from './api-server';
import type { Graph, InitialKeys } from '../objects/graph';
import { type JsonObject, objectAt, textAt } from '../objects/manifest';
import { objectPath } from './paths';
import { revealed, type SecretOf } from '../objects/reveal';

/** What is known of the secrets of an environment. */
export interface KnownSecrets {
  readonly secretOf: SecretOf;

  /** The setting that a secret follows from, by the secret's name. */
  readonly settingOf: (name: string) => string;
}

/**
 * Keys of Secrets that programs took when they made their data, and that differ from what the server has. Whether data was
 * made, its claim says: one that is bound.
 *
 * @param live what exists of `graph`, by identity
 */
export async function changedCredentials(
  graph: Graph,
  live: ReadonlyMap<string, JsonObject>,
  server: ApiServer,
  known: KnownSecrets,
): Promise<(SetWhenCreated | UncomparedCredential)[]> {
  const made = graph.initialCredentials.filter(
    ({ secret, claim }) => live.has(secret) && objectAt(live.get(claim)?.status).phase === 'Bound',
  );
  const found = await Promise.all(
    made.map(async (initial) => {
      const manifest = graph.byId.get(initial.secret)?.manifest;
      if (!manifest) return [];
      const existing = await server.get(objectPath(manifest));
      return initial.keys.flatMap((key) =>
        changed(initial, key, textAt(objectAt(existing?.data)[key]), textAt(objectAt(manifest.data)[key]), known),
      );
    }),
  );
  return found.flat();
}

/** @param before,wanted in base64 */
function changed(
  { secret, claim, changedBy }: InitialKeys,
  key: string,
  before: string | undefined,
  wanted: string | undefined,
  { secretOf, settingOf }: KnownSecrets,
): (SetWhenCreated | UncomparedCredential)[] {
  if (before === undefined || wanted === undefined) return [];
  const value = revealed(wanted, secretOf);
  if (value === before) return [];
  const facts: CredentialFacts = { key, settings: [...new Set(secretsIn(wanted).map(settingOf))], claim, changedBy };
  return [
    value === undefined
      ? { rule: 'uncompared-credential', severity: 'warning', subject: secret, facts }
      : { rule: 'set-when-created', severity: 'error', subject: secret, facts },
  ];
}
