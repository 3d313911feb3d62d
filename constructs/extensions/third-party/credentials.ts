import { createHash } from 'node:crypto';
import { base64 } from '../../kube';
import { type ThirdPartyData, type ThirdPartyObject, list, podTemplateOf, record } from './third-party-object';
import {
  revealThirdPartySecrets,
  thirdPartySecretsIn,
  withinBase64,
  wholeThirdPartySecret,
} from './third-party-secret';

/**
 * A Secret with the values of the credentials in it. Helm has encoded what stands in `data`; our own encoding comes
 * after they are known.
 */
export function withCredentials(
  { data, stringData, ...rest }: ThirdPartyObject,
  credentials: Readonly<Record<string, string>>,
): ThirdPartyObject {
  const revealed = (text: string): string =>
    revealThirdPartySecrets(
      withinBase64(text, (inner) => base64(revealThirdPartySecrets(inner, credentials))),
      credentials,
    );
  const encoded = Object.entries(record(data)).map(([key, value]) => {
    const text = Buffer.from(String(value), 'base64').toString('utf8');
    return [key, revealed(text) === text ? value : base64(revealed(text))];
  });
  const plain = Object.entries(record(stringData)).map(([key, value]) => [key, revealed(String(value))]);
  return { ...rest, data: Object.fromEntries(encoded), stringData: Object.fromEntries(plain) } as ThirdPartyObject;
}

/** What the environment of the pods of `object` takes from credentials: their texts, by their keys in a Secret. */
export function credentialsIn(object: ThirdPartyObject): Record<string, string> {
  const pod = record(podTemplateOf(object)['spec']);
  const variables = [...list(pod['initContainers']), ...list(pod['containers'])].flatMap(({ env }) => list(env));
  return Object.fromEntries(
    variables
      .filter(({ value }) => typeof value === 'string' && keyOf(value) !== undefined)
      .map(({ value }) => {
        const text = String(value);
        return [keyOf(text) ?? '', text];
      }),
  );
}

/** The key of the text of a variable: the credential's name, or one of its own for a text that has some in it. */
function keyOf(text: string): string | undefined {
  const [first] = thirdPartySecretsIn(text);
  if (first === undefined) return undefined;
  return wholeThirdPartySecret(text) ?? `${first}-in-${createHash('sha256').update(text).digest('hex').slice(0, 8)}`;
}

/** `object` with each environment variable that has a credential in it taken from the Secret of that name. */
export function withReferences(object: ThirdPartyObject, secret: string): ThirdPartyObject {
  return moved(object, secret) as ThirdPartyObject;
}

function moved(value: unknown, secret: string): unknown {
  if (Array.isArray(value)) return value.map((item) => moved(item, secret));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key === 'env' && Array.isArray(item)
        ? item.map((variable: unknown) => variableFrom(record(variable), secret))
        : moved(item, secret),
    ]),
  );
}

function variableFrom(variable: ThirdPartyData, secret: string): ThirdPartyData {
  const key = typeof variable['value'] === 'string' ? keyOf(variable['value']) : undefined;
  return key === undefined ? variable : { name: variable['name'], valueFrom: { secretKeyRef: { name: secret, key } } };
}
