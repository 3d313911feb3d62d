import { secretsIn } from '../../constructs/kube';
import { finding, type Found, findingId } from '../findings/finding';
import type { Graph, InitialKeys } from '../objects/graph';
import { type JsonObject, objectAt, textAt } from '../objects/manifest';
import { revealed, type SecretOf } from '../objects/reveal';
import type { ApiServer } from './api-server';
import { objectPath } from './paths';

/** What is known of the secrets of an environment. */
export interface KnownSecrets {
  readonly secretOf: SecretOf;

  /** The setting that a secret follows from, by the secret's name. */
  readonly settingOf: (name: string) => string;
}

/** A key of a Secret that a program took once. */
type ChangedCredential = Found<'set-when-created'> | Found<'uncompared-credential'>;

/**
 * Keys of Secrets that programs took when they made their data, and that differ from what the server has. Whether data
 * was made, its claim says: one that is bound.
 *
 * @param live what exists of `graph`, by identity
 */
export async function changedCredentials(
  graph: Graph,
  live: ReadonlyMap<string, JsonObject>,
  server: ApiServer,
  known: KnownSecrets,
): Promise<ChangedCredential[]> {
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
): ChangedCredential[] {
  if (before === undefined || wanted === undefined) return [];
  const value = revealed(wanted, secretOf);
  if (value === before) return [];
  const subject = { kind: 'credential', id: secret, key } as const;
  const facts = { settings: [...new Set(secretsIn(wanted).map(settingOf))], claim, changedBy };
  return [
    value === undefined
      ? finding('uncompared-credential', subject, facts)
      : finding(
          'set-when-created',
          subject,
          facts,
          { kind: 'do', what: 'restore-value' },
          { kind: 'acknowledge', id: findingId({ rule: 'set-when-created', subject }) },
        ),
  ];
}
