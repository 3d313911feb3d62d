import type { SecretToken } from '../../kube';

/** What all parameters of extensions have, in the words of Kaapana's `extension_params`. */
interface Described {
  /** What it is for; one phrase. */
  readonly definition: string;

  /** What a form shows above it. @default - its name */
  readonly title?: string;

  /** More about it. @default - none */
  readonly help?: string;

  /** Names that it has in Kaapana's documentation or in other releases. @default - none */
  readonly aliases?: readonly string[];
}

/** A text. */
export interface TextParameter extends Described {
  readonly type: 'string';

  /** @default - it is required */
  readonly default?: string;

  /** A value that it may have; needed where there is no default. */
  readonly example?: string;

  /** Form of the text. @default - any text */
  readonly form?: { readonly pattern: RegExp; readonly wanted: string };

  /** Whether it is a credential: then it ends in a Secret and nowhere else. @default false */
  readonly secret?: boolean;

  /** Whether Airflow's operators pass it beside `global`, as a value of the chart alone. @default false */
  readonly ofChart?: boolean;
}

/** Something that is on or off. */
export interface SwitchParameter extends Described {
  readonly type: 'bool';
  readonly default: boolean;

  /** Whether something computes on a GPU when it is on. @default false */
  readonly gpu?: boolean;
}

/** One of several choices. */
export interface ChoiceParameter extends Described {
  readonly type: 'list_single';
  readonly choices: readonly string[];
  readonly default: string;
}

/** Some of several choices. */
export interface ChoicesParameter extends Described {
  readonly type: 'list_multi';
  readonly choices: readonly string[];
  readonly default: readonly string[];
}

/** Texts by name; Airflow's operators pass them as a list, and no form of the app store asks for them. */
export interface MapParameter extends Described {
  readonly type: 'map';
  readonly default: Readonly<Record<string, string>>;

  /**
   * Keys of an entry of that list beside its `name`; where there are several, a text has a part for each, with a /
   * between them.
   */
  readonly keys: readonly string[];

  /** A value that it may have. */
  readonly example: Readonly<Record<string, string>>;

  /** Form of each name, and of each text. */
  readonly form: { readonly name: RegExp; readonly value: RegExp; readonly wanted: string };
}

/** A parameter of an extension. */
export type Parameter = TextParameter | SwitchParameter | ChoiceParameter | ChoicesParameter | MapParameter;

/** The parameters of an extension, by name. */
export type Parameters = Readonly<Record<string, Parameter>>;

/** A value of any parameter. */
export type ParameterValue = string | boolean | readonly string[] | Readonly<Record<string, string>>;

/** The type that a parameter's definition gives its value. */
type ValueOf<P> = P extends { readonly type: 'bool' }
  ? boolean
  : P extends { readonly type: 'list_single'; readonly choices: readonly (infer Choice)[] }
    ? Choice
    : P extends { readonly type: 'list_multi'; readonly choices: readonly (infer Choice)[] }
      ? readonly Choice[]
      : P extends { readonly type: 'map' }
        ? Readonly<Record<string, string>>
        : P extends { readonly secret: true }
          ? SecretToken
          : string;

/** In an install, a credential is a text like others: the parser alone makes tokens. */
type GivenOf<P> = P extends { readonly secret: true } ? string : ValueOf<P>;

type RequiredNames<P> = {
  [Name in keyof P]: P[Name] extends { readonly default: ParameterValue } ? never : Name;
}[keyof P];

/** The values of all parameters `P`. */
export type ParameterValues<P> = { readonly [Name in keyof P]: ValueOf<P[Name]> };

/** Values for parameters `P` of which those with a default may be left out. */
export type GivenValues<P> = { readonly [Name in RequiredNames<P>]: GivenOf<P[Name]> } & {
  readonly [Name in Exclude<keyof P, RequiredNames<P>>]?: GivenOf<P[Name]>;
};

/** `given`, and the default of every parameter that is not in it. */
export function withDefaults<P extends Parameters>(parameters: P, given: GivenValues<P>): ParameterValues<P> {
  const defaults = Object.entries(parameters).flatMap(([name, { default: value }]) =>
    value === undefined ? [] : [[name, value]],
  );
  return { ...Object.fromEntries(defaults), ...given } as unknown as ParameterValues<P>;
}
