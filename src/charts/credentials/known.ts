import type { ThirdPartyObject } from '../../../constructs/extensions/third-party/third-party-object';
import { thirdPartySecretsIn } from '../../../constructs/extensions/third-party/third-party-secret';
import type { Json } from '../../objects/manifest';
import { isCredentialByForm, nameSays } from '../../settings/credential-names';
import type { ThirdPartyDescription } from '../chart';
import { leavesOf } from '../value-path';
import { placeOf } from './generated';
import { type Landing, landingSays, shownPlace } from './landing';
import { opened, textsOf } from './texts';

interface Known {
  readonly chart: ThirdPartyDescription;
  readonly objects: readonly ThirdPartyObject[];

  /** Values that somebody chose. */
  readonly chosen: readonly string[];

  readonly landing: (key: string) => Landing | undefined;
}

/** Credentials that a chart brings along, one sentence each: everybody who has the chart knows them. */
export function knownCredentials({ chart, objects, chosen, landing }: Known): string[] {
  const places = new Set(chosen.flatMap((key) => landing(key)?.places ?? []).map(placeOf));
  const notes: string[] = [];
  for (const key of defaults(chart).filter((each) => !chosen.includes(each))) {
    const found = landing(key);
    if (!found || found.places.length === 0 || landingSays(found).says === 'plain') continue;
    for (const place of found.places) places.add(placeOf(place));
    notes.push(
      `${key} has a value in the chart, which everybody knows who has the chart; --secret ${key} gives it one of its own`,
    );
  }
  const written = textsOf(objects)
    .filter(({ kind, called, text }) => kind === 'secret' && text !== '' && nameSays(called) === 'credential')
    .filter((place) => !places.has(placeOf(place)) && thirdPartySecretsIn(opened(place.text)).length === 0);
  return [
    ...notes,
    ...written.map(
      (place) => `${shownPlace(place)} stands in the chart itself, so everybody knows it who has the chart`,
    ),
  ];
}

/** Values of the chart that are credentials by their names or forms. */
function defaults({ parameters, values }: ThirdPartyDescription): string[] {
  const all: [string, Json][] = [
    ...Object.entries(parameters)
      .filter(([, { type }]) => type === 'string')
      .map(([key, { default: fallback }]): [string, Json] => [key, fallback]),
    ...leavesOf(values).map(([path, value]): [string, Json] => [path.join('.'), value]),
  ];
  return all
    .filter(
      ([key, value]) =>
        typeof value === 'string' && value !== '' && (nameSays(key) === 'credential' || isCredentialByForm(value)),
    )
    .map(([key]) => key);
}
