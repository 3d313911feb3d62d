import { createHash } from 'node:crypto';
import type { ThirdPartyObject } from '../../../constructs/extensions/third-party/third-party-object';
import { thirdPartySecret } from '../../../constructs/extensions/third-party/third-party-secret';
import { deriveText, type TextForm } from '../../settings/derive';
import { NotDerivable, Randomness } from './randomness';
import { type PlacedText, textsOf, withTexts } from './texts';

/** The objects of a chart without what it makes at random. */
export interface Generated {
  /** With a mark in place of each credential that the chart would make up. */
  readonly objects: readonly ThirdPartyObject[];

  /** These credentials by the names in their marks. */
  readonly generated: Readonly<Record<string, TextForm>>;

  /** Places whose text differs from drawing to drawing: `Kind namespace/name path`. */
  readonly places: ReadonlySet<string>;

  /** Why the chart is not taken. */
  readonly problems: readonly string[];
}

/** The time of a rendering, of which some digits happen to stay. */
const DATE = /\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}|^\d{10,19}$/;

/** Two drawings show whether there is anything; more tell where it begins and ends. */
const MORE_DRAWINGS = 2;

/** What is shorter protects nothing: a part of a date, a suffix that makes a name unique. */
const SHORTEST_CREDENTIAL = 8;

/**
 * Draws a chart several times. What differs and is a credential becomes one of ours; what differs and stands in names,
 * labels or annotations becomes a text that stays the same for the same chart.
 *
 * @param objects the first drawing
 * @param salt what such texts follow from
 */
export function withoutRandomness(
  objects: readonly ThirdPartyObject[],
  draw: () => readonly ThirdPartyObject[],
  salt: string,
): Generated {
  const drawings = [objects, draw()];
  const nothing = { objects, generated: {}, places: new Set<string>(), problems: [] };
  if (JSON.stringify(drawings[0]) === JSON.stringify(drawings[1])) return nothing;
  for (let more = 0; more < MORE_DRAWINGS; more += 1) drawings.push(draw());
  const texts = drawings.map((drawing) => textsOf(drawing));
  const [first = [], ...others] = texts;
  if (others.some((other) => shapeOf(other) !== shapeOf(first)))
    return { ...nothing, problems: ['it renders to other objects each time, so nobody knows what is deployed'] };
  return new Marking(first, texts, salt).result(objects);
}

/** The place of a text. */
export function placeOf({ owner, path }: Pick<PlacedText, 'owner' | 'path'>): string {
  return `${owner} ${path.join('.')}`;
}

/** A random name is another one each time: only what kind of object has it counts. */
function shapeOf(texts: readonly PlacedText[]): string {
  return JSON.stringify(texts.map(({ object, path, owner }) => [object, path, owner.split(' ')[0]]));
}

class Marking {
  private readonly randomness = new Randomness();
  private readonly problems: string[] = [];
  private readonly differing: (readonly [place: PlacedText, text: string])[] = [];

  constructor(
    first: readonly PlacedText[],
    private readonly texts: readonly (readonly PlacedText[])[],
    private readonly salt: string,
  ) {
    const changing = first
      .map((place, at) => ({ place, drawn: this.texts.map((each) => each[at]?.text ?? '') }))
      .filter(({ drawn }) => new Set(drawn).size > 1)
      // A password by itself comes before the address that it stands in.
      .sort(
        (a, b) =>
          Number(b.place.kind === 'secret') - Number(a.place.kind === 'secret') ||
          a.place.text.length - b.place.text.length,
      );
    for (const { place, drawn } of changing) this.add(place, drawn);
  }

  public result(objects: readonly ThirdPartyObject[]): Generated {
    const names = this.names();
    const filled = this.differing.map(
      ([place, text]) =>
        [
          place,
          Randomness.fill(text, (index) => {
            const name = names[index];
            return name === undefined ? this.fixed(index) : thirdPartySecret(name);
          }),
        ] as const,
    );
    return {
      objects: withTexts(objects, filled),
      generated: Object.fromEntries(
        names.flatMap((name, index): [string, TextForm][] => {
          const form = this.randomness.atoms[index]?.form;
          return name === undefined || form === undefined ? [] : [[name, form]];
        }),
      ),
      places: new Set(this.differing.map(([place]) => placeOf(place))),
      problems: this.problems,
    };
  }

  private add(place: PlacedText, drawn: readonly string[]): void {
    try {
      if (place.kind === 'note' && DATE.test(place.text)) {
        this.differing.push([place, hash(`${this.salt} ${placeOf(place)}`).slice(0, 16)]);
        return;
      }
      if (place.isNumber) throw new NotDerivable('a number is made at random');
      this.differing.push([place, this.randomness.common(drawn)]);
    } catch (problem) {
      if (!(problem instanceof NotDerivable)) throw problem;
      this.problems.push(
        `${place.owner}: ${problem.message} in ${place.path.join('.')} each time the chart is rendered, and cannot be derived from the root secret. Give the chart one of your own by its values (--secret), or the name of a Secret that has it`,
      );
    }
  }

  private placesOf(index: number): PlacedText[] {
    return this.differing.filter(([, text]) => Randomness.in(text).includes(index)).map(([place]) => place);
  }

  /** Names of the atoms, after the first place that each stands in; undefined for what is no credential. */
  private names(): (string | undefined)[] {
    const taken = new Map<string, number>();
    return this.randomness.atoms.map(({ form }, index) => {
      const places = [...this.placesOf(index)].sort(byHome);
      const [home] = places;
      if (!home || !isCredential(home, places, form)) return undefined;
      const name = `generated.${this.objectOf(home)}.${home.called}`.replace(/[^\w.-]/g, '_');
      const count = (taken.get(name) ?? 0) + 1;
      taken.set(name, count);
      return count === 1 ? name : `${name}.${count}`;
    });
  }

  /** Its name, where that stays the same. */
  private objectOf({ owner, object }: PlacedText): string {
    const [kind = '', name = ''] = owner.split(/ .*?\//);
    const isRandom = this.differing.some(
      ([place]) => place.object === object && place.path.join('.') === 'metadata.name',
    );
    return isRandom ? `${kind}-${object}` : name;
  }

  /** The same for the same chart. */
  private fixed(index: number): string {
    const atom = this.randomness.atoms[index];
    const place = this.placesOf(index)[0];
    if (!atom || !place) return '';
    return deriveText(hash(this.salt), 'fixed', `${place.path.join('.')}.${index}`, atom.form);
  }
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** What stands in a Secret is one; so is what is long, and not for everybody to see. */
function isCredential(home: PlacedText, places: readonly PlacedText[], { length }: TextForm): boolean {
  const isOpen = places.some(({ kind }) => kind === 'name' || kind === 'note');
  return home.kind === 'secret' || (!isOpen && length >= SHORTEST_CREDENTIAL);
}

/** Secrets before all else, and there the shortest text, which is the credential alone. */
function byHome(a: PlacedText, b: PlacedText): number {
  return (
    Number(b.kind === 'secret') - Number(a.kind === 'secret') ||
    a.text.length - b.text.length ||
    (placeOf(a) < placeOf(b) ? -1 : 1)
  );
}
