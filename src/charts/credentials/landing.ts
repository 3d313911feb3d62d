import type { ThirdPartyObject } from '../../../constructs/extensions/third-party/third-party-object';
import { isPublicName, nameSays } from '../../settings/credential-names';
import { placeOf } from './generated';
import { type PlacedText, textsOf } from './texts';

/** A place of a value: the text there is the value, has it in it, or changes with it. */
export interface LandingPlace extends PlacedText {
  readonly how: 'whole' | 'part' | 'made-of';
}

/** Where a value of a chart ends up. */
export interface Landing {
  readonly places: readonly LandingPlace[];
}

/** What stands for a value to see where it lands: a text that is allowed as a name, too. */
export const MARKER = 'kpvaluemark7q4zx';

/**
 * Compares what a chart renders to with a value and with {@link MARKER} in its place.
 *
 * @param random places that differ in any case
 */
export function landingOf(
  usual: readonly ThirdPartyObject[],
  marked: readonly ThirdPartyObject[],
  random: ReadonlySet<string>,
): Landing {
  const before = new Map(textsOf(usual).map((place) => [placeOf(place), place.text]));
  return {
    places: textsOf(marked).flatMap((place): LandingPlace[] => {
      const text = place.text.toLowerCase();
      const at = placeOf(place);
      if (text.includes(MARKER)) return [{ ...place, how: text === MARKER ? 'whole' : 'part' }];
      const isMade = before.has(at) && before.get(at) !== place.text && !random.has(at) && place.kind !== 'note';
      return isMade ? [{ ...place, how: 'made-of' }] : [];
    }),
  };
}

/** Files that hold a key or a password, by the usual names. */
const KEY_FILES =
  /(^|[._-])(key|pem|p12|pfx|jks|keytab|id_rsa|id_ed25519|id_ecdsa|pgpass|netrc|htpasswd|dockerconfigjson|kubeconfig)$/i;

/** What the places of a value say of it. */
export interface LandingSays {
  readonly says: 'credential' | 'plain' | 'perhaps' | 'nothing';

  /** The place that says so, for a message. */
  readonly because: string;
}

/** Where it ends up counts before what it is called. */
export function landingSays({ places }: Landing): LandingSays {
  const name = places.find(({ kind }) => kind === 'name');
  if (name) return { says: 'plain', because: `it is the name of an object or of a key in ${shownPlace(name)}` };
  const inSecret = places.filter(({ kind }) => kind === 'secret');
  const whole = inSecret.find(({ how, called }) => how === 'whole' && !isPublicName(called));
  if (whole) return { says: 'credential', because: `it is in the data of ${shownPlace(whole)}` };
  const file = places.find(({ kind, called }) => kind === 'config' && KEY_FILES.test(called));
  if (file) return { says: 'credential', because: `it is in a file with a key, ${shownPlace(file)}` };
  const named = places.find(
    ({ called, text, how }) => nameSays(how === 'part' ? before(text) || called : called) === 'credential',
  );
  if (named) return { says: 'credential', because: `the program gets it as ${shownPlace(named)}` };
  const [part] = inSecret;
  if (part) return { says: 'perhaps', because: `it is in the data of ${shownPlace(part)}` };
  return { says: 'nothing', because: '' };
}

/** The name in front of the value, as in `--password=...`, `password: ...` or `://user:...@`. */
function before(text: string): string {
  const [head = '', tail = ''] = text.toLowerCase().split(MARKER);
  if (/:\/\/[^/@\s]*:$/.test(head) && tail.startsWith('@')) return 'password';
  return /([\w.-]+)["']?\s*[:=]\s*["']?$/.exec(head)?.[1]?.replace(/^-+/, '') ?? '';
}

/** A place in words. */
export function shownPlace({ owner, kind, called }: PlacedText): string {
  return kind === 'environment' ? `the environment variable ${called} of ${owner}` : `${owner} (${called})`;
}
