import type { ThirdPartyObject } from '../../../constructs/extensions/third-party/third-party-object';
import { thirdPartySecret, thirdPartySecretsIn } from '../../../constructs/extensions/third-party/third-party-secret';
import { OperatorError } from '../../base/operator-error';
import { isObject, type Json } from '../../objects/manifest';
import { isCredentialByForm, nameSays } from '../../settings/credential-names';
import type { TextForm } from '../../settings/derive';
import type { ThirdPartyDescription } from '../chart';
import { parsePath } from '../value-path';
import { valueAt } from '../values';
import { type Generated, placeOf, withoutRandomness } from './generated';
import { knownCredentials } from './known';
import { type Landing, landingOf, MARKER } from './landing';
import { opened, textsOf } from './texts';
import { noSecret, verdict } from './verdict';

/** What is looked at. */
export interface Search {
  readonly chart: ThirdPartyDescription;

  /** Values that somebody chose, by path or parameter. */
  readonly values: Readonly<Record<string, Json>>;

  /** Those that are credentials, on somebody's word. */
  readonly secret: readonly string[];

  /** Those that are none, on somebody's word. */
  readonly plain: readonly string[];

  /** What it renders to with the chosen values. */
  readonly first: readonly ThirdPartyObject[];

  /** Renders the chart with these values over the chosen ones. @throws OperatorError when it cannot be rendered so */
  readonly draw: (over: Readonly<Record<string, Json>>) => readonly ThirdPartyObject[];

  /** What the chart made up when it was rendered before. */
  readonly before: Readonly<Record<string, TextForm>>;

  /** What texts follow from that are random and no credentials. */
  readonly salt: string;
}

/** The credentials of a chart. */
export interface FoundCredentials {
  /** Objects with marks in place of them. */
  readonly objects: readonly ThirdPartyObject[];

  /** Those that the chart would make up. */
  readonly generated: Readonly<Record<string, TextForm>>;

  /** Chosen values that sound like credentials and are none. */
  readonly plain: readonly string[];

  /** What somebody should know, one sentence each. */
  readonly notes: readonly string[];

  /** Why the chart is not taken. */
  readonly problems: readonly string[];
}

/** Finds out what is a credential: by rendering the chart with other values in place, and by rendering it again. */
export function findCredentials(search: Search): FoundCredentials {
  const generated = withoutRandomness(search.first, () => search.draw({}), search.salt);
  return new Finder(search, generated).result();
}

class Finder {
  private readonly problems: string[];
  private readonly notes: string[] = [];
  private readonly plain: string[] = [];
  private readonly landings = new Map<string, Landing | undefined>();

  constructor(
    private readonly search: Search,
    private readonly found: Generated,
  ) {
    this.problems = [...found.problems];
  }

  public result(): FoundCredentials {
    const { values, secret, plain } = this.search;
    for (const [key, value] of Object.entries(values).flatMap(([path, item]) => textsBelow(path, item)))
      this.judge(key, value);
    for (const key of secret) this.doubt(key);
    const known = new Set(Object.entries(values).flatMap(([path, item]) => textsBelow(path, item).map(([key]) => key)));
    for (const key of plain.filter((each) => !known.has(each)))
      this.problems.push(`--plain ${key}: there is no --set ${key}`);
    if (this.problems.length === 0) {
      this.problems.push(...this.transformed());
      const chosen = [...Object.keys(values), ...secret];
      const landing = (key: string): Landing | undefined => this.landing(key);
      this.notes.push(...knownCredentials({ chart: this.search.chart, objects: this.found.objects, chosen, landing }));
    }
    const { objects } = this.found;
    return { objects, generated: this.kept(), plain: this.plain, notes: this.notes, problems: this.problems };
  }

  /** Data may be locked with what was derived before. */
  private kept(): Record<string, TextForm> {
    const { before } = this.search;
    const { generated } = this.found;
    const gone = Object.keys(before).filter((name) => !Object.hasOwn(generated, name));
    const added = Object.keys(generated).filter((name) => !Object.hasOwn(before, name));
    if (gone.length > 0 && added.length > 0)
      this.notes.push(
        `the chart had ${gone.join(', ')} before, and has ${added.join(', ')} now: these are other passwords. Where data is locked with an old one, set it under the new name`,
      );
    return Object.fromEntries(
      Object.entries(generated).map(([name, form]) => {
        const old = before[name];
        return [name, old?.alphabet === form.alphabet ? old : form];
      }),
    );
  }

