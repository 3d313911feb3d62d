import { type Mistake, mistake, set, setSecret } from '../problems';
import type { RawSettings } from '../schema';
import type { Secrets } from '../secrets';
import { fieldAt, metaOf, pathOf } from '../shape';

/** Settings of which some may be unreadable. */
export type Known = Partial<RawSettings>;

/** What a rule may look at besides the settings. */
export interface Context {
  readonly environment: string;
  readonly secrets: Secrets;
}

/** Finds mistakes that show in several settings together; `broken` are the keys that are unreadable. */
export type Rule = (settings: Known, broken: ReadonlySet<string>, context: Context) => readonly Mistake[];

/** A rule that needs all of `keys` readable. Other settings may be missing. */
export function rule<Key extends keyof RawSettings = never>(
  keys: readonly Key[],
  check: (settings: Known & Pick<RawSettings, Key>, context: Context) => readonly Mistake[],
): Rule {
  return (settings, broken, context) =>
    keys.some((key) => broken.has(key)) ? [] : check(settings as Known & Pick<RawSettings, Key>, context);
}

/** That a secret and what goes with it are there together. */
export function together(name: string, plain: unknown, secretName: string, secret: unknown): Mistake[] {
  if ((plain === undefined) === (secret === undefined)) return [];
  return secret === undefined
    ? [mistake('missing-companion', secretName, { given: name }, setSecret(secretName))]
    : [mistake('missing-companion', name, { given: secretName }, set(name, exampleOf(name)))];
}

/** That `project`, which stands at `key`, is one of the instance's; its `projects` may be unreadable. */
export function unknownProject(key: string, project: string | undefined, projects: Known['projects']): Mistake[] {
  if (project === undefined || projects === undefined || projects.some(({ name }) => name === project)) return [];
  const names = projects.map(({ name }) => name);
  return [mistake('unknown-project', key, { project, projects: names }, set(key, names[0] ?? 'admin'))];
}

function exampleOf(name: string): unknown {
  const field = fieldAt(pathOf(name));
  return field && metaOf(field).example;
}
