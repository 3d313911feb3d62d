import { base64 } from '../../kube';
import { type ThirdPartyData, type ThirdPartyObject, list, podTemplateOf, record } from './third-party-object';
import { thirdPartySecretsIn, revealThirdPartySecrets, wholeThirdPartySecret } from './third-party-secret';

/**
 * A Secret with the values of the credentials in it. Helm has encoded what stands in `data`; our own encoding comes
 * after they are known.
 */
export function withCredentials(
  { data, stringData, ...rest }: ThirdPartyObject,
  credentials: Readonly<Record<string, string>>,
): ThirdPartyObject {
  const decoded = (text: unknown): string => Buffer.from(String(text), 'base64').toString('utf8');
  const encoded = Object.entries(record(data)).map(([key, value]) => [
    key,
    thirdPartySecretsIn(decoded(value)).length === 0
      ? value
      : base64(revealThirdPartySecrets(decoded(value), credentials)),
  ]);
  const plain = Object.entries(record(stringData)).map(([key, value]) => [
    key,
    revealThirdPartySecrets(String(value), credentials),
  ]);
  return { ...rest, data: Object.fromEntries(encoded), stringData: Object.fromEntries(plain) } as ThirdPartyObject;
}

/** The credentials that the environment of the pods of `object` takes. */
export function credentialsIn(object: ThirdPartyObject): string[] {
  const pod = record(podTemplateOf(object)['spec']);
  return [...list(pod['initContainers']), ...list(pod['containers'])]
    .flatMap(({ env }) => list(env))
    .flatMap(({ value }) => wholeThirdPartySecret(String(value)) ?? []);
}

/** `object` with each environment variable that is a credential taken from the Secret of that name. */
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
  const key = wholeThirdPartySecret(String(variable['value']));
  return key === undefined ? variable : { name: variable['name'], valueFrom: { secretKeyRef: { name: secret, key } } };
}