  private judge(key: string, value: Json): void {
    const { chart, plain } = this.search;
    const isNamed = nameSays(key) !== 'nothing' || isCredentialByForm(String(value));
    const { is, because } = verdict({
      key,
      value,
      fallback: fallbackOf(chart, key),
      isChoice: isChoice(chart, key),
      landing: this.landing(key),
    });
    if (plain.includes(key)) this.plain.push(key);
    else if (is === 'credential')
      this.problems.push(
        `--set ${key}: ${because}. A credential does not belong on a command line, which everybody on the machine can read, nor into the file of the environment. Pass it with --secret ${key}; if it is no credential, add --plain ${key}`,
      );
    else {
      if (isNamed && is === 'plain') this.plain.push(key);
      if (is === 'perhaps')
        this.notes.push(
          `${key} stands in plain text in the file of the environment, and may be a credential: ${because}. If it is one, remove --set ${key} and add --secret ${key}; if not, --plain ${key} ends this message`,
        );
    }
  }

  private doubt(key: string): void {
    const { chart } = this.search;
    const reason = noSecret({
      key,
      fallback: fallbackOf(chart, key),
      isChoice: isChoice(chart, key),
      landing: this.landing(key),
    });
    if (reason !== undefined) this.problems.push(`--secret ${key}: ${reason}`);
  }

  private landing(key: string): Landing | undefined {
    if (!this.landings.has(key)) this.landings.set(key, this.landingNow(key));
    return this.landings.get(key);
  }

  private landingNow(key: string): Landing | undefined {
    try {
      return landingOf(this.found.objects, this.search.draw({ [key]: MARKER }), this.found.places);
    } catch (problem) {
      if (problem instanceof OperatorError) return undefined;
      throw problem;
    }
  }

  /** A hash of a credential, or a part of it, would be that of its mark. */
  private transformed(): string[] {
    const { objects, places } = this.found;
    const { secret } = this.search;
    const granted = objects
      .flatMap((object) => namesIn(object))
      .filter((name) => !Object.hasOwn(this.found.generated, name) && !secret.includes(name));
    const all = [...new Set([...secret, ...granted])];
    if (all.length === 0) return [];
    const other = (name: string): string => thirdPartySecret(`${name}.other`);
    let drawn: readonly ThirdPartyObject[];
    try {
      drawn = this.search.draw(
        Object.fromEntries(all.map((name) => [secret.includes(name) ? name : `global.${name}`, other(name)])),
      );
    } catch (problem) {
      if (problem instanceof OperatorError) return [];
      throw problem;
    }
    const before = new Map(textsOf(objects).map((place) => [placeOf(place), opened(place.text)]));
    return textsOf(drawn)
      .filter((place) => place.kind !== 'note' && !places.has(placeOf(place)))
      .filter((place) => before.get(placeOf(place)) !== opened(place.text).replaceAll('.other>', '>'))
      .map(
        ({ owner, path }) =>
          `${owner}: ${path.join('.')} is made of a credential (${all.join(', ')}), e.g. a hash of it, and no template knows the value. Let the program do that, or give the chart the name of a Secret that has it`,
      );
  }
}

function namesIn(object: ThirdPartyObject): string[] {
  return textsOf([object]).flatMap(({ text }) => thirdPartySecretsIn(opened(text)));
}

/** Whether a parameter is one of a list of choices, or a switch. */
function isChoice({ parameters }: ThirdPartyDescription, key: string): boolean {
  const type = Object.hasOwn(parameters, key) ? parameters[key]?.type : undefined;
  return type !== undefined && type !== 'string';
}

/** What a chart has for a parameter, or at a path of its values. */
function fallbackOf({ parameters, values }: ThirdPartyDescription, key: string): Json | undefined {
  return Object.hasOwn(parameters, key) ? parameters[key]?.default : valueAt(values, parsePath(key) ?? []);
}

/** What stands at `path`, or below it in lists and mappings. */
function textsBelow(path: string, value: Json): [string, Json][] {
  if (Array.isArray(value) && value.some((item: Json) => typeof item === 'object'))
    return value.flatMap((item: Json, index) => textsBelow(`${path}[${index}]`, item));
  if (!isObject(value)) return [[path, value]];
  return Object.entries(value).flatMap(([key, item]) => textsBelow(`${path}.${key}`, item ?? null));
}
