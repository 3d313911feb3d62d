import type { Found, Rule } from '../finding';
import type { HowTo } from '../how-to';

/** Findings of one rule that are told as one. */
export type Group<R extends Rule> = readonly [Found<R>, ...Found<R>[]];

/** How findings of a rule are told: each for itself, or those together that have the same key, if any. */
export type Text<R extends Rule> =
  | ((finding: Found<R>, howTo: HowTo) => string)
  | {
      readonly key: (finding: Found<R>) => string | undefined;
      readonly text: (group: Group<R>, howTo: HowTo) => string;
    };

/** The texts of some rules. */
export type Texts<Rules> = { readonly [R in keyof Rules & Rule]: Text<R> };
